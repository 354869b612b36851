"""Synthesised handwriting: digits in more styles than MNIST has, and drawings that are no digits."""
