"""Pixels as the content of picture files, in the formats that people send."""

import struct
import zlib
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

FORMATS = (".png", ".jpg", ".webp", ".bmp")
LOSSY = (".jpg", ".webp")
QUALITIES = (60, 95)
"""Of JPEG and WebP, from the least to the most."""

_QUALITY_FLAGS = {".jpg": cv2.IMWRITE_JPEG_QUALITY, ".webp": cv2.IMWRITE_WEBP_QUALITY}


def write_picture(
    values: npt.NDArray[np.generic],
    rng: np.random.Generator,
    formats: Sequence[str] = FORMATS,
    qualities: tuple[int, int] = QUALITIES,
) -> bytes:
    """A file of one of the `formats`, of any quality between two; `values` are grey or BGR levels around 0 to 255."""
    suffix = formats[int(rng.integers(len(formats)))]
    quality = int(rng.integers(qualities[0], qualities[1] + 1))
    return encode(suffix, levels(values), [_QUALITY_FLAGS[suffix], quality] if suffix in LOSSY else [])


def write_bilevel_png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """A PNG of one bit a pixel; `pixels` are 0 or 255, `(h, w)`."""
    return encode(".png", pixels, [cv2.IMWRITE_PNG_BILEVEL, 1])


def write_palette_png(
    indices: npt.NDArray[np.uint8], palette: npt.NDArray[np.uint8], alphas: bytes | None = None
) -> bytes:
    """A PNG of `indices`, `(h, w)`, into a `palette` of RGB colours, `(n, 3)`; OpenCV writes none.

    Source: W3C, "Portable Network Graphics (PNG) Specification", third edition.
    """
    height, width = indices.shape
    rows = np.hstack([np.zeros((height, 1), np.uint8), indices])  # each row begins with its filter, which is none
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        *([(b"tRNS", alphas)] if alphas else []),
        (b"IDAT", zlib.compress(rows.tobytes())),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(name, body) for name, body in chunks)


def encode(suffix: str, pixels: npt.NDArray[np.uint8], flags: Sequence[int] = ()) -> bytes:
    """The content of a file with this suffix."""
    done, content = cv2.imencode(suffix, pixels, list(flags))
    assert done, f"OpenCV writes {suffix}"
    return content.tobytes()


def levels(values: npt.NDArray[np.generic]) -> npt.NDArray[np.uint8]:
    """`values` as the whole levels of a picture."""
    return np.clip(np.rint(np.asarray(values, np.float32)), 0, 255).astype(np.uint8)


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
