"""DigitPad without a window: ink, normalisation, recognition, models, training.

Nothing in this package imports Qt, and only `core.learning` imports Keras or TensorFlow.
"""

import os

__version__ = "0.2.0"

# OpenCV reads this when it is loaded. Sizes are checked before it decodes anything; this is a second line of defence.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(100_000_000))
