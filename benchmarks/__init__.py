"""Measures that print numbers about DigitPad. Nothing here is part of the app or of its training."""
