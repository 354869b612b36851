"""Sample the path data of SVG as points.

Source: W3C, “Scalable Vector Graphics (SVG) 1.1”, chapter 8 and appendix F.6.
"""

import math
import re
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from core.errors import InkFileError
from core.ink.arrays import Points
from core.ink.limits import MAX_COORDINATE
from core.wording.ink_problems import InkProblem

CURVE_POINTS, ARC_POINTS = 16, 32
"""Points of a sampled curve, or arc, after its first: at the size of the network's input no corner shows."""

_COMMAND = re.compile(r"[\s,]*([MLHVCSQTAZ])", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"[\s,]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)", re.ASCII)
_FLAG = re.compile(r"[\s,]*([01])", re.ASCII)
_REST = re.compile(r"[\s,]*\Z")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_POINTS = {"C": CURVE_POINTS, "S": CURVE_POINTS, "Q": CURVE_POINTS, "T": CURVE_POINTS, "A": ARC_POINTS}
_FLAGS = (3, 4)  # among the arguments of an arc


def read_path(text: str, expect: Callable[[int], None]) -> list[Points]:
    """The lines of path data, float64 `(n, 2)` each; one that only moves the pen is none.

    `expect` is called with the number of points that come next, and may raise.

    Raises
    ------
    InkFileError
        When the path is damaged, or a number is too large.
    """
    path = _Path()
    scanner = _Scanner(text)
    while not scanner.is_over():
        command = scanner.command()
        if command.upper() != "M" and not path.is_begun:
            raise InkFileError(InkProblem.DAMAGED_PATH)
        while True:
            expect(_POINTS.get(command.upper(), 1))
            path.draw(command, scanner.arguments(command.upper()))
            command = {"M": "L", "m": "l"}.get(command, command)
            if command in "Zz" or not scanner.has_number():
                break
    return path.lines()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0

    def is_over(self) -> bool:
        return _REST.match(self._text, self._position) is not None

    def command(self) -> str:
        return self._next(_COMMAND)

    def has_number(self) -> bool:
        return _NUMBER.match(self._text, self._position) is not None

    def arguments(self, command: str) -> list[float]:
        is_arc = command == "A"
        patterns = [_FLAG if is_arc and place in _FLAGS else _NUMBER for place in range(_ARGUMENTS[command])]
        values = [float(self._next(pattern)) for pattern in patterns]
        if any(abs(value) > MAX_COORDINATE for value in values):
            raise InkFileError(InkProblem.BAD_COORDINATE)
        return values

    def _next(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._position)
        if match is None:
            raise InkFileError(InkProblem.DAMAGED_PATH)
        self._position = match.end()
        return match[1]


class _Path:
    """The lines drawn so far, and the pen; points are complex numbers, x + iy."""

    def __init__(self) -> None:
        self.is_begun = False
        self._lines: list[list[complex]] = []
        self._pen = self._first = self._control = 0j
        self._latest = ""

    def lines(self) -> list[Points]:
        return [_as_points(line) for line in self._lines if len(line) > 1]

    def draw(self, command: str, values: list[float]) -> None:
        name = command.upper()
        origin = self._pen if command.islower() else 0j
        if name == "M":
            self._pen = self._first = origin + complex(*values)
            self.is_begun = True
            self._lines.append([self._pen])
        else:
            if self._latest == "Z":
                self._lines.append([self._pen])
            self._lines[-1] += self._points(name, values, origin)
            self._pen = self._lines[-1][-1]
        self._latest = name

    def _points(self, name: str, values: list[float], origin: complex) -> list[complex]:
        if name == "Z":
            return [self._first]
        if name == "H":
            return [complex(origin.real + values[0], self._pen.imag)]
        if name == "V":
            return [complex(self._pen.real, origin.imag + values[0])]
        if name == "A":
            return _arc(self._pen, values[:5], origin + complex(*values[5:]))
        ends = [origin + complex(x, y) for x, y in zip(values[::2], values[1::2], strict=True)]
        return ends if name == "L" else self._curve(name, ends)

    def _curve(self, name: str, ends: list[complex]) -> list[complex]:
        """A Bézier curve; S and T begin with the reflection of the last control point of one like them."""
        if name in "ST":
            continues = self._latest in {"S": "CS", "T": "QT"}[name] and self._latest != ""
            ends = [2 * self._pen - self._control if continues else self._pen, *ends]
        self._control = ends[-2]
        return _bezier([self._pen, *ends])


def _bezier(ends: list[complex]) -> list[complex]:
    shares = np.linspace(0, 1, CURVE_POINTS + 1)[1:]
    levels = [np.full(CURVE_POINTS, end) for end in ends]
    while len(levels) > 1:  # de Casteljau's algorithm
        levels = [first + (second - first) * shares for first, second in pairwise(levels)]
    return [*levels[0].tolist()[:-1], ends[-1]]


def _arc(start: complex, values: list[float], end: complex) -> list[complex]:
    """An arc of an ellipse, by way of its centre; the names are those of appendix F.6.5."""
    rx, ry, turn, is_large, is_sweep = abs(values[0]), abs(values[1]), math.radians(values[2]), values[3], values[4]
    if not rx or not ry or start == end:
        return [end]
    direction = complex(math.cos(turn), math.sin(turn))
    half = (start - end) / 2 * direction.conjugate()
    unit = complex(half.real / rx, half.imag / ry)  # the ellipse as a circle of radius 1
    grown = max(1.0, abs(unit))
    rx, ry, unit = rx * grown, ry * grown, unit / grown
    offset = math.sqrt(max(0.0, 1 / max(abs(unit) ** 2, 1e-30) - 1)) * (1 if is_large != is_sweep else -1)
    centre = complex(unit.imag, -unit.real) * offset
    first, last = unit - centre, -unit - centre
    sweep = math.remainder(math.atan2(last.imag, last.real) - math.atan2(first.imag, first.real), 2 * math.pi)
    if bool(is_sweep) != (sweep > 0):
        sweep += 2 * math.pi if is_sweep else -2 * math.pi
    angles = math.atan2(first.imag, first.real) + sweep * np.linspace(0, 1, ARC_POINTS + 1)[1:]
    circle = np.exp(1j * angles) + centre
    ellipse = (circle.real * rx + 1j * circle.imag * ry) * direction + (start + end) / 2
    return [*ellipse.tolist()[:-1], end]


def _as_points(line: list[complex]) -> Points:
    numbers = np.array(line, np.complex128)
    points = np.stack([numbers.real, numbers.imag], axis=1)
    return points[:1] if (points == points[0]).all() else points  # a dot is a line of no length
