"""Names of models that people can tell apart, and the names of their folders."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from core.errors import ModelError
from core.models.bundles import DamagedBundle, ModelBundle
from core.models.card import MAX_NAME_LENGTH, clean_name
from core.wording.model_problems import ModelProblem
from core.wording.names import shortened_inside

MAX_SLUG_LENGTH = 60

_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
"""Names of devices on Windows, in any folder."""

_LONGEST_DATA = 19
"""Characters of a data set's name in a model's name: together with the longest title, it stays within the limit."""

_INVISIBLE = frozenset(
    map(
        chr,
        (
            *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0),  # joiners, fillers, an empty pattern
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE10),  # selectors of variants
            *range(0xE0100, 0xE01F0),
        ),
    )
)
"""Characters that Unicode counts as letters, symbols or marks, but that are invisible."""

_ALIKE = str.maketrans(
    dict.fromkeys("’‘\u00b4`", "'") | dict.fromkeys("“”«»", '"') | dict.fromkeys("\u2010\u2011–—−", "-")
)
"""Quotes and dashes that look alike."""


def name_key(name: str) -> str:
    """A key that is equal for names that look alike: they only differ in case, width, blanks, quotes, dashes or
    invisible characters. A blank between two figures counts: "Run 1 1" is not "Run 11"."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).translate(_ALIKE)
    seen = "".join(c for c in folded if (c.isprintable() or c.isspace()) and c not in _INVISIBLE)
    return re.sub(r"(?<!\d) | (?!\d)", "", " ".join(seen.split()))


def chosen_name(name: str) -> str:
    """`name` as typed, on one line. Raises ModelError when it is empty, invisible or too long."""
    cleaned = clean_name(name)
    if not name_key(cleaned):
        raise ModelError(ModelProblem.NO_NAME)
    return cleaned


def namesakes(entries: Iterable[ModelBundle | DamagedBundle], name: str) -> list[ModelBundle | DamagedBundle]:
    """The models whose names look like `name`."""
    key = name_key(name)
    return [entry for entry in entries if name_key(entry.title) == key]


def free_name(wanted: str, is_free: Callable[[str], bool]) -> str:
    """`wanted`, or `wanted` with the first number that is free."""
    name, number = wanted, 2
    while not is_free(name):
        suffix = f" {number}"
        name, number = wanted[: MAX_NAME_LENGTH - len(suffix)].rstrip() + suffix, number + 1
    return name


def default_name(title: str, data: str, is_free: Callable[[str], bool]) -> str:
    """The default name of a model: "14:05 Quick on MNIST, 2026-11-29".

    The time comes first, so that models of one day differ where names are cut. It has seconds if it needs
    them.
    """
    now = datetime.now()
    what = f"{title} on {shortened_inside(data, _LONGEST_DATA)}, {now:%Y-%m-%d}"
    names = [f"{now:{clock}} {what}" for clock in ("%H:%M", "%H:%M:%S")]
    return next(filter(is_free, names), names[-1])


def is_slug(name: str) -> bool:
    """Whether `name` can be the name of a model's folder."""
    return re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) is not None


def slugs(name: str) -> Iterator[str]:
    """Folder names for a model called `name`: the plain one first, then endless numbered ones."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    # one character may decompose into several, so the folder's name needs its own limit
    plain = re.sub(r"[^a-z0-9]+", "-", ascii_name)[:MAX_SLUG_LENGTH].strip("-") or "model"
    if plain in _DEVICES:
        plain = f"model-{plain}"
    yield plain
    number = 2
    while True:
        yield f"{plain}-{number}"
        number += 1
