"""The page “Train”."""
