"""Animated PNG and WebP, palettes, and pixels of few bits."""

import struct
import zlib

import cv2
import numpy as np
import pytest

from core.pictures.reading import read_picture
from tests.core.pictures.conftest import Gray, dib, encode, is_found


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def test_the_first_frame_of_an_animated_png_is_read(sheet: Gray) -> None:
    png, blank = encode(sheet), encode(np.full_like(sheet, 255))
    frame = struct.pack(">4IHHBB", *sheet.shape[::-1], 0, 0, 1, 10, 0, 0)
    later = b"".join(chunk(b"fdAT", struct.pack(">I", 2) + data) for data in idat_bodies(blank))
    control = chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(b"fcTL", struct.pack(">I", 0) + frame)
    end = png.index(b"IEND") - 4
    content = png[:33] + control + png[33:end] + chunk(b"fcTL", struct.pack(">I", 1) + frame) + later + png[end:]
    assert is_found(read_picture(content))


def idat_bodies(png: bytes) -> list[bytes]:
    position, bodies = 8, []
    while position < len(png):
        length, name = struct.unpack_from(">I4s", png, position)
        if name == b"IDAT":
            bodies.append(png[position + 8 : position + 8 + length])
        position += 12 + length
    return bodies


def test_the_first_frame_of_an_animated_webp_is_read(sheet: Gray) -> None:
    sides = b"".join((side - 1).to_bytes(3, "little") for side in sheet.shape[::-1])
    frames = b""
    for pixels in (sheet, np.full_like(sheet, 255)):
        image = encode(pixels, ".webp", cv2.IMWRITE_WEBP_QUALITY, 101)[12:]
        body = bytes(6) + sides + (100).to_bytes(3, "little") + b"\x02" + image
        frames += b"ANMF" + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
    head = b"VP8X" + struct.pack("<I", 10) + bytes([2, 0, 0, 0]) + sides
    chunks = b"WEBP" + head + b"ANIM" + struct.pack("<I", 6) + b"\xff\xff\xff\xff\0\0" + frames
    assert is_found(read_picture(b"RIFF" + struct.pack("<I", len(chunks)) + chunks))


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_a_png_of_few_bits(sheet: Gray, bits: int) -> None:
    ink = (sheet > 0).reshape(sheet.shape[0], -1, 1) * np.ones(bits, np.uint8)
    rows = b"".join(b"\0" + np.packbits(row.ravel().astype(bool)).tobytes() for row in ink)
    for colour, palette in ((0, b""), (3, chunk(b"PLTE", bytes(3) + b"\xff" * (3 * ((1 << bits) - 1))))):
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", *sheet.shape[::-1], bits, colour, 0, 0, 0))
        content = b"\x89PNG\r\n\x1a\n" + header + palette + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
        assert is_found(read_picture(content))


@pytest.mark.parametrize("bits", [1, 4, 8])
def test_a_bmp_of_a_palette(sheet: Gray, bits: int) -> None:
    assert is_found(read_picture(dib(sheet, bits, with_file_header=True)))


@pytest.mark.parametrize("bits", [8, 10, 12, 16])
def test_a_tiff_of_sixteen_bits_of_which_only_some_are_used(sheet: Gray, bits: int) -> None:
    """Scanners and cameras store 12 bits in 16 without scaling them."""
    most = (1 << bits) - 1
    pixels = (sheet.astype(np.uint32) * most // 255).astype(np.uint16)
    assert is_found(read_picture(encode(pixels, ".tiff")))
