"""The events of a training run, in order.

A run is a plain function that works in one thread; the window and the command line only differ in what they do with its
events.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import Enum, StrEnum

from core.wording.messages import Message
from core.wording.run_messages import Stage


@dataclass(frozen=True, slots=True)
class StageBegan:
    """A step other than training, which takes a while, has begun; `digits` is their number, if it matters."""

    stage: Stage
    digits: int = 0

    @property
    def text(self) -> str:
        """The step in words: "Loading TensorFlow"."""
        return str(self.stage(digits=self.digits))


@dataclass(frozen=True, slots=True)
class StageProgress:
    """The progress of the current stage in drawings made or read; every few hundred."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RunStarted:
    """Data and network are ready; the first batch comes next.

    `train_images` is the number in an epoch. `notes` are on anything unusual about the data, `material` on the origins
    of the images, if there are others than the data, `engine` on how it is computed.
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
    notes: tuple[Message, ...] = ()
    material: tuple[Message, ...] = ()
    engine: Message | None = None


@dataclass(frozen=True, slots=True)
class BatchDone:
    """Some batches are done: emitted at most ten times a second, and always for the last batch of an epoch.

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
class RateChanged:
    """From `batch` of `epoch` on, both from 1, the run learns at another rate: for a schedule, this is its peak."""

    epoch: int
    batch: int
    learning_rate: float


@dataclass(frozen=True, slots=True)
class EpochDone:
    """An epoch and its validation are done. Validation is None without validation digits."""

    epoch: int
    loss: float
    accuracy: float
    validation_loss: float | None
    validation_accuracy: float | None
    seconds: float


@dataclass(frozen=True, slots=True)
class CanvasGuess:
    """The answer of the network in training for the digit on the pad; a few times a second."""

    probabilities: tuple[float, ...]


class ChoiceReason(StrEnum):
    """Why a run needs a choice."""

    STOPPED = "stopped"
    """Keep the best epoch so far? The run was stopped, or cannot continue."""
    SAVE_FAILED = "save_failed"
    """Try to save again?"""


@dataclass(frozen=True, slots=True)
class ChoiceNeeded:
    """The run waits for `TrainingControl.choose`: keep the model (True), or discard it (False)."""

    reason: ChoiceReason
    question: Message

    @property
    def sentence(self) -> str:
        """The question in words."""
        return str(self.question)


class Outcome(StrEnum):
    COMPLETED = "completed"
    STOPPED_KEPT = "stopped_kept"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The last event. `model` is the slug of the new bundle, None when nothing was kept; `notes` are on that model,
    `ending` are the results that the preset's tutorial shows at its end.
    """

    outcome: Outcome
    model: str | None
    name: str | None
    test_images: int
    test_mistakes: int | None
    test_accuracy: float | None
    test_loss: float | None
    seconds: float
    notes: tuple[Message, ...] = ()
    ending: tuple[Message, ...] = ()


Event = (
    StageBegan
    | StageProgress
    | RunStarted
    | BatchDone
    | RateChanged
    | EpochDone
    | CanvasGuess
    | ChoiceNeeded
    | RunEnded
)
Emit = Callable[[Event], None]


def event_record(event: Event) -> dict[str, object]:
    """`event` as a flat dictionary for JSON: its fields, and "event" with its name in snake_case."""
    name = type(event).__name__
    snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
    record = {"event": snake} | {field.name: _plain(getattr(event, field.name)) for field in fields(event)}
    match event:
        case StageBegan():
            record["text"] = event.text
            if not event.digits:
                del record["digits"]
        case ChoiceNeeded():
            record["sentence"] = record.pop("question")
    return record


def _plain(value: object) -> object:
    """`value` as JSON knows it: messages as sentences, codes by their names in small letters."""
    match value:
        case Message():
            return str(value)
        case tuple():
            return [_plain(item) for item in value]
        case Enum() if not isinstance(value, str):
            return value.name.lower()
    return value
