"""The arrays that digits travel in, and the numbers that all of them share."""

import numpy as np
import numpy.typing as npt

CLASSES = 10
"""The digits 0 to 9."""

SIDE = 28
"""Rows and columns of every image that a network sees, as in MNIST."""

INPUT_SHAPE = (SIDE, SIDE, 1)
"""Of one image as a network takes it."""

Image = npt.NDArray[np.uint8]
"""One digit, bright ink on 0: `(28, 28)`, or `(h, w)` before it is normalised."""

Images = npt.NDArray[np.uint8]
"""Several: `(n, 28, 28)`."""

FloatImages = npt.NDArray[np.float32]
"""`(n, 28, 28, 1)` in [0, 1]: what networks take."""

Labels = npt.NDArray[np.uint8]
"""`(n,)`, 0 to 9."""

Probabilities = npt.NDArray[np.float32]
"""`(n, 10)`: how likely each digit is; rows sum to 1."""

AnyArray = npt.NDArray[np.generic]
"""What a file holds, before it is checked."""
