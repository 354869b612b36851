"""Read portable bit, grey and colour maps: PBM, PGM, PPM and PAM, in letters and in bytes.

OpenCV reads them, too, but does not scale their numbers to the whole range, and takes some PAM files for black.
Source: Netpbm's manual, “pbm”, “pgm”, “ppm” and “pam”.
"""

import re

import numpy as np
import numpy.typing as npt

from core.errors import PictureError
from core.pictures.picture_header import PictureHeader
from core.wording.picture_problems import PictureProblem

Levels = npt.NDArray[np.uint8]

_START = re.compile(rb"P[1-6](?:\s|#)[\s\d#]|P7\n")
_NUMBER = re.compile(rb"(?:\s|#[^\r\n]*+[\r\n])*+(\d{1,9})(?=\s|#)")
_PAM_END = b"\nENDHDR\n"
_PAM_NUMBERS = re.compile(rb"^(WIDTH|HEIGHT|DEPTH|MAXVAL)\s+(\d{1,9})\s*$", re.MULTILINE)
_LONGEST_HEADER = 4096  # with its comments
_COMMENT = re.compile(rb"#[^\r\n]*+")
_SPACES = b" \t\r\n\v\f"
_MAX_LEVEL = 65535
_SCALED_AT_ONCE = 1 << 20
_NUMBER_BYTES = 4  # of memory for each number that was written in letters
_SWAPPED = {3: [2, 1, 0], 4: [2, 1, 0, 3]}  # to OpenCV's order


class _Map:
    """The header of a map, and where its pixels begin."""

    def __init__(self, content: bytes) -> None:
        self.kind = content[1] - ord("0")
        read = self._read_pam if self.kind == 7 else self._read_plain
        self.width, self.height, self.depth, self.most = read(content)
        if not (1 <= self.depth <= 4 and 1 <= self.most <= _MAX_LEVEL):
            raise PictureError(PictureProblem.DAMAGED)

    @property
    def is_text(self) -> bool:
        return self.kind <= 3

    @property
    def is_bits(self) -> bool:
        return self.kind in (1, 4)

    @property
    def numbers(self) -> int:
        return self.width * self.height * self.depth

    @property
    def level_type(self) -> str:
        return "u1" if self.most < 256 else ">u2"

    @property
    def bytes_needed(self) -> int:
        """Bytes of the pixels that are not written in letters."""
        row = -(-self.width // 8) if self.is_bits else self.width * self.depth * np.dtype(self.level_type).itemsize
        return row * self.height

    def _read_plain(self, content: bytes) -> tuple[int, int, int, int]:
        position, values = 2, []
        for _ in range(2 if self.is_bits else 3):
            match = _NUMBER.match(content, position, _LONGEST_HEADER)
            if match is None:
                raise PictureError(PictureProblem.CUT_OFF if _is_short(content) else PictureProblem.DAMAGED)
            position = match.end()
            values.append(int(match[1]))
        self.start = position + 1  # one space ends the header
        width, height, most = (*values, 1) if self.is_bits else values
        return width, height, 3 if self.kind in (3, 6) else 1, most

    def _read_pam(self, content: bytes) -> tuple[int, int, int, int]:
        end = content.find(_PAM_END, 0, _LONGEST_HEADER)
        if end < 0:
            raise PictureError(PictureProblem.CUT_OFF if _is_short(content) else PictureProblem.DAMAGED)
        self.start = end + len(_PAM_END)
        values = {match[1]: int(match[2]) for match in _PAM_NUMBERS.finditer(content, 0, end + 1)}
        if len(values) != 4:
            raise PictureError(PictureProblem.DAMAGED)
        return values[b"WIDTH"], values[b"HEIGHT"], values[b"DEPTH"], values[b"MAXVAL"]


def is_portable_map(content: bytes) -> bool:
    """Whether these are the first bytes of a PBM, PGM, PPM or PAM file."""
    return _START.match(content) is not None


def read_header(content: bytes) -> PictureHeader:
    """The header of a map. Raises `PictureError` when it is damaged or cut off."""
    found = _Map(content)
    pixel_bytes = found.depth * (_NUMBER_BYTES if found.is_text and not found.is_bits else 1)
    has_alpha, has_colour = found.depth in (2, 4), found.depth >= 3
    return PictureHeader("pnm", found.width, found.height, 1, has_alpha, has_colour, pixel_bytes=pixel_bytes)


def is_whole(content: bytes) -> bool:
    """Whether there are as many pixels as the header says; of numbers in letters, whether there is room for them."""
    found = _Map(content)
    there = len(content) - found.start
    if found.is_text:
        return there >= (found.numbers if found.is_bits else 2 * found.numbers - 1)
    return there >= found.bytes_needed


def read_map(content: bytes) -> Levels:
    """The pixels of a whole map, uint8 `(h, w)` or `(h, w, n)` in OpenCV's order, from 0 to 255.

    Raises
    ------
    PictureError
        When what should be numbers is none, or there are too few.
    """
    found = _Map(content)
    numbers = _text_numbers(content, found) if found.is_text else _byte_numbers(content, found)
    if len(numbers) < found.numbers:
        raise PictureError(PictureProblem.CUT_OFF)
    levels = _scaled(numbers, found.most, is_inverse=found.is_bits)  # of bits, 1 is ink
    pixels = levels.reshape(found.height, found.width, found.depth)
    if found.depth == 1:
        return pixels[:, :, 0]
    return pixels[:, :, _SWAPPED[found.depth]] if found.depth in _SWAPPED else pixels


def _byte_numbers(content: bytes, found: _Map) -> npt.NDArray[np.unsignedinteger]:
    if not found.is_bits:
        return np.frombuffer(content, found.level_type, found.numbers, found.start)
    rows = np.frombuffer(content, np.uint8, found.bytes_needed, found.start).reshape(found.height, -1)
    return np.unpackbits(rows, axis=1, count=found.width).ravel()


def _text_numbers(content: bytes, found: _Map) -> npt.NDArray[np.unsignedinteger]:
    text = content[found.start - 1 :]
    if b"#" in text:
        text = _COMMENT.sub(b"", text)
    if text.translate(None, b"0123456789" + _SPACES):
        raise PictureError(PictureProblem.DAMAGED)
    if found.is_bits:  # without spaces between them, if the writer likes
        return np.frombuffer(text.translate(None, _SPACES), np.uint8)[: found.numbers] & np.uint8(1)
    return np.fromstring(text, np.uint32, sep=" ")[: found.numbers]


def _scaled(numbers: npt.NDArray[np.unsignedinteger], most: int, *, is_inverse: bool) -> Levels:
    """Numbers from 0 to `most` as levels from 0 to 255, by way of a table, some at a time: their indices are large."""
    table = np.rint(np.arange(most + 1) * (255 / most)).astype(np.uint8)
    levels = np.empty(len(numbers), np.uint8)
    for start in range(0, len(numbers), _SCALED_AT_ONCE):
        block = slice(start, start + _SCALED_AT_ONCE)
        levels[block] = (table[::-1] if is_inverse else table).take(numbers[block], mode="clip")
    return levels


def _is_short(content: bytes) -> bool:
    return len(content) < _LONGEST_HEADER
