"""The records in the list of a package: written as the store has them, and read as what anybody may have written."""

from dataclasses import dataclass
from typing import Any

from core.samples.rows import LATEST_TIME, MAX_TEXT
from core.samples.sample import LABEL_NAMES, MAX_WRITER_LENGTH, Sample, label_name
from core.wording.names import printable_line


@dataclass(frozen=True, slots=True)
class Record:
    """What the list says of a sample; `ink` is the name of the file that has its ink."""

    label: int
    writer: str
    kept_at: float
    source: str
    answered: int | None
    model: str
    ink: str


def record_of(sample: Sample, ink: str) -> dict[str, object]:
    """The record of a sample whose ink is in the file `ink`."""
    return {
        "label": label_name(sample.label),
        "writer": sample.writer,
        "kept_at": sample.kept_at,
        "source": sample.source,
        "answered": None if sample.answered is None else label_name(sample.answered),
        "model": sample.model,
        "ink": ink,
    }


def read_record(record: Any) -> Record | None:
    """What a record says, its names cleaned as those that are typed; None when anything in it is not as it must be."""
    if not isinstance(record, dict):
        return None
    try:
        return Record(
            label=_label(record["label"]),
            writer=_line(record["writer"], MAX_WRITER_LENGTH),
            kept_at=_time(record["kept_at"]),
            source=_line(record["source"])[:MAX_TEXT],
            answered=None if record["answered"] is None else _label(record["answered"]),
            model=_line(record["model"])[:MAX_TEXT],
            ink=_line(record["ink"]),
        )
    except (KeyError, ValueError):
        return None


def _label(value: object) -> int:
    if not isinstance(value, str):
        raise ValueError("no name of a label")
    return LABEL_NAMES[value]


def _line(value: object, longest: int | None = None) -> str:
    if not isinstance(value, str) or (longest is not None and len(value) > longest):
        raise ValueError("no name")
    return printable_line(value)


def _time(value: object) -> float:
    # compared before it is converted: an integer may be larger than any float
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LATEST_TIME:
        raise ValueError("no time")
    return float(value)
