"""Names of the folders that models live in."""

import re
import unicodedata
from collections.abc import Iterator

MAX_SLUG_LENGTH = 60

_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
"""What Windows takes for a device, whatever folder it is in."""


def is_slug(name: str) -> bool:
    """Whether `name` could be the folder of a model."""
    return re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) is not None


def slugs(name: str) -> Iterator[str]:
    """Folder names for a model called `name`: the plain one first, then numbered ones without end."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    # one character may decompose into several: the name's own limit is none for its folder
    plain = re.sub(r"[^a-z0-9]+", "-", ascii_name)[:MAX_SLUG_LENGTH].strip("-") or "model"
    if plain in _DEVICES:
        plain = f"model-{plain}"
    yield plain
    number = 2
    while True:
        yield f"{plain}-{number}"
        number += 1
