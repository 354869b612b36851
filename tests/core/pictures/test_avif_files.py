"""AVIF: sizes are known before anything is decoded; hostile files get one sentence."""

import struct

import cv2
import numpy as np
import pytest

from core.errors import PictureError
from core.pictures import avif_files
from core.pictures.av1_streams import largest_frame
from core.pictures.headers import picture_kind
from core.pictures.reading import read_picture
from tests.core.pictures.conftest import (
    CUT_OFF,
    DAMAGED,
    Gray,
    encode,
    is_found,
    require_sentences_for_damage,
    sentence_about,
)

needs_avif = pytest.mark.skipif(not cv2.haveImageWriter(".avif"), reason="this OpenCV has no AVIF")


def with_box(content: bytes, parent: bytes, child: bytes) -> bytes:
    """The AVIF with one more box at the end of the one called `parent` in `meta`; all later positions move."""
    path = {b"ipco": (b"meta", b"iprp", b"ipco")}[parent]
    changed, shift = bytearray(content), len(child)
    for name in path:
        at = content.index(name) - 4
        changed[at : at + 4] = struct.pack(">I", struct.unpack_from(">I", content, at)[0] + shift)
    at = content.index(parent) - 4
    end = at + struct.unpack_from(">I", content, at)[0]
    start = content.index(b"mdat") + 4
    moved = bytes(changed[:end]).replace(struct.pack(">I", start), struct.pack(">I", start + shift))
    return moved + child + bytes(changed[end:])


@needs_avif
def test_an_avif_turned_and_mirrored(sheet: Gray) -> None:
    content = encode(sheet, ".avif")
    turned = read_picture(with_box(content, b"ipco", struct.pack(">I4sB", 9, b"irot", 1)))
    assert turned.size == (150, 200) and is_found(turned, (30, 100, 120, 140))
    mirrored = read_picture(with_box(content, b"ipco", struct.pack(">I4sB", 9, b"imir", 1)))
    assert is_found(mirrored, (100, 30, 140, 120))


@needs_avif
def test_an_avif_with_transparent_paper(sheet: Gray) -> None:
    layers = [np.zeros_like(sheet)] * 3 + [255 - sheet]
    assert is_found(read_picture(encode(cv2.merge(layers), ".avif")))


@needs_avif
@pytest.mark.parametrize("depth", [10, 12])
def test_an_avif_of_more_than_eight_bits(sheet: Gray, depth: int) -> None:
    levels = cv2.merge([sheet.astype(np.uint16) * 257] * 3)
    picture = read_picture(encode(levels, ".avif", cv2.IMWRITE_AVIF_DEPTH, depth))
    assert is_found(picture) and picture.pixels[0, 0] == 255


@needs_avif
def test_an_avif_that_claims_much_is_refused_undecoded(sheet: Gray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2, "imdecode", None)
    content = encode(sheet, ".avif")
    size = content.index(b"ispe") + 8
    huge = content[:size] + struct.pack(">II", 40_000, 40_000) + content[size + 8 :]
    assert "40,000 × 40,000 pixels" in str(sentence_about(huge))
    monkeypatch.setattr(avif_files, "largest_frame", lambda _: 1 << 28)
    assert sentence_about(content) == DAMAGED, "the stream allows larger pictures than the file says"


@needs_avif
def test_damaged_avifs_cause_nothing_but_a_sentence(sheet: Gray) -> None:
    content = encode(sheet, ".avif")
    require_sentences_for_damage(content, first=32)
    for length in (40, 100, 200, len(content) - 1):
        assert sentence_about(content[:length]) == CUT_OFF


@needs_avif
def test_the_size_of_a_stream_is_read_without_decoding_it(sheet: Gray) -> None:
    content = encode(sheet, ".avif")
    assert largest_frame(content[content.index(b"mdat") + 4 :]) == 200 * 150
    assert largest_frame(b"") == 0
    with pytest.raises(PictureError, match="damaged"):
        largest_frame(b"\x12\0" * 20_000)


def test_an_avif_is_none_where_opencv_cannot_decode_it(monkeypatch: pytest.MonkeyPatch) -> None:
    start = b"\0\0\0\x18ftypavif\0\0\0\0avif"
    monkeypatch.setattr(avif_files, "_can_decode", lambda: False)
    assert picture_kind(start) is None
    monkeypatch.setattr(avif_files, "_can_decode", lambda: True)
    assert picture_kind(start) == "avif"


def sequence_header(*fields: tuple[int, int]) -> bytes:
    """A stream of nothing but a header of sequences; fields are pairs of a value and its bits."""
    bits = "".join(f"{value:0{count}b}" for value, count in fields)
    bits += "0" * (-len(bits) % 8)
    return bytes([0x0A, len(bits) // 8]) + int(bits, 2).to_bytes(len(bits) // 8, "big")


def test_the_size_of_any_stream_is_read() -> None:
    size = [(15, 4), (15, 4), (39_999, 16), (29_999, 16)]
    still = sequence_header((0, 3), (1, 1), (1, 1), (0, 5), *size)
    plain = sequence_header((0, 3), (0, 1), (0, 1), (0, 1), (0, 1), (0, 5), (0, 12), (9, 5), (1, 1), *size)
    timing = [(1, 1), (1, 32), (25, 32), (1, 1), (1, 1), (1, 1), (31, 5), (1, 32), (0, 10)]
    point = [(0, 12), (1, 5), (1, 1), (7, 32), (7, 32), (0, 1), (1, 1), (3, 4)]
    timed = sequence_header((0, 3), (0, 1), (0, 1), *timing, (1, 1), (0, 5), *point, *size)
    for stream in (still, plain, timed, b"\x12\0" + plain, still[:1] + b"\x8a\x00" + still[2:] + bytes(4)):
        assert largest_frame(stream) == 40_000 * 30_000
