"""Array types of digit images, labels and answers, and their constants."""

import numpy as np
import numpy.typing as npt

CLASSES = 10
"""The digits 0 to 9."""

SIDE = 28
"""Rows and columns of every image that a network takes, as in MNIST."""

INPUT_SHAPE = (SIDE, SIDE, 1)
"""Shape of one image in a network's input."""

Image = npt.NDArray[np.uint8]
"""One digit, bright ink on 0: `(28, 28)`, or `(h, w)` before it is normalised."""

Images = npt.NDArray[np.uint8]
"""Several: `(n, 28, 28)`."""

FloatImages = npt.NDArray[np.float32]
"""`(n, 28, 28, 1)` in [0, 1]: a network's input."""

Labels = npt.NDArray[np.uint8]
"""`(n,)`, 0 to 9."""

Probabilities = npt.NDArray[np.float32]
"""`(n, 10)`: the probability of each digit; rows sum to 1."""

AnyArray = npt.NDArray[np.generic]
"""An array from a file, before it is checked."""
