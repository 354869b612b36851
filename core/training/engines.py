"""Engines: the ways in which one machine can carry out the same training, of which one is the fastest."""

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
"""Images per second: what is said to be faster was not measured."""


@dataclass(frozen=True, slots=True)
class Engine:
    """One way to compute.

    Attributes
    ----------
    name
        What the command line and a model's card call it.
    title
        What people read.
    precision
        Keras's dtype policy while training; what is saved is always float32.
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
"""Nothing surprises: for runs that are over before measuring would have paid."""


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """The engine of a run, and why it is that one.

    Attributes
    ----------
    engine
        Name of one of `ENGINES`.
    speeds
        Images per second of every engine that was measured, by name; empty where none was.
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
    """What was measured on this machine before, in a file. A missing or damaged one is only measured again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, situation: str) -> EngineChoice | None:
        """What was chosen in the same `situation`: machine, libraries and network in one line."""
        return self._read().get(situation)

    def remember(self, situation: str, choice: EngineChoice) -> None:
        """Keep `choice` for the next run; where that is impossible, the next run measures again."""
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
    """What `record` says; None where that is no choice."""
    engine, speeds = (record.get(key) for key in ("engine", "speeds")) if isinstance(record, dict) else (None, None)
    if not isinstance(engine, str) or not isinstance(speeds, dict):
        return None
    if engine not in speeds or not speeds.keys() <= ENGINES.keys():
        return None
    if not all(isinstance(speed, int | float) and 0 < speed <= FASTEST for speed in speeds.values()):
        return None
    return EngineChoice(engine, speeds)
