"""What is said about DigitPad, and how it is used."""
