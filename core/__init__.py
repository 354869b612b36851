"""DigitPad without a window: ink, normalisation, recognition, models, training.

Nothing below this package imports Qt, and only `core.learning` imports Keras or TensorFlow.
"""

__version__ = "0.1.0"
