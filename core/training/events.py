"""What a training run tells while it goes on, in the order in which it does.

A run is a plain function that works through its batches in one thread; the window and the command line only differ in
what they do with its events.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class StageBegan:
    """The run does something that takes a while and is not training ("Loading TensorFlow")."""

    text: str


@dataclass(frozen=True, slots=True)
class StageProgress:
    """So many of the drawings that the stage under way makes or reads are done; every few hundred."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RunStarted:
    """Data and network are ready; the first batch comes next.

    `train_images` are all that an epoch shows. `notes` are sentences on what is unusual about the data; `material` are
    those on where the images come from, where that is not the data alone; `engine` is one on how it is computed.
    """

    preset: str
    parameters: int
    train_images: int
    validation_images: int
    test_images: int
    epochs: int
    batches_per_epoch: int
    batch_size: int
    seed: int
    notes: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    engine: str = ""


@dataclass(frozen=True, slots=True)
class BatchDone:
    """At most ten a second, and always the last of an epoch.

    `losses` and `accuracies` hold one number for each batch since the previous event, so that curves miss none;
    `batch` and `epoch` count from 1.
    """

    epoch: int
    batch: int
    losses: tuple[float, ...]
    accuracies: tuple[float, ...]
    images_per_second: float
    seconds_left: float


@dataclass(frozen=True, slots=True)
class EpochDone:
    """An epoch with its validation is over. Validation is None where no digits were kept out."""

    epoch: int
    loss: float
    accuracy: float
    validation_loss: float | None
    validation_accuracy: float | None
    seconds: float


@dataclass(frozen=True, slots=True)
class CanvasGuess:
    """What the network in training takes the digit on the pad for; a few times a second."""

    probabilities: tuple[float, ...]


class ChoiceReason(StrEnum):
    """What a run that needs a choice asks."""

    STOPPED = "stopped"
    """Keep the best epoch so far? The run was told to stop, or cannot go on."""
    SAVE_FAILED = "save_failed"
    """Try to save again?"""


@dataclass(frozen=True, slots=True)
class ChoiceNeeded:
    """The run waits for `TrainingControl.choose`: keep what there is (True), or let it go (False).

    `sentence` says what happened and asks.
    """

    reason: ChoiceReason
    sentence: str


class Outcome(StrEnum):
    COMPLETED = "completed"
    STOPPED_KEPT = "stopped_kept"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The last event. `model` is the new bundle's slug, None when nothing was kept; `notes` are sentences on it, and
    `ending` those with which the tutorial that the preset follows ends.
    """

    outcome: Outcome
    model: str | None
    name: str | None
    test_images: int
    test_mistakes: int | None
    test_accuracy: float | None
    test_loss: float | None
    seconds: float
    notes: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()


Event = StageBegan | StageProgress | RunStarted | BatchDone | EpochDone | CanvasGuess | ChoiceNeeded | RunEnded
Emit = Callable[[Event], None]


def event_record(event: Event) -> dict[str, object]:
    """`event` as a flat dictionary for JSON: its fields, and "event" with its name in snake_case."""
    name = type(event).__name__
    snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
    return {"event": snake, **asdict(event)}
