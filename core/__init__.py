"""DigitPad without a window: ink, normalisation, recognition, models, training.

Nothing below this package imports Qt, and only `core.learning` imports Keras or TensorFlow.
"""

import os

__version__ = "0.2.0"

# OpenCV reads this when it is loaded. Sizes are judged before it decodes anything; this is the barrier behind that one.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(100_000_000))
