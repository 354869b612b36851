"""Read handwriting from Xournal++ (.xopp) and Xournal (.xoj): XML, usually gzipped, with a page for each sheet.

Source: the manual of Xournal, “File format”. Files are untrusted: `core.ink.limits` and `core.ink.xml_parsing` protect
the reader, and unpacking stops at the limit.
"""

import zlib

import numpy as np

from core.errors import InkFileError
from core.ink.arrays import FloatArray
from core.ink.drawing import NEUTRAL_PRESSURE, Drawing, Stroke
from core.ink.limits import MAX_BYTES, MAX_POINTS, StrokeList, checked_points, require_bytes
from core.ink.rendering import drawing_with_widths
from core.ink.xml_parsing import OtherFormat, parse_xml
from core.wording.ink_problems import InkProblem

GZIP_START = b"\x1f\x8b"
_PIECE = 64  # bytes: as much as may be lost before damage
_WITH_GZIP_HEADER = 16 + zlib.MAX_WBITS


def read_xournal(content: bytes) -> Drawing:
    """Read the pen's strokes on the first page that has any; text, pictures, highlighter and eraser are ignored.

    Raises
    ------
    InkFileError
        When it is not such a file, is damaged, cut off or too large, also unpacked, or has definitions in its
        document type.
    """
    reader = _Reader()
    try:
        parse_xml(_unpacked(content), "xournal", reader)
    except OtherFormat as error:
        raise InkFileError(InkProblem.NOT_XOURNAL) from error
    return drawing_with_widths(reader.found.strokes, reader.widths, None)


def _unpacked(content: bytes) -> bytes:
    """The content of a gzip file, or `content` itself when it is none. Raises `InkFileError`."""
    if not content.startswith(GZIP_START):
        return content
    require_bytes(content)
    inflater = zlib.decompressobj(_WITH_GZIP_HEADER)
    try:
        plain = inflater.decompress(content, MAX_BYTES + 1)
    except zlib.error as error:
        raise InkFileError(InkProblem.DAMAGED_GZIP) from error
    if len(plain) > MAX_BYTES:
        raise InkFileError(InkProblem.UNPACKED_TOO_LARGE, limit=MAX_BYTES / 1e6)
    if not inflater.eof:
        raise InkFileError(InkProblem.CUT_OFF)
    return plain


def unpacked_start(start: bytes, most: int) -> bytes:
    """At most `most` bytes from the beginning of what may be a gzip file, as far as they can be unpacked."""
    if not start.startswith(GZIP_START):
        return start[:most]
    inflater, plain = zlib.decompressobj(_WITH_GZIP_HEADER), b""
    try:
        for at in range(0, min(len(start), 4 * most), _PIECE):
            plain += inflater.decompress(start[at : at + _PIECE], most)
    except zlib.error:
        pass  # what came before the damage tells what it is
    return plain[:most]


class _Reader:
    def __init__(self) -> None:
        self.found = StrokeList()
        self.widths: list[float] = []
        self._is_done = False
        self._widths = ""
        self._text: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "page":
            self._is_done = bool(self.found.strokes)
        elif name == "stroke" and attributes.get("tool", "pen") == "pen" and not self._is_done:
            self._widths, self._text = attributes.get("width", ""), []

    def end(self, name: str) -> None:
        if name == "stroke" and self._text is not None:
            self._add("".join(self._text))
            self._text = None

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _add(self, text: str) -> None:
        numbers = text.split(None, 2 * MAX_POINTS + 2)  # never more pieces than can be used
        self.found.expect(len(numbers) // 2)
        if not numbers:
            return
        if len(numbers) % 2:
            raise InkFileError(InkProblem.DAMAGED_TRACE)
        points = checked_points(_floats(numbers))
        width, *segments = _floats(self._widths.split(None, len(points))) or [0.0]
        self.found.add(Stroke(points.astype(np.float32), _pressures(segments, width, len(points))))
        self.widths.append(width)


def _floats(numbers: list[str]) -> list[float]:
    try:
        return list(map(float, numbers))
    except ValueError as error:
        raise InkFileError(InkProblem.DAMAGED_TRACE) from error


def _pressures(segments: list[float], width: float, points: int) -> FloatArray | None:
    """The pressures, `(points,)`, at which a pen of `width` draws the widths of the segments between the points."""
    if not 0 < width < np.inf or len(segments) < points - 1 or points < 2:
        return None
    at_points = np.array([*segments[: points - 1], segments[points - 2]], np.float64)
    pressures = np.clip(np.nan_to_num(at_points / width, nan=1.0) - NEUTRAL_PRESSURE, 0, 1)
    return np.asarray(pressures, np.float32)
