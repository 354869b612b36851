"""The arrays that ink and pictures are made of; digits have more, in `core.digits.arrays`."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
"""Numbers as strokes keep them and networks compute with them."""

Points = npt.NDArray[np.float64]
"""`(n, 2)`: x and y while they are computed with, y downwards."""

GrayImage = npt.NDArray[np.uint8]
"""`(h, w)`"""
