"""What decides how a training run goes."""

from dataclasses import dataclass

from core.errors import TrainingError
from core.models.names import chosen_name
from core.training.engines import ENGINES
from core.training.presets import DEFAULT_PRESET, PRESETS, Preset
from core.wording.training_problems import TrainingProblem

MAX_EPOCHS = 1000
MAX_BATCH_SIZE = 8192


@dataclass(frozen=True, slots=True)
class TrainingSpec:
    """Everything that decides how a run goes: the same spec, computed by the same engine on the same machine, gives
    the same run.

    Attributes
    ----------
    preset
        Name of one of `core.training.presets.PRESETS`.
    data
        What `core.datasets.sources.find_source` takes: "mnist", "mnist:5000" (the first 5,000), or a path.
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
        A file of real writers' ink (`core.datasets.real_ink`) to learn from as well; empty: none.
    ink_source
        Who made that file and under which licence, for the model's card: needed with `ink`, and only with it.
    synthesize
        Whether synthesised digits join the data's own, for a preset that has such a share; None: they do. A preset
        that learns what is no digit draws that in any case.
    engine
        Name of one of `core.training.engines.ENGINES`; empty: the fastest on this machine, measured where the run is
        long enough to repay that, and then remembered. Every engine learns the same, but not bit for bit.
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
            raise TrainingError(TrainingProblem.UNKNOWN_PRESET, preset=self.preset, known=", ".join(PRESETS))
        if self.engine and self.engine not in ENGINES:
            raise TrainingError(TrainingProblem.UNKNOWN_ENGINE, engine=self.engine, known=", ".join(ENGINES))
        if self.engine and not PRESETS[self.preset].allows(ENGINES[self.engine]):
            raise TrainingError(TrainingProblem.ONLY_FLOAT32, preset=self.preset)
        if self.epochs is not None and not 1 <= self.epochs <= MAX_EPOCHS:
            raise TrainingError(TrainingProblem.EPOCHS, most=MAX_EPOCHS)
        if self.batch_size is not None and not 1 <= self.batch_size <= MAX_BATCH_SIZE:
            raise TrainingError(TrainingProblem.BATCH_SIZE, most=MAX_BATCH_SIZE)
        if self.learning_rate is not None and not 0 < self.learning_rate <= 10:
            raise TrainingError(TrainingProblem.LEARNING_RATE)
        if self.validation_share is not None and not 0 <= self.validation_share <= 0.5:
            raise TrainingError(TrainingProblem.VALIDATION_SHARE)
        if not 0 <= self.seed < 2**31:
            raise TrainingError(TrainingProblem.SEED)
        if self.teachers and not PRESETS[self.preset].one_hot:
            raise TrainingError(TrainingProblem.CANNOT_BE_TAUGHT, preset=self.preset)
        if self.ink.strip() and not self.ink_source.strip():
            raise TrainingError(TrainingProblem.INK_SOURCE_MISSING)
        if self.ink_source.strip() and not self.ink.strip():
            raise TrainingError(TrainingProblem.INK_MISSING)
        if self.name.strip():
            chosen_name(self.name)  # raises ModelError now, not when the training is over

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
