"""Read strokes as JSON: the lists of data sets such as Quick, Draw!, and what programs of one's own write.

A drawing is a list of strokes, or an object that holds it as `drawing` or `strokes`. A stroke is `[xs, ys]` or
`[xs, ys, times]`, or a list of points `[x, y]` or `[x, y, time]`; y goes downwards, times are milliseconds. What can be
read both ways is columns under `drawing`, as there, and points under `strokes`.
Source: Google, “The Quick, Draw! Dataset” (raw and simplified drawings). Files are untrusted: `core.ink.limits`
protects the reader.
"""

import json
import re

import numpy as np

from core.errors import InkFileError
from core.ink.drawing import Drawing, Stroke
from core.ink.limits import MAX_POINTS, StrokeList, checked_points, require_bytes
from core.wording.ink_problems import InkProblem

Row = list[float]

START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:\[\s*+\[\s*+\[\s*+[-\d\[]|\[\s*+\[\s*+-?\d|"
    rb"\{[^{}]{0,4000}?\"(?:drawing|strokes)\"\s*+:\s*+\[)"
)
"""How a file begins that holds such a drawing: with brackets and a number, or an object with one of the names."""

_LISTS = ("drawing", "strokes")
_MOST_COMMAS = 4 * MAX_POINTS
_MOST_BRACKETS = 2 * MAX_POINTS
_FEW_VALUES = ({2}, {3})
_SECONDS = 1e-3


def read_stroke_list(content: bytes) -> Drawing:
    """Read the strokes of a JSON file; of ndjson, with a drawing in each line, those of the first.

    Raises
    ------
    InkFileError
        When the file is no such list, is damaged or too large, or holds values that are not finite numbers.
    """
    content = _first_line(content)
    require_bytes(content)
    if content.count(b",") > _MOST_COMMAS or content.count(b"[") + content.count(b"{") > _MOST_BRACKETS:
        raise InkFileError(InkProblem.TOO_MANY_POINTS, limit=MAX_POINTS)  # before they fill the memory
    try:
        value = json.loads(content.decode("utf-8-sig"), parse_int=float)
    except (ValueError, RecursionError) as error:
        raise InkFileError(InkProblem.NOT_STROKES) from error
    strokes, prefers_points = _strokes_in(value)
    return _drawing([_rows(stroke) for stroke in strokes], prefers_points=prefers_points)


def _first_line(content: bytes) -> bytes:
    """The first line if it is a whole drawing, else everything: some programs write one drawing in many lines."""
    line = content.lstrip().partition(b"\n")[0].rstrip().rstrip(b",")
    return line if line[:1] == b"{" and line[-1:] == b"}" else content


def _strokes_in(value: object) -> tuple[list[object], bool]:
    """The list of strokes, and whether they are rather lists of points than of columns."""
    name = ""
    if isinstance(value, dict):
        name = next((known for known in _LISTS if known in value), "")
        value = value.get(name)
    if not isinstance(value, list):
        raise InkFileError(InkProblem.NOT_STROKES)
    is_one_stroke = bool(value) and all(isinstance(row, list) and row and _is_number(row[0]) for row in value)
    return ([value] if is_one_stroke else value), is_one_stroke or name == "strokes"


def _rows(stroke: object) -> list[Row]:
    """The lists of numbers in a stroke; points may also be objects with x and y."""
    if not isinstance(stroke, list):
        raise InkFileError(InkProblem.NOT_STROKES)
    rows: list[Row] = []
    for row in stroke:
        values = [row.get("x"), row.get("y")] if isinstance(row, dict) else row
        if not isinstance(values, list) or not all(map(_is_number, values)):
            raise InkFileError(InkProblem.NOT_STROKES)
        rows.append(values)
    return rows


def _is_number(value: object) -> bool:
    return isinstance(value, float)


def _drawing(strokes: list[list[Row]], *, prefers_points: bool) -> Drawing:
    strokes = [rows for rows in strokes if any(rows)]
    fits_points, fits_columns = _are_points(strokes), _are_columns(strokes)
    if not (fits_points or fits_columns):
        raise InkFileError(InkProblem.NOT_STROKES)
    are_points = fits_points and (prefers_points or not fits_columns)
    found = StrokeList()
    for rows in strokes:
        found.expect(len(rows) if are_points else len(rows[0]))
        values = np.array(rows, np.float64)
        found.add(_stroke(values if are_points else values.T))
    return Drawing(tuple(found.strokes))


def _are_points(strokes: list[list[Row]]) -> bool:
    """Whether all rows have the same two or three values: x, y and perhaps a time."""
    lengths = {len(row) for rows in strokes for row in rows}
    return not lengths or lengths in _FEW_VALUES


def _are_columns(strokes: list[list[Row]]) -> bool:
    """Whether all strokes have the same two or three rows, each with a value for each point."""
    are_even = all(len(row) == len(rows[0]) for rows in strokes for row in rows)
    return are_even and {len(rows) for rows in strokes} in _FEW_VALUES


def _stroke(values: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Stroke:
    """A stroke of `(n, 2)`, or `(n, 3)` with times."""
    points = checked_points(values[:, :2]).astype(np.float32)
    if values.shape[1] < 3 or not np.isfinite(values[:, 2]).all():
        return Stroke(points)
    ticks = np.clip(values[:, 2], -1e18, 1e18)
    return Stroke(points, times=((ticks - ticks[0]) * _SECONDS).astype(np.float32))
