"""All that a run works with, put together before any of it needs TensorFlow."""

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
    """What one run learns, how, and what it is tested with.

    Attributes
    ----------
    spec
        How.
    source, data
        Where the digits come from, and what was read there; its test digits come last.
    material
        What an epoch shows, and what validates.
    teachers
        Models whose answers are learned beside the labels.
    start
        The model whose weights the network begins with; None for fresh ones.
    """

    spec: CompleteSpec
    source: Source
    data: DigitData
    material: TrainingMaterial
    teachers: Sequence[ModelBundle] = ()
    start: ModelBundle | None = None

    def leak(self) -> tuple[Message, ...]:
        """Says so where the model that the network continues from may have learned what tests it now.

        Digits of the user's own that come without test digits are split anew each time, and a folder grows.
        """
        origin = self.start.card.data.get("test_origin") if self.start else MNIST_TEST_ORIGIN
        if MNIST_TEST_ORIGIN in (origin, self.data.test_origin):
            return ()
        return (Note.MAY_HAVE_SEEN_TESTS(),)


def make_plan(spec: CompleteSpec, context: RunContext) -> TrainingPlan:
    """Find the models that the run needs, make sure that its model can be saved, read its digits and draw the rest.

    Raises
    ------
    DataSetError
        When the data or the file of real ink cannot be used.
    ModelError
        When another model has the name that is wanted, or a teacher or the start is not there or damaged.
    TrainingError
        When a teacher or the start is another network than the preset needs.
    StorageError
        When the library cannot be written.
    RunStopped
        Soon after a stop.
    """
    teachers, start = find_teachers(spec, context.library), find_start(spec, context.library)
    if spec.name:  # said now, and not only when the training is over
        context.library.require_free_name(spec.name)
    context.library.require_room()
    context.emit(StageBegan(Stage.READING_DIGITS))
    source = find_source(spec.data)
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
    """What putting the material together mostly consists of; None when it takes no time."""
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
        When one is not there, or its network is not the one that was saved.
    TrainingError
        When one is known to answer another question than the preset.
    """
    teachers = [library.find(name, verify=(KERAS_FILE,)) for name in spec.teachers]
    for teacher in teachers:
        preset = PRESETS.get(teacher.card.preset, spec.preset)
        if preset.learns_no_digit != spec.preset.learns_no_digit:
            raise TrainingError(TrainingProblem.TEACHER_NO_DIGIT, name=teacher.card.name, preset=spec.preset.name)
    return teachers


def find_start(spec: CompleteSpec, library: ModelLibrary) -> ModelBundle | None:
    """The model that `spec` goes on from; None where it begins anew.

    Raises
    ------
    ModelError
        When it is not there, or its network is not the one that was saved.
    TrainingError
        When it was trained as another preset.
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
