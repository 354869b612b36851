"""The specification of a training run."""

from dataclasses import dataclass

from core.errors import TrainingError
from core.training.engines import ENGINES
from core.training.presets import DEFAULT_PRESET, PRESETS, Preset
from core.wording.training_problems import TrainingProblem

MAX_EPOCHS = 1000
MAX_BATCH_SIZE = 8192


@dataclass(frozen=True, slots=True)
class TrainingSpec:
    """All options of a run: the same spec gives the same run, with the same engine on the same machine.

    Attributes
    ----------
    preset
        Name of one of `core.training.presets.PRESETS`.
    data
        What `core.datasets.sources.find_source` takes: "mnist", "mnist:5000" (the first 5,000), or a path.
    epochs, batch_size, learning_rate
        None: the preset's; the learning rate of a continued model is a quarter of the preset's.
    validation_share
        Share of the training digits, in [0, 0.5], for validation after each epoch; None: the preset's.
    seed
        Seed of all random choices of the run, except for the validation digits, which are the same for all seeds.
    augment
        Whether training digits are augmented; None: the preset's.
    name
        The name of the trained model, which no other has; empty: made from time, preset and data.
    ink
        A file of real ink (`core.datasets.real_ink`) to learn from as well; empty: none.
    ink_source
        Who made that file, and its licence, for the model's card: required with `ink`, and only allowed with it.
    synthesize
        Whether synthesised digits are added, for a preset with such a share; None: yes. Non-digits are always added if
        the preset has them.
    engine
        Name of one of `core.training.engines.ENGINES`; empty: the fastest on this machine, measured if the run is long
        enough, and then remembered. The results of all engines are equivalent, but not bit for bit.
    teachers
        Names or folders of models whose answers are learned in addition to the labels (`core.learning.distillation`).
    start
        Name or folder of a model of the same preset, whose weights the network starts with; empty: new weights.
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
            from core.models.names import chosen_name  # here: reading a command line needs no model

            chosen_name(self.name)  # raises ModelError now, not when the training is over

    def completed(self) -> "CompleteSpec":
        """The specification with all defaults of the preset filled in."""
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
    """A `TrainingSpec` with all defaults filled in."""

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
        """Share of the training digits that augmentation varies in each epoch."""
        return self.preset.varied_share if self.augment else 0.0
