"""The page “Draw”."""
