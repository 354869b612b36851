"""The plan of a run, made before TensorFlow is needed: models, data and material."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.datasets.digit_sets import DigitData
from core.datasets.mnist import MNIST_TEST_ORIGIN
from core.datasets.source import Source
from core.datasets.sources import find_source
from core.errors import TrainingError
from core.models.card import MAX_NAME_LENGTH
from core.models.library import KERAS_FILE, ModelBundle, ModelLibrary
from core.training.context import RunContext
from core.training.events import StageBegan, StageProgress
from core.training.material import TrainingMaterial, gather_material
from core.training.presets import PRESETS
from core.training.spec import CompleteSpec
from core.wording.messages import Message
from core.wording.names import shortened
from core.wording.run_messages import Note, Stage
from core.wording.training_problems import TrainingProblem


@dataclass(frozen=True, slots=True, eq=False)
class TrainingPlan:
    """Everything that a run works with.

    Attributes
    ----------
    spec
        The options of the run.
    source, data
        The source of the digits, and the digits; the test digits are used at the end.
    material
        The images to learn from, and those to validate with.
    teachers
        Models whose answers are learned in addition to the labels.
    start
        The model whose weights the network starts with; None for new ones.
    """

    spec: CompleteSpec
    source: Source
    data: DigitData
    material: TrainingMaterial
    teachers: Sequence[ModelBundle] = ()
    start: ModelBundle | None = None

    def leak(self) -> tuple[Message, ...]:
        """A note when the model to continue may have been trained on some of the test digits.

        The user's own digits without a test part are split again in each run, and a folder may have grown.
        """
        origin = self.start.card.data.get("test_origin") if self.start else MNIST_TEST_ORIGIN
        if MNIST_TEST_ORIGIN in (origin, self.data.test_origin):
            return ()
        return (Note.MAY_HAVE_SEEN_TESTS(),)


def make_plan(spec: CompleteSpec, context: RunContext) -> TrainingPlan:
    """Find the models that the run needs, check that its model can be saved, read the digits and synthesise the rest.

    Raises
    ------
    DataSetError
        When the data or the file of real ink cannot be used.
    ModelError
        When another model has the chosen name, or a teacher or the model to continue is missing or damaged.
    TrainingError
        When a teacher or the model to continue does not fit the preset.
    StorageError
        When the library cannot be written.
    RunStopped
        After a stop.
    """
    teachers, start = find_teachers(spec, context.library), find_start(spec, context.library)
    if spec.name:  # checked now, not when the training is over
        context.library.require_free_name(spec.name)
    context.library.require_room()
    context.emit(StageBegan(Stage.READING_DIGITS))
    source = find_source(spec.data, context.digits)
    data = source.load(context.checkpoint)
    context.checkpoint()
    stage = _material_stage(spec)
    if stage is not None:
        context.emit(StageBegan(stage))
    material = gather_material(
        spec,
        data,
        checkpoint=context.checkpoint,
        progress=lambda done, total: context.emit(StageProgress(done, total)),
    )
    context.checkpoint()
    return TrainingPlan(spec, source, data, material, teachers, start)


def _material_stage(spec: CompleteSpec) -> Stage | None:
    """The stage that takes most of the time for the material; None when there is none."""
    if spec.synthesize:
        return Stage.SYNTHESISING
    if spec.preset.learns_no_digit:
        return Stage.DRAWING_NON_DIGITS
    return Stage.READING_INK if spec.ink else None


def find_teachers(spec: CompleteSpec, library: ModelLibrary) -> list[ModelBundle]:
    """The models that `spec` names as teachers.

    Raises
    ------
    ModelError
        When one is missing or damaged.
    TrainingError
        When only one of teacher and preset has the class “no digit”.
    """
    teachers = [library.find(name, verify=(KERAS_FILE,)) for name in spec.teachers]
    for teacher in teachers:
        preset = PRESETS.get(teacher.card.preset, spec.preset)
        if preset.learns_no_digit != spec.preset.learns_no_digit:
            raise TrainingError(TrainingProblem.TEACHER_NO_DIGIT, name=teacher.card.name, preset=spec.preset.name)
    return teachers


def find_start(spec: CompleteSpec, library: ModelLibrary) -> ModelBundle | None:
    """The model that `spec` continues; None when the network starts with new weights.

    Raises
    ------
    ModelError
        When it is missing or damaged.
    TrainingError
        When it is a network of another preset.
    """
    if not spec.start:
        return None
    start = library.find(spec.start)
    if start.card.preset != spec.preset.name:
        raise TrainingError(
            TrainingProblem.START_OF_OTHER_PRESET,
            name=start.card.name,
            other=shortened(start.card.preset, MAX_NAME_LENGTH),
            preset=spec.preset.name,
        )
    return start
