"""Digits as a network sees them: 28x28 pixels, normalised as in MNIST."""
