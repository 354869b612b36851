"""GIF: the first frame is read; hostile files get one sentence."""

import struct

import cv2
import pytest

from core.pictures.reading import read_picture
from tests.core.pictures.conftest import CUT_OFF, DAMAGED, Gray, is_found, require_sentences_for_damage, sentence_about


def gif(pixels: Gray, *, transparent: int | None = None, times: int = 1, at: tuple[int, int] = (0, 0)) -> bytes:
    """A GIF of the palette 0 black, 1 white, with codes of 3 bits that are cleared before they grow."""
    height, width = pixels.shape
    screen = struct.pack("<HH", width + at[0], height + at[1])
    content = b"GIF89a" + screen + b"\x80\0\0" + bytes(3) + b"\xff" * 3
    codes = [code for start in range(0, pixels.size, 2) for code in (4, *pixels.ravel()[start : start + 2] // 255)]
    number = sum(int(code) << 3 * place for place, code in enumerate([*codes, 5]))
    data = number.to_bytes(-(-3 * (len(codes) + 1) // 8), "little")
    blocks = b"".join(bytes([len(data[at : at + 255])]) + data[at : at + 255] for at in range(0, len(data), 255))
    control = b"" if transparent is None else b"\x21\xf9\x04\x01\0\0" + bytes([transparent]) + b"\0"
    image = control + b"\x2c" + struct.pack("<4H", *at, width, height) + b"\0\x02" + blocks + b"\0"
    blank = image if times == 1 else b"\x2c" + struct.pack("<4H", 0, 0, 1, 1) + b"\0\x02\x02\x4c\x01\0"
    return content + image + blank * (times - 1) + b"\x3b"


def test_the_first_frame_of_a_gif_is_read(sheet: Gray) -> None:
    for content in (gif(sheet), gif(sheet, times=3)):
        picture = read_picture(content)
        assert picture.size == (200, 150) and is_found(picture)


def test_a_gif_whose_paper_is_transparent(sheet: Gray) -> None:
    assert is_found(read_picture(gif(sheet, transparent=1)))


def test_a_gif_of_a_huge_screen_is_refused_undecoded(sheet: Gray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2, "imdecode", None)
    content = bytearray(gif(sheet))
    content[6:10] = struct.pack("<HH", 9000, 9000)
    assert "needs 729 MB" in str(sentence_about(bytes(content))).replace("its pixels need", "needs")
    content[6:10] = struct.pack("<HH", 150, 150)
    assert sentence_about(bytes(content)) == DAMAGED, "the frame stands out beyond the screen"


def test_damaged_gifs_cause_nothing_but_a_sentence(sheet: Gray) -> None:
    content = gif(sheet[:40:2, 50:110:2], times=2)
    assert [sentence_about(content[:length]) for length in (6, 12, 20, 60, len(content) - 1)] == [CUT_OFF] * 5
    require_sentences_for_damage(content, first=6)
