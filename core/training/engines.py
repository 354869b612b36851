"""Engines: the ways to compute the same training, of which one is the fastest on a machine."""

import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.errors import StorageError
from core.system.json_files import read_object, write_object
from core.wording.messages import Message
from core.wording.run_messages import Note

log = logging.getLogger(__name__)

FASTEST = 1e12
"""Images per second: a record with a higher speed is not valid."""


@dataclass(frozen=True, slots=True)
class Engine:
    """One way to compute.

    Attributes
    ----------
    name
        Its name on the command line and in a model's card.
    title
        Its name for people.
    precision
        Keras's dtype policy for training; saved networks are always float32.
    xla
        Whether XLA compiles the training step.
    """

    name: str
    title: str
    precision: str
    xla: bool


ENGINES: dict[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine("float32", "float32", "float32", xla=False),
        Engine("bfloat16", "bfloat16", "mixed_bfloat16", xla=False),
        Engine("float32-xla", "float32 with XLA", "float32", xla=True),
        Engine("bfloat16-xla", "bfloat16 with XLA", "mixed_bfloat16", xla=True),
    )
}

DEFAULT_ENGINE = "float32"
"""The engine for runs that are too short to measure."""

MEASURING_PAYS_FROM = 60_000
"""Images in all epochs of a run from which measuring saves time."""
XLA_PAYS_FROM = 600_000
"""The same for trying XLA: it takes several seconds to compile, and is slower on most processors."""


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """The engine of a run, and the measurements behind the choice.

    Attributes
    ----------
    engine
        Name of one of `ENGINES`.
    speeds
        Images per second of every measured engine, by name; empty if none was measured.
    """

    engine: str
    speeds: dict[str, float]

    def note(self) -> Message:
        """ "Computed in bfloat16, the fastest way on this machine: 3,100 images/s; float32 1,540." """
        title = ENGINES[self.engine].title
        if len(self.speeds) < 2:
            return Note.COMPUTED(engine=title)
        others = [
            f"{ENGINES[name].title} {speed:,.0f}"
            for name, speed in sorted(self.speeds.items(), key=lambda item: -item[1])
            if name != self.engine
        ]
        return Note.COMPUTED_FASTEST(engine=title, speed=self.speeds[self.engine], others=", ".join(others))


class KnownEngines:
    """The engines measured on this machine, in a file. If it is missing or damaged, they are measured again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, situation: str) -> EngineChoice | None:
        """The choice in the same `situation`: machine, libraries and network in one line."""
        return self._read().get(situation)

    def remember(self, situation: str, choice: EngineChoice) -> None:
        """Save `choice` for the next run; if that fails, the next run measures again."""
        choices = self._read() | {situation: choice}
        try:
            write_object(self._path, {situation: asdict(choice) for situation, choice in choices.items()})
        except StorageError as error:
            log.warning("measured engines not saved: %s", error)

    def _read(self) -> dict[str, EngineChoice]:
        records = read_object(self._path, "measured engines") or {}
        choices = {situation: _choice(record) for situation, record in records.items()}
        return {situation: choice for situation, choice in choices.items() if choice is not None}


def _choice(record: Any) -> EngineChoice | None:
    """The choice in `record`; None if it is not valid."""
    engine, speeds = (record.get(key) for key in ("engine", "speeds")) if isinstance(record, dict) else (None, None)
    if not isinstance(engine, str) or not isinstance(speeds, dict):
        return None
    if engine not in speeds or not speeds.keys() <= ENGINES.keys():
        return None
    if not all(isinstance(speed, int | float) and 0 < speed <= FASTEST for speed in speeds.values()):
        return None
    return EngineChoice(engine, speeds)
