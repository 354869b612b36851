"""What a training run is, without Keras: its specification and the events it emits.

A run is a plain function of `(spec, control, emit)` that works through its batches in one thread; the window and
the command line only differ in what they do with the events.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum

from core.engines import ENGINES
from core.errors import ModelError, TrainingError
from core.model_names import chosen_name
from core.presets import DEFAULT_PRESET, PRESETS, Preset

MAX_EPOCHS = 1000
MAX_BATCH_SIZE = 8192


@dataclass(frozen=True, slots=True)
class TrainingSpec:
    """Everything that decides how a run goes: the same spec, computed by the same engine on the same machine, gives
    the same run.

    Attributes
    ----------
    preset
        Name of one of `core.presets.PRESETS`.
    data
        What `core.datasets.loading.load_digits` takes: "mnist", "mnist:5000" (the first 5,000), or a path.
    epochs, batch_size, learning_rate
        None: the preset's own; for a run that goes on from a model, a quarter of the preset's learning rate.
    validation_share
        Share of the training digits, in [0, 0.5], that is kept out to be measured after each epoch; None: the preset's.
    seed
        Starts every random choice of the run but which digits validate: those are the same for all seeds.
    augment
        Whether training digits are varied; None: the preset's own choice.
    name
        What the trained model is called, as no other is; empty: made from time, preset and data.
    ink
        A file of real writers' ink (`core.real_ink`) to learn from as well; empty: none.
    ink_source
        Who made that file and under which licence, for the model's card: needed with `ink`, and only with it.
    synthesize
        Whether synthesised digits join the data's own, for a preset that has such a share; None: they do. A preset
        that learns what is no digit draws that in any case.
    engine
        Name of one of `core.engines.ENGINES`; empty: the fastest on this machine, measured where the run is long
        enough to repay that, and then remembered. Every engine learns the same, but not bit for bit.
    teachers
        Names or folders of models whose answers are learned beside the labels (`core.learning.teaching`).
    start
        Name or folder of a model of the same preset, whose weights the network begins with; empty: fresh ones.
    """

    preset: str = DEFAULT_PRESET
    data: str = "mnist"
    epochs: int | None = None
    batch_size: int | None = None
    learning_rate: float | None = None
    validation_share: float | None = None
    seed: int = 1
    augment: bool | None = None
    name: str = ""
    ink: str = ""
    ink_source: str = ""
    synthesize: bool | None = None
    engine: str = ""
    teachers: tuple[str, ...] = ()
    start: str = ""

    def __post_init__(self) -> None:
        if self.preset not in PRESETS:
            known = ", ".join(PRESETS)
            raise TrainingError(f"There is no preset “{self.preset}”; there are {known}.")
        if self.engine and self.engine not in ENGINES:
            raise TrainingError(f"There is no engine “{self.engine}”; there are {', '.join(ENGINES)}.")
        if self.engine and not PRESETS[self.preset].allows(ENGINES[self.engine]):
            raise TrainingError(f"The preset “{self.preset}” is only computed in float32.")
        if self.epochs is not None and not 1 <= self.epochs <= MAX_EPOCHS:
            raise TrainingError(f"Epochs must be between 1 and {MAX_EPOCHS}.")
        if self.batch_size is not None and not 1 <= self.batch_size <= MAX_BATCH_SIZE:
            raise TrainingError(f"The batch size must be between 1 and {MAX_BATCH_SIZE}.")
        if self.learning_rate is not None and not 0 < self.learning_rate <= 10:
            raise TrainingError("The learning rate must be above 0 and at most 10.")
        if self.validation_share is not None and not 0 <= self.validation_share <= 0.5:
            raise TrainingError("The validation share must be between 0 and 50 %, such as 0.1 or 10 %.")
        if not 0 <= self.seed < 2**31:
            raise TrainingError("The seed must be between 0 and 2,147,483,647.")
        if self.teachers and not PRESETS[self.preset].one_hot:
            raise TrainingError(f"The preset “{self.preset}” learns from labels alone: it can have no teacher.")
        if self.ink.strip() and not self.ink_source.strip():
            raise TrainingError("Say who made the file of ink, and its licence: that goes into the model's card.")
        if self.ink_source.strip() and not self.ink.strip():
            raise TrainingError("There is a source of real ink, but no file of it.")
        if self.name.strip():
            try:
                chosen_name(self.name)
            except ModelError as error:  # said now, not when the training is over and its model is to be saved
                raise TrainingError(str(error)) from error

    def completed(self) -> "CompleteSpec":
        """The same with every choice that was left to the preset filled in."""
        preset = PRESETS[self.preset]
        return CompleteSpec(
            preset=preset,
            data=self.data,
            epochs=preset.epochs if self.epochs is None else self.epochs,
            batch_size=preset.batch_size if self.batch_size is None else self.batch_size,
            learning_rate=(
                preset.usual_learning_rate(continued=bool(self.start))
                if self.learning_rate is None
                else self.learning_rate
            ),
            validation_share=preset.validation_share if self.validation_share is None else self.validation_share,
            seed=self.seed,
            augment=preset.augment if self.augment is None else self.augment,
            name=self.name.strip(),
            ink=self.ink.strip(),
            ink_source=" ".join(self.ink_source.split()),
            synthesize=preset.synthesized_share > 0 and self.synthesize is not False,
            engine=self.engine,
            teachers=self.teachers,
            start=self.start,
        )


@dataclass(frozen=True, slots=True)
class CompleteSpec:
    """A `TrainingSpec` with nothing left open."""

    preset: Preset
    data: str
    epochs: int
    batch_size: int
    learning_rate: float
    validation_share: float
    seed: int
    augment: bool
    name: str
    ink: str
    ink_source: str
    synthesize: bool
    engine: str
    teachers: tuple[str, ...]
    start: str

    @property
    def varied_share(self) -> float:
        """Share of the training digits that is varied in each epoch."""
        return self.preset.varied_share if self.augment else 0.0


# --- events, in the order in which a run emits them -------------------------------------------------------


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
