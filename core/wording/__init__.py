"""Words for people: the sentences of all errors, and names and numbers as text. Imports nothing else of DigitPad."""
