"""What people read: names and numbers put into words. Nothing of DigitPad lies below."""
