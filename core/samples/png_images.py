"""The network's image of a digit inside a PNG of its ink, so that the digit is recognised when it comes back.

What ink is found in a picture is the network's decision: reading the PNG again may give other pixels.
"""

import zlib

import numpy as np

from core.digits.arrays import SIDE, Image

_START = b"\x89PNG\r\n\x1a\n"
_CHUNK = b"dpIM"  # by its letters: not needed to show the picture, private, and left out by programs that change it
_LENGTH, _OVERHEAD = 4, 12
_HEADER_END = len(_START) + _OVERHEAD + 13
_LOOKED_AT = 64


def with_image(png: bytes, image: Image) -> bytes:
    """`png` with `image`, uint8 `(28, 28)`, after its header."""
    content = _CHUNK + image.tobytes()
    chunk = (SIDE * SIDE).to_bytes(_LENGTH, "big") + content + zlib.crc32(content).to_bytes(4, "big")
    return png[:_HEADER_END] + chunk + png[_HEADER_END:]


def image_in(png: bytes) -> Image | None:
    """The image that `with_image` put into a file; None where there is none."""
    if not png.startswith(_START):
        return None
    place = len(_START)
    for _ in range(_LOOKED_AT):
        length, kind = int.from_bytes(png[place : place + _LENGTH], "big"), png[place + _LENGTH : place + 8]
        content = png[place + 8 : place + 8 + length]
        if kind == _CHUNK and len(content) == SIDE * SIDE:
            return np.frombuffer(content, np.uint8).reshape(SIDE, SIDE)
        if not kind or kind in (b"IDAT", b"IEND"):
            return None
        place += length + _OVERHEAD
    return None
