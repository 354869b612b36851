"""How fast DigitPad is, measured beside what it is compared with."""
