"""A sheet with a bar on it, files of it, and what is said about them."""

import struct

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from core.errors import PictureError
from core.pictures.reading import Picture, read_picture

Gray = npt.NDArray[np.uint8]
BOX = (60, 30, 100, 120)
CUT_OFF = "The picture is cut off: its end is missing."
DAMAGED = "The picture is damaged and cannot be read."


@pytest.fixture(scope="module")
def sheet() -> Gray:
    """White, with a black bar whose box is `BOX`."""
    pixels = np.full((150, 200), 255, np.uint8)
    pixels[BOX[1] : BOX[3], BOX[0] : BOX[2]] = 0
    return pixels


def encode(pixels: npt.NDArray[np.generic], suffix: str = ".png", *parameters: int) -> bytes:
    done, content = cv2.imencode(suffix, pixels, parameters)
    assert done
    return content.tobytes()


def sentence_about(content: bytes) -> str | None:
    """What is said about a file; None when it can be read."""
    try:
        read_picture(content)
    except PictureError as error:
        return str(error)
    return None


def is_found(picture: Picture, box: tuple[float, ...] = BOX) -> bool:
    return bool(np.abs(np.subtract(picture.box, box)).max() <= 2)


def require_sentences_for_damage(content: bytes, *, first: int = 0, times: int = 60) -> None:
    """Garbled bytes and cut ends cause nothing but a sentence."""
    random = np.random.default_rng(6)
    for _ in range(times):
        damaged = bytearray(content)
        for position in random.integers(first, min(len(content), 600), 3):
            damaged[position] = random.integers(256)
        for found in (bytes(damaged), bytes(damaged[: random.integers(len(damaged))])):
            sentence = sentence_about(found)
            assert sentence is None or sentence.endswith(".")


def dib(pixels: Gray, bits: int, *, with_file_header: bool = False, mask: Gray | None = None) -> bytes:
    """A bitmap of black and white, as in icons: twice as high when it has a `mask`."""
    height, width = pixels.shape
    if bits <= 8:
        white = np.repeat(pixels[:, :, np.newaxis] > 0, bits, axis=2).reshape(height, -1)
        if bits == 8:
            white = np.unpackbits((pixels > 0).astype(np.uint8)[:, :, np.newaxis], axis=2).reshape(height, -1)
        elif bits == 4:
            white = np.dstack([np.zeros((*pixels.shape, 3), bool), pixels > 0]).reshape(height, -1)
        rows = np.packbits(white, axis=1)
    else:
        channels = [pixels] * 3 + ([255 - pixels] if bits == 32 else [])
        rows = np.dstack(channels).reshape(height, -1)
    rows = np.pad(rows, ((0, 0), (0, -rows.shape[1] % 4)))[::-1]
    palette = bytes(4) + b"\xff\xff\xff\0" * ((1 << bits) - 1) if bits <= 8 else b""
    tall = height * (2 if mask is not None else 1)
    header = struct.pack("<IiiHHIIiiII", 40, width, tall, 1, bits, 0, rows.nbytes, 0, 0, 0, 0)
    body = header + palette + rows.tobytes()
    if mask is not None:
        packed = np.packbits(mask > 0, axis=1)
        body += np.pad(packed, ((0, 0), (0, -packed.shape[1] % 4)))[::-1].tobytes()
    start = 14 + 40 + len(palette)
    return b"BM" + struct.pack("<IHHI", 14 + len(body), 0, 0, start) + body if with_file_header else body
