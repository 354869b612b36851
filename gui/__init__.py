"""The window. Everything Qt, and nothing of Keras or TensorFlow at module level."""
