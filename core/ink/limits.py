"""How much an ink file may hold, whatever its format: such files come from strangers."""

import numpy as np
import numpy.typing as npt

from core.errors import InkFileError
from core.ink.drawing import Stroke
from core.wording.ink_problems import InkProblem

MAX_BYTES = 20_000_000
"""Also after unpacking."""
MAX_POINTS = 200_000
MAX_STROKES = 10_000
MAX_ELEMENTS = 100_000
"""Of XML; this also limits how deep they lie in each other."""
SMALLEST = 1e-6
"""Of pads and pens; anything less overflows when it is scaled."""
LARGEST_PAD = 1e9
MAX_COORDINATE = 1e12
"""No tablet has larger coordinates, and their squares would overflow float32."""


def require_bytes(content: bytes) -> None:
    """Raise `InkFileError` when a file is empty or too large."""
    if not content.strip():
        raise InkFileError(InkProblem.EMPTY)
    if len(content) > MAX_BYTES:
        raise InkFileError(InkProblem.TOO_LARGE, size=len(content) / 1e6, limit=MAX_BYTES / 1e6)


def checked_points(points: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """`points`, `(n, 2)` as float64; raises `InkFileError` when one is not finite or too large."""
    checked = np.asarray(points, np.float64).reshape(-1, 2)
    if not (np.abs(checked) <= MAX_COORDINATE).all():  # also false for NaN
        raise InkFileError(InkProblem.BAD_COORDINATE)
    return checked


class StrokeList:
    """The strokes of a file, as many as may be."""

    def __init__(self) -> None:
        self.strokes: list[Stroke] = []
        self._points = 0

    def expect(self, points: int) -> None:
        """Raise `InkFileError` when a stroke of so many points would be too much: before they are read."""
        self._points += points
        if self._points > MAX_POINTS:
            raise InkFileError(InkProblem.TOO_MANY_POINTS, limit=MAX_POINTS)
        if len(self.strokes) >= MAX_STROKES:
            raise InkFileError(InkProblem.TOO_MANY_STROKES, limit=MAX_STROKES)

    def add(self, stroke: Stroke) -> None:
        """Add a stroke whose points were expected."""
        self.strokes.append(stroke)
