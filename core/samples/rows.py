"""Samples as rows of the database. What a row holds is checked: the file may be damaged, or not ours."""

import time
from typing import Any

import numpy as np

from core.digits.arrays import SIDE
from core.errors import InkFileError, PictureError
from core.ink.drawing import Drawing
from core.ink.inkml import read_inkml, write_inkml
from core.pad.archive import read_archive, write_archive
from core.pad.content import Content
from core.samples.sample import LABELS, MAX_WRITER_LENGTH, NewSample, Sample
from core.samples.schema import COLUMNS

WITHOUT_INK = "id, label, image, writer, source, answered, model, kept_at"
"""The first columns of a row: those of a `Sample`."""
INK_FORMS = ("inkml", "archive")
"""Strokes, and the ink of a picture, as `core.pad.archive` writes it."""
INSERT = f"INSERT INTO samples ({COLUMNS['samples']}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
"""Of a row; one without an id gets a new one."""
PUT_BACK = f"{INSERT} ON CONFLICT (id) DO NOTHING"
"""Of a row with its id; one whose id is taken is left out."""

MAX_TEXT = 1000
"""Characters of the names in a row."""
LATEST_TIME = 253_402_300_799.0
"""The end of the year 9999: no calendar goes further."""

Row = tuple[Any, ...]
"""All columns of `core.samples.schema.COLUMNS`, or those `WITHOUT_INK`."""


def row_of(new: NewSample) -> Row:
    """The row of a new sample; its id is None."""
    form, ink = _ink_bytes(new.content)
    kept_at = time.time() if new.kept_at is None else new.kept_at
    return None, new.label, new.image.tobytes(), new.writer, new.source, new.answered, new.model, kept_at, form, ink


def sample_of(row: Row) -> Sample | None:
    """The sample of a row that begins with `WITHOUT_INK`; None when it has no label or no image."""
    id_, label, image, writer, source, answered, model, kept_at = row[:8]
    if not _is_label(label) or not isinstance(image, bytes) or len(image) != SIDE * SIDE:
        return None
    pixels = np.frombuffer(image, np.uint8).reshape(SIDE, SIDE)
    texts = _text(writer)[:MAX_WRITER_LENGTH], _text(source)
    return Sample(id_, label, pixels, *texts, answered if _is_label(answered) else None, _text(model), _time(kept_at))


def content_of(form: object, ink: object) -> Content | None:
    """The ink in a row; None when it is damaged."""
    if not isinstance(ink, bytes):
        return None
    try:
        if form == "inkml":
            return read_inkml(ink)
        return read_archive(ink) if form == "archive" else None
    except (InkFileError, PictureError):
        return None


def _ink_bytes(content: Content) -> tuple[str, bytes]:
    return ("inkml", write_inkml(content)) if isinstance(content, Drawing) else ("archive", write_archive(content))


def _is_label(value: object) -> bool:
    return isinstance(value, int) and 0 <= value < LABELS


def _text(value: object) -> str:
    return value[:MAX_TEXT] if isinstance(value, str) else ""


def _time(value: object) -> float:
    return float(value) if isinstance(value, float | int) and 0 <= value <= LATEST_TIME else 0.0
