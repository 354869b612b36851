"""Replaces TensorFlow's library for remote profiling, which `import tensorflow` imports and never uses."""
