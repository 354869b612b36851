"""What a training run tells while it goes on, in the order in which it does.

A run is a plain function that works through its batches in one thread; the window and the command line only differ in
what they do with its events.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import Enum, StrEnum

from core.wording.messages import Message
from core.wording.run_messages import Stage


@dataclass(frozen=True, slots=True)
class StageBegan:
    """The run does something that takes a while and is not training; with so many `digits`, where that matters."""

    stage: Stage
    digits: int = 0

    @property
    def text(self) -> str:
        """What it does, in words: "Loading TensorFlow"."""
        return str(self.stage(digits=self.digits))


@dataclass(frozen=True, slots=True)
class StageProgress:
    """So many of the drawings that the stage under way makes or reads are done; every few hundred."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RunStarted:
    """Data and network are ready; the first batch comes next.

    `train_images` are all that an epoch shows. `notes` say what is unusual about the data, `material` where the images
    come from, where that is not the data alone, `engine` how it is computed.
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

    `question` says what happened and asks.
    """

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
    """The last event. `model` is the new bundle's slug, None when nothing was kept; `notes` say what else is
    worth knowing about it, `ending` what the tutorial shows at its end that the preset follows.
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


Event = StageBegan | StageProgress | RunStarted | BatchDone | EpochDone | CanvasGuess | ChoiceNeeded | RunEnded
Emit = Callable[[Event], None]


def event_record(event: Event) -> dict[str, object]:
    """`event` as a flat dictionary for JSON: its fields, and "event" with its name in snake_case."""
    name = type(event).__name__
    snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
    record = {"event": snake} | {field.name: _plain(getattr(event, field.name)) for field in fields(event)}
    match event:
        case StageBegan():
            record["text"] = event.text
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
