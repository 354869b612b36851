"""The arrays that digits travel in, and the two numbers that all of them share."""

import numpy as np
import numpy.typing as npt

CLASSES = 10
"""The digits 0 to 9."""

SIDE = 28
"""Rows and columns of every image that a network sees, as in MNIST."""

Images = npt.NDArray[np.uint8]
"""`(n, 28, 28)`, bright ink on 0."""

Labels = npt.NDArray[np.uint8]
"""`(n,)`, 0 to 9."""

AnyArray = npt.NDArray[np.generic]
"""What a file holds, before it is checked."""
