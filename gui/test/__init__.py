"""The page “Test”: how good a model is, and every mistake that it makes."""
