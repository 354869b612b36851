"""Read UNIPEN, a text format of data sets of handwriting: lines of coordinates between `.PEN_DOWN` and `.PEN_UP`.

Source: Guyon, Schomaker, Plamondon, Liberman and Janet, “UNIPEN project of on-line data exchange and recognizer
benchmarks” (1994); there, y goes upwards. Files are untrusted: `core.ink.limits` protects the reader.
"""

import re

import numpy as np
import numpy.typing as npt

from core.errors import InkFileError
from core.ink.arrays import FloatArray
from core.ink.drawing import Drawing, Stroke
from core.ink.limits import StrokeList, checked_points, require_bytes
from core.wording.ink_problems import InkProblem

START = re.compile(rb"(?:\xef\xbb\xbf)?\s*+\.[A-Z][A-Z_]{3,}+[\s]")
"""How a file begins: with a keyword, such as `.VERSION`."""

_USUAL_COLUMNS = ["X", "Y"]
_MAX_COLUMNS = 16
_LINE = re.compile(r"[^\r\n]+")
_NEXT_DRAWING = (".SEGMENT", ".START_BOX")
_SECONDS = 1e-3  # per unit of the column T
_LARGEST_TIME = 1e18


def read_unipen(content: bytes) -> Drawing:
    """Read the strokes of a UNIPEN file; of a data set, those up to the second `.SEGMENT` or `.START_BOX`.

    Of the columns that `.COORD` names, X and Y are read, and T as time.

    Raises
    ------
    InkFileError
        When the file is not UNIPEN, is too large, or holds values that are not finite numbers.
    """
    require_bytes(content)
    if not START.match(content):
        raise InkFileError(InkProblem.NOT_UNIPEN)
    found = StrokeList()
    reader = _Reader(found)
    for match in _LINE.finditer(content.decode("latin-1").removeprefix("ï»¿")):  # comments are in any encoding
        if not reader.take(match[0].strip()):
            break
    reader.end_stroke()
    return Drawing(tuple(found.strokes))


class _Reader:
    def __init__(self, found: StrokeList) -> None:
        self._found = found
        self._columns = _USUAL_COLUMNS
        self._rows: list[list[float]] = []
        self._is_down = False

    def take(self, line: str) -> bool:
        """Take a line; False when the first drawing is over."""
        if line.startswith("."):
            keyword, *words = line.split(None, _MAX_COLUMNS)
            if keyword in _NEXT_DRAWING and (self._found.strokes or self._rows):
                return False
            self._obey(keyword, words)
        elif self._is_down and line:
            self._found.expect(1)
            self._rows.append(_numbers(line, len(self._columns)))
        return True

    def _obey(self, keyword: str, words: list[str]) -> None:
        if keyword in (".PEN_DOWN", ".PEN_UP"):
            self.end_stroke()
            self._is_down = keyword == ".PEN_DOWN"
        elif keyword == ".COORD":
            self.end_stroke()
            self._columns = words
            if "X" not in words or "Y" not in words:
                raise InkFileError(InkProblem.NO_COORDINATES)

    def end_stroke(self) -> None:
        if not self._rows:
            return
        values = np.array(self._rows, np.float64)
        self._rows = []
        points = checked_points(values[:, [self._columns.index("X"), self._columns.index("Y")]] * (1, -1))
        self._found.add(Stroke(points.astype(np.float32), times=self._times(values)))

    def _times(self, values: npt.NDArray[np.float64]) -> FloatArray | None:
        if "T" not in self._columns:
            return None
        ticks = values[:, self._columns.index("T")]
        if not (np.abs(ticks) <= _LARGEST_TIME).all():
            return None
        return np.asarray((ticks - ticks[0]) * _SECONDS, np.float32)


def _numbers(line: str, count: int) -> list[float]:
    """The first `count` numbers of a line."""
    words = line.split(None, count)
    if len(words) < count:
        raise InkFileError(InkProblem.DAMAGED_TRACE)
    try:
        return list(map(float, words[:count]))
    except ValueError as error:
        raise InkFileError(InkProblem.DAMAGED_TRACE) from error
