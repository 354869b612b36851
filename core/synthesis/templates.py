"""Load the templates of digits and letters, an InkML file for each style of writing, with their frequencies."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.errors import InkFileError
from core.ink.arrays import FloatArray
from core.ink.inkml import read_inkml
from core.ink.limits import MAX_BYTES
from core.system.paths import assets_folder
from core.system.safe_files import reading_errors
from core.wording.ink_problems import TemplateProblem
from core.wording.names import shown_name

_NAME = re.compile(r"(?:small-)?([^-]+)-.+")

_RARE = 0.3
_WEIGHTS = {
    "0-dotted": _RARE,
    "0-plain": 4.0,
    "0-traced-twice": _RARE,
    "0-two-halves": _RARE,
    "1-bowed": _RARE,
    "1-flagged": 4.0,
    "1-flagged-arched": _RARE,
    "1-flagged-drooping": _RARE,
    "1-flagged-foot-corner": _RARE,
    "1-flagged-rounded": _RARE,
    "1-hooked": _RARE,
    "1-leaning-foot": _RARE,
    "1-plain": 4.0,
    "1-slash": _RARE,
    "1-tail-right": _RARE,
    "1-ticked-curled": _RARE,
    "1-ticked-deep": _RARE,
    "1-ticked-foot": _RARE,
    "2-plain": 3.0,
    "2-two-strokes": _RARE,
    "3-bar-middle": _RARE,
    "3-round": 4.0,
    "4-closed": 3.0,
    "4-lightning": _RARE,
    "4-open": 3.0,
    "5-angular": _RARE,
    "5-one-stroke": 2.5,
    "5-two-strokes": 2.5,
    "6-clockwise": _RARE,
    "6-plain": 3.0,
    "7-bar-rising": _RARE,
    "7-crossed": 3.5,
    "7-crossed-looped": _RARE,
    "7-crossed-one-stroke": _RARE,
    "7-curled-crossed-looped": _RARE,
    "7-plain": 3.5,
    "7-serifed-curled": _RARE,
    "7-serifed-hook": _RARE,
    "7-serifed-wave": _RARE,
    "7-short-bar": _RARE,
    "7-tail-right": _RARE,
    "8-leaning-circles": _RARE,
    "8-ribbon": _RARE,
    "8-s-first": 5.0,
    "9-clockwise-bar": _RARE,
    "9-curled": 2.5,
    "9-open-below": _RARE,
    "9-straight": 3.0,
}
"""Frequencies of styles relative to the others of the same digit, if not 1: estimates, not counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """One style of writing a character.

    Attributes
    ----------
    label
        The character: `"7"`, `"A"`, `"a"`.
    name
        The file's name without its suffix, such as `7-crossed` or `small-a-print`.
    strokes
        In writing order, float32 `(n, 2)` each, n >= 1, y downwards, in a box of about 0..100: the control points of a
        smooth curve. A point given twice in a row is a corner.
    """

    label: str
    name: str
    strokes: tuple[FloatArray, ...]


@cache
def load_templates(folder: Path) -> tuple[Template, ...]:
    """Read all templates in `folder`, sorted by name. They are cached and must not be changed.

    Raises
    ------
    InkFileError
        When there are none, or one has no ink or a name that does not begin with its label and a hyphen.
    """
    templates = tuple(_read_template(path) for path in sorted(folder.glob("*.inkml")))
    if not templates:
        raise InkFileError(TemplateProblem.NONE, folder=shown_name(folder))
    return templates


@lru_cache(maxsize=1)
def ways_of_digits() -> tuple[tuple[tuple[Template, ...], npt.NDArray[np.float64]], ...]:
    """For each digit 0 to 9, its templates and the cumulative sums of their weights, float64 `(n,)`."""
    every = load_templates(assets_folder() / "ink" / "digits")
    assert {template.name for template in every} >= _WEIGHTS.keys(), "a weight without a template"
    ways = []
    for digit in range(10):
        templates = tuple(template for template in every if template.label == str(digit))
        ways.append((templates, np.cumsum([_WEIGHTS.get(template.name, 1.0) for template in templates])))
    return tuple(ways)


def _read_template(path: Path) -> Template:
    name, where = _NAME.fullmatch(path.stem), shown_name(path)
    if name is None:
        raise InkFileError(TemplateProblem.BAD_NAME, where=where)
    with reading_errors(InkFileError, TemplateProblem.UNREADABLE, where=where), path.open("rb") as file:
        drawing = read_inkml(file.read(MAX_BYTES + 1))
    if drawing.is_blank:
        raise InkFileError(TemplateProblem.BLANK, where=where)
    strokes = tuple(stroke.points for stroke in drawing.strokes)
    for points in strokes:
        points.setflags(write=False)
    return Template(name[1], path.stem, strokes)
