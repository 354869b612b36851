"""Parse the text of an InkML `<trace>`: points, channels, and values given as differences."""

import math
import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InkFileError
from core.ink.arrays import FloatArray
from core.ink.drawing import Stroke
from core.ink.limits import checked_points
from core.wording.ink_problems import InkProblem

FloatColumns = npt.NDArray[np.float64]

MAX_CHANNELS = 16
"""Twice as many as pens report: position, pressure, time, tilt, direction."""

_LARGEST = 1e18  # of a force or a time: about the nanoseconds since 1970
_SMALLEST_RANGE = 1e-12  # of forces
_PLAIN_CHARACTERS = b"0123456789eE+-., \t\r\n"
_NOT_PLAIN = re.compile(r"""[^0-9eE+\-.,\s]|[0-9.][+\-]""")
_VALUE = re.compile(
    r"""\s*(?P<order>[!'"]?)\s*(?:(?P<number>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"""
    r"""|\#(?P<hexadecimal>[+-]?[0-9A-Fa-f]+)|(?P<repeat>\*)|(?P<truth>[TF])|(?P<unknown>\?))\s*"""
)
_SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}


@dataclass(frozen=True, slots=True)
class Channel:
    """One column of a trace.

    Attributes
    ----------
    name
        `X`, `Y`, `F` (force), `T` (time), or anything else that a device reports.
    low, high
        Declared range of the values; None when it is not declared.
    scale
        Factor for the values: -1 for a reversed coordinate, seconds per unit for times.
    """

    name: str
    low: float | None = None
    high: float | None = None
    scale: float = 1.0

    @classmethod
    def from_attributes(cls, attributes: dict[str, str]) -> "Channel":
        """Make a channel from the attributes of its `<channel>` element."""
        name = attributes.get("name", "")
        scale = -1.0 if name in ("X", "Y") and attributes.get("orientation") == "-ve" else 1.0
        if name == "T":
            scale = _SECONDS.get(attributes.get("units", "ms"), 1e-3)
        return cls(name, _finite(attributes.get("min")), _finite(attributes.get("max")), scale)


@dataclass(frozen=True, slots=True)
class TraceFormat:
    """The columns of a trace, in order."""

    channels: tuple[Channel, ...]

    def column(self, name: str) -> int | None:
        """Index of the channel of that name, or None."""
        return next((index for index, channel in enumerate(self.channels) if channel.name == name), None)


DEFAULT_FORMAT = TraceFormat((Channel("X"), Channel("Y")))


def count_points(text: str) -> int:
    """The number of points in the text of a trace; a comma after the last is allowed."""
    return text.count(",") + (not text.endswith(","))


def read_trace(text: str, trace_format: TraceFormat) -> Stroke | None:
    """Read the text of one trace; None when it holds no points.

    Raises
    ------
    InkFileError
        When the text is not a list of points, points differ in length or have more than 16 values, or a coordinate is
        missing, not finite or too large.
    """
    values = _explicit_values(text) if _is_plain(text) else _coded_values(text)
    if values is None:
        return None
    if values.shape[1] < len(trace_format.channels):
        trace_format = DEFAULT_FORMAT
    x, y = trace_format.column("X"), trace_format.column("Y")
    if x is None or y is None or values.shape[1] < 2:
        raise InkFileError(InkProblem.NO_COORDINATES)
    scale = [trace_format.channels[x].scale, trace_format.channels[y].scale]
    points = checked_points(values[:, [x, y]] * scale)
    return Stroke(points.astype(np.float32), _pressures(values, trace_format), _times(values, trace_format))


def _is_plain(text: str) -> bool:
    """Whether `text` is only decimal numbers with spaces or commas between them."""
    has_signs = "-" in text or "+" in text  # a sign can also separate two numbers
    if not has_signs and text.isascii() and not text.encode("ascii").translate(None, _PLAIN_CHARACTERS):
        return True
    return _NOT_PLAIN.search(text) is None


def _explicit_values(text: str) -> FloatColumns | None:
    """Read plain decimal numbers: the fast path, for nearly every file."""
    # never more pieces than can be used, or a long point would fill the memory before it is refused
    pieces = text.replace(",", " , ").split(None, (text.count(",") + 1) * (MAX_CHANNELS + 1))
    if not pieces:
        return None
    if pieces[-1] == ",":
        pieces.pop()
    first = pieces[: MAX_CHANNELS + 1]
    width = first.index(",") if "," in first else len(first)
    commas = pieces[width :: width + 1]
    if not 0 < width <= MAX_CHANNELS or len(pieces) % (width + 1) != width or commas.count(",") != len(commas):
        raise InkFileError(InkProblem.DAMAGED_TRACE)
    del pieces[width :: width + 1]
    try:
        return np.fromiter(map(float, pieces), np.float64, len(pieces)).reshape(-1, width)
    except ValueError as error:
        raise InkFileError(InkProblem.DAMAGED_TRACE) from error


def _coded_values(text: str) -> FloatColumns | None:
    """Read values with modifiers: `!` explicit, `'` first difference, `"` second difference.

    A modifier applies to its channel until the next one. `*` repeats the last value or difference, `?` is unknown
    (NaN). Values after a colon, of intermittent channels, are ignored. Source: InkML, section 3.2.2.
    """
    rows: list[list[float]] = []
    orders: list[str] = []
    speeds: list[float] = []
    for point in text.rstrip().rstrip(",").split(","):
        tokens = _tokens(point.partition(":")[0])
        if not rows:
            orders, speeds = ["!"] * len(tokens), [0.0] * len(tokens)
        if not tokens or len(tokens) != len(orders):
            raise InkFileError(InkProblem.DAMAGED_TRACE)
        before = rows[-1] if rows else [0.0] * len(tokens)
        row = []
        for channel, (order, value) in enumerate(tokens):
            orders[channel] = order or orders[channel]
            row.append(_next_value(before[channel], speeds[channel], orders[channel], value))
            speeds[channel] = row[-1] - before[channel] if rows else 0.0
        rows.append(row)
    return np.array(rows, np.float64)


def _next_value(before: float, speed: float, order: str, value: float | None) -> float:
    """The value that follows `before` in a channel; a `value` of None repeats the last value or difference."""
    if order == "!":
        return before if value is None else value
    if order == "'":
        return before + (speed if value is None else value)
    return before + speed + (value or 0.0)


def _tokens(point: str) -> list[tuple[str, float | None]]:
    tokens: list[tuple[str, float | None]] = []
    position = 0
    while position < len(point):
        match = _VALUE.match(point, position)
        if match is None or match.end() == position:
            if not point[position:].strip():
                break
            raise InkFileError(InkProblem.DAMAGED_TRACE)
        tokens.append((match["order"], _token_value(match)))
        if len(tokens) > MAX_CHANNELS:
            raise InkFileError(InkProblem.DAMAGED_TRACE)
        position = match.end()
    return tokens


def _token_value(match: re.Match[str]) -> float | None:
    if match["number"] is not None:
        return float(match["number"])
    if match["hexadecimal"] is not None:
        digits = match["hexadecimal"]
        return float(int(digits, 16)) if len(digits) < 18 else np.inf
    if match["truth"] is not None:
        return float(match["truth"] == "T")
    return None if match["repeat"] is not None else np.nan


def _pressures(values: FloatColumns, trace_format: TraceFormat) -> FloatArray | None:
    """Force as a share of the declared range, or else of the largest force."""
    column = trace_format.column("F")
    if column is None:
        return None
    forces, channel = values[:, column], trace_format.channels[column]
    low = channel.low or 0.0
    high = channel.high if channel.high is not None else max(1.0, float(forces.max()))
    if not (_are_usable(forces) and _are_usable(low, high) and high - low >= _SMALLEST_RANGE):
        return None
    shares: FloatColumns = np.clip((forces - low) / (high - low), 0, 1)
    return shares.astype(np.float32)


def _times(values: FloatColumns, trace_format: TraceFormat) -> FloatArray | None:
    column = trace_format.column("T")
    if column is None:
        return None
    ticks = values[:, column]
    if not _are_usable(ticks):
        return None
    since_start: FloatColumns = (ticks - ticks[0]) * trace_format.channels[column].scale
    return since_start.astype(np.float32)


def _are_usable(*values: FloatColumns | float) -> bool:
    """Whether all are finite and small enough for differences and ratios not to overflow."""
    return all(bool((np.abs(value) <= _LARGEST).all()) for value in values)


def _finite(text: str | None) -> float | None:
    try:
        value = float(text) if text is not None else None
    except ValueError:
        return None
    return value if value is not None and math.isfinite(value) else None
