"""Training and everything else that needs Keras.

The only package that imports Keras or TensorFlow. They take seconds and half a gigabyte, so nothing outside imports
this package at module level, and nothing inside imports them before `core.learning.backend.load_tensorflow` was called.
`core.learning.run`, `core.learning.exporting` and `core.learning.opening` can be imported without them; the other
modules are internal.
"""
