"""A digit as a network sees it: 28x28 pixels, made as MNIST made its own."""
