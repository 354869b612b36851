"""JPEG and TIFF of four inks, and TIFF of one bit."""

import struct

import cv2
import numpy as np
import pytest

from core.pictures.reading import read_picture
from tests.core.pictures.conftest import Gray, encode, is_found, require_sentences_for_damage


def tiff(pixels: Gray, photometric: int, *, bits: int = 8) -> bytes:
    """An uncompressed TIFF of `(h, w, n)`."""
    height, width, samples = pixels.shape
    data = np.packbits(pixels[:, :, 0] > 0, axis=1).tobytes() if bits == 1 else pixels.tobytes()
    depths = struct.pack(f"<{samples}H", *[bits] * samples)
    depth = (258, 3, 1, bits) if samples == 1 else (258, 3, samples, 8)
    entries = [
        (256, 4, 1, width), (257, 4, 1, height), depth, (259, 3, 1, 1), (262, 3, 1, photometric),
        (273, 4, 1, 8 + len(depths)), (277, 3, 1, samples), (278, 4, 1, height), (279, 4, 1, len(data)),
    ]  # fmt: skip
    at = 8 + len(depths) + len(data)
    tags = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<I", at) + depths + data + struct.pack("<H", len(entries)) + tags + bytes(4)


@pytest.mark.parametrize("inks", [(0, 0, 0, 1), (1, 1, 1, 0), (1, 1, 1, 1), (0, 1, 1, 0)])
def test_a_tiff_of_four_inks(sheet: Gray, inks: tuple[int, ...]) -> None:
    assert is_found(read_picture(tiff(np.dstack([(255 - sheet) * np.uint8(ink) for ink in inks]), 5)))


@pytest.mark.parametrize("photometric", [0, 1])
def test_a_tiff_of_one_bit(sheet: Gray, photometric: int) -> None:
    assert is_found(read_picture(tiff((sheet if photometric else 255 - sheet)[:, :, np.newaxis], photometric, bits=1)))


def cmyk_jpeg(planes: list[Gray], mark: bytes) -> bytes:
    """A JPEG of four inks, from four grey ones of the same tables: a scan for each, and `mark` before them."""
    parts = [encode(plane, ".jpg", cv2.IMWRITE_JPEG_QUALITY, 95) for plane in planes]
    frame, scan = parts[0].index(b"\xff\xc0"), parts[0].index(b"\xff\xda")
    end = frame + 2 + struct.unpack_from(">H", parts[0], frame + 2)[0]
    fields = b"".join(bytes([number, 0x11, 0]) for number in range(1, 5))
    head = b"\xff\xc0" + struct.pack(">HBHHB", 20, 8, *planes[0].shape, 4) + fields
    scans = b""
    for number, part in enumerate(parts, start=1):
        start = part.index(b"\xff\xda")
        scans += b"\xff\xda\0\x08\x01" + bytes([number, 0, 0, 63, 0]) + part[start + 10 : -2]
    return parts[0][:2] + mark + parts[0][2:frame] + head + parts[0][end:scan] + scans + b"\xff\xd9"


ADOBE = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0"


@pytest.mark.parametrize("inks", [(0, 0, 0, 1), (1, 1, 1, 0), (1, 1, 1, 1)])
def test_a_jpeg_of_four_inks(sheet: Gray, inks: tuple[int, ...]) -> None:
    """Adobe's programs store the inks inverted, and mark the file."""
    planes = [np.asarray((255 - sheet) * ink, np.uint8) for ink in inks]
    for content in (cmyk_jpeg([255 - plane for plane in planes], ADOBE), cmyk_jpeg(planes, b"")):
        picture = read_picture(content)
        assert is_found(picture) and picture.pixels[5, 5] > 240, "paper is white"


def test_a_jpeg_of_adobes_four_inks_as_brightness_and_colour(sheet: Gray) -> None:
    grey = np.full_like(sheet, 128)
    content = cmyk_jpeg([255 - sheet, grey, grey, np.full_like(sheet, 255)], ADOBE[:-1] + b"\x02")
    assert is_found(read_picture(content))


def test_damaged_jpegs_of_four_inks_cause_nothing_but_a_sentence(sheet: Gray) -> None:
    require_sentences_for_damage(cmyk_jpeg([255 - sheet] * 4, b""), first=2)
