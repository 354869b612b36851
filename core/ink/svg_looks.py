"""How a shape of SVG is drawn: stroke, fill and transforms, each passed on to what is inside.

Source: W3C, “Scalable Vector Graphics (SVG) 1.1”, chapters 7.6 and 11.
"""

import math
import re
from dataclasses import dataclass, replace

import numpy as np

from core.errors import InkFileError
from core.ink.arrays import Points
from core.ink.limits import MAX_COORDINATE
from core.wording.ink_problems import InkProblem

Matrix = tuple[float, float, float, float, float, float]
"""`a, b, c, d, e, f`: x becomes ax + cy + e, and y becomes bx + dy + f."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_NUMBER = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(px)?\s*", re.ASCII)
_FUNCTION = re.compile(r"[\s,]*([A-Za-z]+)\s*\(([^()]*)\)", re.ASCII)
_MAX_FUNCTIONS = 100
_INVISIBLE = ("none", "transparent")


@dataclass(frozen=True, slots=True)
class Look:
    """Whether a shape has a stroke and a fill and is shown, its pen width, and where it is moved."""

    has_stroke: bool = False
    has_fill: bool = True
    is_shown: bool = True
    width: float = 1.0
    matrix: Matrix = IDENTITY

    def inside(self, attributes: dict[str, str]) -> "Look":
        """The look of an element with these attributes inside one of this look. Raises `InkFileError`."""
        styles = dict(attributes)
        for declaration in attributes.get("style", "").split(";"):  # a style counts more than an attribute
            name, _, value = declaration.partition(":")
            styles[name.strip()] = value.strip()
        stroke, fill = styles.get("stroke", "inherit").strip(), styles.get("fill", "inherit").strip()
        is_hidden = styles.get("display") == "none" or styles.get("visibility") in ("hidden", "collapse")
        width = read_number(styles.get("stroke-width", ""))
        return replace(
            self,
            has_stroke=self.has_stroke if stroke == "inherit" else stroke not in _INVISIBLE,
            has_fill=self.has_fill if fill == "inherit" else fill not in _INVISIBLE,
            is_shown=self.is_shown and not is_hidden,
            width=self.width if width is None else width,
            matrix=combined(self.matrix, read_transform(styles.get("transform", ""))),
        )

    @property
    def pen_width(self) -> float:
        """Width of the stroke after all transforms."""
        a, b, c, d, _, _ = self.matrix
        return abs(self.width) * math.sqrt(abs(a * d - b * c))

    def moved(self, points: Points) -> Points:
        """The points, `(n, 2)`, after all transforms."""
        a, b, c, d, e, f = self.matrix
        moved: Points = points @ np.array([[a, b], [c, d]]) + (e, f)
        return moved


def read_number(text: str) -> float | None:
    """A number without unit, or with `px`; None for anything else."""
    match = _NUMBER.fullmatch(text)
    value = float(match[1]) if match else math.inf
    return value if abs(value) <= MAX_COORDINATE else None


def combined(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix of `inner` and then `outer`. Raises `InkFileError` when its numbers are too large."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    product = a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f
    if not all(abs(value) <= MAX_COORDINATE for value in product):
        raise InkFileError(InkProblem.BAD_COORDINATE)
    return product


def read_transform(text: str) -> Matrix:
    """The matrix of a `transform` attribute. Raises `InkFileError` when it is damaged."""
    matrix, position = IDENTITY, 0
    for _ in range(_MAX_FUNCTIONS):
        match = _FUNCTION.match(text, position)
        if match is None:
            break
        position = match.end()
        matrix = combined(matrix, _function(match[1], match[2]))
    if text[position:].strip(" \t\r\n,"):
        raise InkFileError(InkProblem.BAD_TRANSFORM)
    return matrix


def _function(name: str, text: str) -> Matrix:
    values = [read_number(part) for part in text.replace(",", " ").split()[:7]]
    known = [value for value in values if value is not None]
    match (name, known) if len(known) == len(values) else ("", []):
        case ("matrix", [a, b, c, d, e, f]):
            return a, b, c, d, e, f
        case ("translate", [x, *rest]) if len(rest) < 2:
            return 1.0, 0.0, 0.0, 1.0, x, rest[0] if rest else 0.0
        case ("scale", [x, *rest]) if len(rest) < 2:
            return x, 0.0, 0.0, rest[0] if rest else x, 0.0, 0.0
        case ("rotate", [angle]):
            return _rotation(angle)
        case ("rotate", [angle, x, y]):
            return combined(combined((1, 0, 0, 1, x, y), _rotation(angle)), (1, 0, 0, 1, -x, -y))
        case ("skewX", [angle]):
            return 1.0, 0.0, math.tan(math.radians(angle)), 1.0, 0.0, 0.0
        case ("skewY", [angle]):
            return 1.0, math.tan(math.radians(angle)), 0.0, 1.0, 0.0, 0.0
    raise InkFileError(InkProblem.BAD_TRANSFORM)


def _rotation(degrees: float) -> Matrix:
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return cosine, sine, -sine, cosine, 0.0, 0.0
