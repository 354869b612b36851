"""Icons and cursors: the largest image is read, with its mask; hostile files get one sentence."""

import struct

import cv2
import numpy as np
import pytest

from core.pictures.headers import picture_kind
from core.pictures.reading import read_picture
from tests.core.pictures.conftest import (
    CUT_OFF,
    DAMAGED,
    Gray,
    dib,
    encode,
    is_found,
    require_sentences_for_damage,
    sentence_about,
)


def icon(*images: bytes, kind: int = 1) -> bytes:
    entries, at = b"", 6 + 16 * len(images)
    for image in images:
        entries += struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, len(image), at)
        at += len(image)
    return struct.pack("<HHH", 0, kind, len(images)) + entries + b"".join(images)


@pytest.mark.parametrize("kind", [1, 2])
def test_the_largest_image_of_an_icon_is_read(sheet: Gray, kind: int) -> None:
    small = dib(np.full((16, 16), 255, np.uint8), 24, mask=np.zeros((16, 16), np.uint8))
    for large in (encode(sheet), dib(sheet, 24, mask=0 * sheet)):
        for images in ((small, large), (large, small)):
            picture = read_picture(icon(*images, kind=kind))
            assert picture.size == (200, 150) and is_found(picture)


@pytest.mark.parametrize("bits", [1, 4, 8, 24, 32])
def test_an_icon_of_any_depth(sheet: Gray, bits: int) -> None:
    assert is_found(read_picture(icon(dib(sheet, bits, mask=0 * sheet))))


@pytest.mark.parametrize("bits", [1, 8, 24])
def test_an_icon_whose_ink_is_in_its_mask_alone(sheet: Gray, bits: int) -> None:
    assert is_found(read_picture(icon(dib(0 * sheet, bits, mask=sheet))))


def test_an_icon_whose_ink_is_in_its_alpha_alone(sheet: Gray) -> None:
    layers = [np.zeros_like(sheet)] * 3 + [255 - sheet]
    assert is_found(read_picture(icon(encode(cv2.merge(layers)))))


def test_icons_that_cannot_be_read(sheet: Gray, monkeypatch: pytest.MonkeyPatch) -> None:
    good = icon(dib(sheet, 24, mask=0 * sheet))
    for length in (22, 40, 500, len(good) - 1):
        assert sentence_about(good[:length]) == CUT_OFF
    require_sentences_for_damage(good, first=6)
    require_sentences_for_damage(icon(encode(sheet)), first=6)
    monkeypatch.setattr(cv2, "imdecode", None)
    for side in (5000, 60_000, 2**31 - 1):
        huge = bytearray(good)
        huge[26:30] = struct.pack("<i", side)
        assert sentence_about(bytes(huge)) == DAMAGED
    jpeg_inside = bytearray(good)
    jpeg_inside[38] = 4
    assert sentence_about(bytes(jpeg_inside)) == DAMAGED
    assert picture_kind(icon()) is None
