"""Handwriting that MNIST does not hold, and what is no digit, drawn by programs."""
