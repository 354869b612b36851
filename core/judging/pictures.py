"""Pictures inside an HTML file."""

import base64

import cv2
import numpy as np

from core.digits.arrays import Image


def inline_png(image: Image) -> str:
    """The address of a picture that is in it: dark ink on white, from an image uint8 `(28, 28)`, bright on 0."""
    done, png = cv2.imencode(".png", np.uint8(255) - image)
    assert done, "a picture of a digit has the simplest of formats"
    return "data:image/png;base64," + base64.b64encode(png.tobytes()).decode("ascii")
