"""How long runs took on this machine, and from that, how long another one will take."""

import logging
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.errors import StorageError
from core.system.json_files import read_object, write_object
from core.system.processor import core_count, processor_name
from core.training.engines import MEASURING_PAYS_FROM, XLA_PAYS_FROM
from core.training.events import EpochDone, Event, Outcome, RunEnded, RunStarted
from core.training.presets import Preset
from core.training.spec import CompleteSpec, TrainingSpec

log = logging.getLogger(__name__)

LATEST = 5
"""Runs that are remembered of a kind; what counts is the one in the middle."""
MOST_KINDS = 200
LEAST_SECONDS = 0.3
"""A run whose epochs took less tells too little."""
MOST_TIMES = 30
"""A run that has so many times more or fewer images in an epoch may be limited by something else."""
LONGEST = 1e7


@dataclass(frozen=True, slots=True)
class RunTime:
    """The times of a run.

    Attributes
    ----------
    images
        In an epoch.
    image_seconds
        Of an epoch with its validation, for each of these images.
    other_seconds
        Of everything else: reading digits, loading TensorFlow, building the network, testing, saving.
    """

    images: int
    image_seconds: float
    other_seconds: float


class KnownTimes:
    """The times of runs on this machine, in a file. If it is missing or damaged, nothing is known."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def remember(self, kind: str, time: RunTime) -> None:
        """Save the time of a run of that `kind`; the oldest are forgotten."""
        known = self._read()
        latest = [*known.pop(kind, []), time][-LATEST:]
        kept = dict([*known.items(), (kind, latest)][-MOST_KINDS:])
        content = {kind: [asdict(time) for time in times] for kind, times in kept.items()}
        try:
            write_object(self._path, content)
        except StorageError as error:
            log.warning("times of runs not saved: %s", error)

    def find(self, kind: str) -> list[RunTime]:
        """The times of the latest runs of that `kind`."""
        return self._read().get(kind, [])

    def _read(self) -> dict[str, list[RunTime]]:
        records = read_object(self._path, "times of runs") or {}
        return {kind: _times(times) for kind, times in records.items() if isinstance(times, list)}


class RunTimer:
    """Measures a run by its events, and remembers its time once it has completed as planned."""

    def __init__(self, spec: TrainingSpec, known: KnownTimes) -> None:
        self._spec = spec.completed()
        self._known = known
        self._images = 0
        self._epochs: list[float] = []

    def take(self, event: Event) -> None:
        """Take what the run emits."""
        match event:
            case RunStarted():
                self._images = event.train_images
            case EpochDone():
                self._epochs.append(event.seconds)
            case RunEnded(outcome=Outcome.COMPLETED) if self._images and sum(self._epochs) >= LEAST_SECONDS:
                self._known.remember(kind_of(self._spec, self._images), self._time(event.seconds))

    def _time(self, seconds: float) -> RunTime:
        usual = self._epochs[1:] or self._epochs  # the first one also builds the network
        epoch = statistics.median(usual)
        return RunTime(self._images, epoch / self._images, max(seconds - epoch * len(self._epochs), 0.0))


def kind_of(spec: CompleteSpec, images: int) -> str:
    """Everything that the time of an image depends on, in one line: machine, network, and how it is computed."""
    machine = f"{processor_name()}, {core_count()} cores"
    work = f"{spec.preset.name}: {spec.preset.layers}, batches of {spec.batch_size}"
    varied = ", varied" if spec.augment else ""
    taught = f", taught by {len(spec.teachers)}" if spec.teachers else ""
    return f"{machine}, {work}{varied}{taught}, {spec.engine or _unchosen_engine(images * spec.epochs)}"


def images_of(spec: CompleteSpec, digits: int) -> int:
    """The images in an epoch of a run on `digits` training digits, about."""
    learned = digits * (1 - spec.validation_share)
    synthesized = spec.preset.synthesized_share if spec.synthesize else 0.0
    return round(learned * (1 + synthesized + spec.preset.no_digit_share))


def expected_seconds(spec: CompleteSpec, digits: int, known: KnownTimes) -> float | None:
    """How long a run on `digits` training digits will take here; None when nothing like it was measured."""
    images = images_of(spec, digits)
    if images <= 0:
        return None
    times = known.find(kind_of(spec, images))
    fitting = [time for time in times if 1 / MOST_TIMES <= images / time.images <= MOST_TIMES]
    if not fitting:
        return None
    expected = [
        spec.epochs * images * time.image_seconds + time.other_seconds * _growth(spec.preset, images / time.images)
        for time in fitting
    ]
    return statistics.median(expected)


def _growth(preset: Preset, times: float) -> float:
    """How the other work grows where there are so many `times` the images: synthesising them is most of it."""
    return max(times, 1.0) if preset.learns_no_digit else 1.0


def _unchosen_engine(images: int) -> str:
    """How the engine is chosen for a run of `images` in all epochs: longer runs get faster ones."""
    if images < MEASURING_PAYS_FROM:
        return "not measured"
    return "measured" if images < XLA_PAYS_FROM else "measured with XLA"


def _times(records: list[Any]) -> list[RunTime]:
    times = [_time(record) for record in records[-LATEST:]]
    return [time for time in times if time is not None]


def _time(record: Any) -> RunTime | None:
    values = record if isinstance(record, dict) else {}
    images, image_seconds, other = (values.get(name) for name in RunTime.__slots__)
    numbers = [value for value in (images, image_seconds, other) if isinstance(value, int | float)]
    if len(numbers) < 3 or not all(0 <= number <= LONGEST for number in numbers) or not numbers[0] or not numbers[1]:
        return None
    return RunTime(int(numbers[0]), float(numbers[1]), float(numbers[2]))
