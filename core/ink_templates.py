"""The ways in which digits and letters are written: strokes drawn by hand, one InkML file a way."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.errors import InkFileError
from core.file_names import shown_name
from core.inkml import MAX_BYTES, read_inkml

FloatArray = npt.NDArray[np.float32]

_NAME = re.compile(r"(?:small-)?([^-]+)-.+")


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """One way of writing a sign.

    Attributes
    ----------
    label
        The sign: `"7"`, `"A"`, `"a"`.
    name
        The file's name without its ending, such as `7-crossed` or `small-a-print`.
    strokes
        In writing order, float32 `(n, 2)` each, n >= 1, y downwards, in a box of about 0..100: the points that the
        pen goes through on a smooth curve. A point that is given twice in a row is a corner.
    """

    label: str
    name: str
    strokes: tuple[FloatArray, ...]


@cache
def load_templates(folder: Path) -> tuple[Template, ...]:
    """Read every template in `folder`, in the order of their names. They are read once and must not be changed.

    Raises
    ------
    InkFileError
        When there is none, or one is no ink or has a name that does not begin with its label and a hyphen.
    """
    templates = tuple(_read_template(path) for path in sorted(folder.glob("*.inkml")))
    if not templates:
        raise InkFileError(f"There are no ink templates in {shown_name(folder)}.")
    return templates


def _read_template(path: Path) -> Template:
    name = _NAME.fullmatch(path.stem)
    if name is None:
        raise InkFileError(f"{shown_name(path)}: the name of a template must be like “7-crossed.inkml”.")
    try:
        with path.open("rb") as file:
            drawing = read_inkml(file.read(MAX_BYTES + 1))
    except OSError as error:
        raise InkFileError(f"{shown_name(path)} cannot be read.") from error
    if drawing.is_blank:
        raise InkFileError(f"{shown_name(path)}: there is no stroke in it.")
    strokes = tuple(stroke.points for stroke in drawing.strokes)
    for points in strokes:
        points.setflags(write=False)
    return Template(name[1], path.stem, strokes)
