"""PBM, PGM, PPM and PAM of all kinds; hostile files get one sentence."""

import numpy as np
import numpy.typing as npt
import pytest

from core.pictures.reading import read_picture
from tests.core.pictures.conftest import (
    CUT_OFF,
    DAMAGED,
    Gray,
    is_found,
    require_sentences_for_damage,
    sentence_about,
)


def pnm(pixels: npt.NDArray[np.generic], kind: int, most: int = 255) -> bytes:
    head = f"P{kind}\n# made by hand\n{pixels.shape[1]} {pixels.shape[0]}\n" + ("" if kind in (1, 4) else f"{most}\n")
    if kind <= 3:
        return head.encode() + "\n".join(" ".join(map(str, row.ravel())) for row in pixels).encode()
    data = np.packbits(pixels > 0, axis=1) if kind == 4 else pixels.astype("u1" if most < 256 else ">u2")
    return head.encode() + data.tobytes()


def pam(pixels: Gray, most: int, kind: str) -> bytes:
    height, width, depth = pixels.shape
    head = f"P7\nWIDTH {width}\nHEIGHT {height}\nDEPTH {depth}\nMAXVAL {most}\nTUPLTYPE {kind}\nENDHDR\n"
    return head.encode() + pixels.tobytes()


def test_portable_maps_of_all_kinds(sheet: Gray) -> None:
    white, ink = (sheet // 255).astype(np.uint16), (sheet == 0).astype(np.uint8)
    without_spaces = b"P1 200 150\n" + b"".join(b"%d" % bit for bit in ink.ravel())
    contents = [pnm(ink, 1), pnm(ink, 4), without_spaces]
    for most in (1, 15, 255, 1023, 65535):
        grey = white * np.uint16(most)
        contents += [pnm(grey, 2, most), pnm(grey, 5, most)]
        contents += [pnm(np.dstack([grey] * 3), 3, most), pnm(np.dstack([grey] * 3), 6, most)]
    contents += [pam(np.dstack([sheet // 255]), 1, "BLACKANDWHITE"), pam(np.dstack([sheet] * 3), 255, "RGB")]
    contents += [
        pam(np.dstack([ink * 0, ink]), 1, "GRAYSCALE_ALPHA"),
        pam(np.dstack([ink] * 3 + [ink]), 1, "RGB_ALPHA"),
    ]
    for content in contents:
        picture = read_picture(content)
        assert picture.size == (200, 150) and is_found(picture), content[:60]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"P5\n40000 40000\n255\n", "The picture is too large: 40,000 × 40,000 pixels of at most 100 million in all."),
        (b"P3\n9000 9000\n255\n1", "The picture is too large: its pixels need 972 MB of at most 200."),
        (b"P5\n20 20\n255\n" + bytes(399), CUT_OFF),
        (b"P4\n20 20\n" + bytes(59), CUT_OFF),
        (b"P2\n20 20\n255\n" + b"10 " * 399, CUT_OFF),
        (b"P1\n20 20\n" + b"1" * 399, CUT_OFF),
        (b"P1\n20 20\n" + b"1" * 390 + b"\n" * 20, CUT_OFF),
        (b"P2\n2 2\n255\n1 2 x 4 5", DAMAGED),
        (b"P5\n2 2\n0\n" + bytes(4), DAMAGED),
        (b"P5\n2 2\n65536\n" + bytes(8), DAMAGED),
        (b"P5\n0 2\n255\n", DAMAGED),
        (b"P5\n2", CUT_OFF),
        (b"P7\nWIDTH 2\n", CUT_OFF),
        (b"P7\nWIDTH 2\nENDHDR\n" + bytes(4), DAMAGED),
        (b"P7\nWIDTH 2\nHEIGHT 2\nDEPTH 9\nMAXVAL 255\nENDHDR\n" + bytes(36), DAMAGED),
    ],
)  # fmt: skip
def test_maps_that_cannot_be_read(content: bytes, sentence: str) -> None:
    assert sentence_about(content) == sentence


def test_damaged_maps_cause_nothing_but_a_sentence(sheet: Gray) -> None:
    for kind in (1, 2, 4, 5):
        pixels = (sheet == 0).astype(np.uint8)[::5, ::5] if kind in (1, 4) else sheet[::5, ::5]
        require_sentences_for_damage(pnm(pixels, kind), first=2, times=30)
