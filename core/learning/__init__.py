"""Training and everything else that needs Keras.

The only place that imports Keras or TensorFlow. They take seconds and half a gigabyte, so nothing outside imports
this package at module level, and nothing inside loads them before `core.learning.backend.load_tensorflow` ran:
`core.learning.run.fit`, `core.learning.exporting` and `core.learning.opening` are free to import, the other modules
are theirs.
"""
