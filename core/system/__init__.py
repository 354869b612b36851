"""The machine that DigitPad runs on: its files, folders, locks, logs, output and environment."""
