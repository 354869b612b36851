"""All that a training works with, put together before any of it needs TensorFlow."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.datasets.digit_sets import DigitData
from core.datasets.mnist import MNIST_TEST_ORIGIN
from core.errors import TrainingError
from core.models.card import MAX_NAME_LENGTH
from core.models.library import KERAS_FILE, ModelBundle, ModelLibrary
from core.training.material import TrainingMaterial
from core.training.presets import PRESETS
from core.training.spec import CompleteSpec
from core.wording.names import shortened


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What is to be learned.

    Attributes
    ----------
    spec
        How.
    data
        The data set; its test digits come last.
    material
        What an epoch shows, and what validates.
    teachers
        Models whose answers are learned beside the labels.
    start
        The model whose weights the network begins with; None for fresh ones.
    """

    spec: CompleteSpec
    data: DigitData
    material: TrainingMaterial
    teachers: Sequence[ModelBundle] = ()
    start: ModelBundle | None = None

    def leak(self) -> tuple[str, ...]:
        """A sentence where the model that the network goes on from may have learned what tests it now.

        Digits of the user's own that come without test digits are split anew each time, and a folder grows.
        """
        origin = self.start.card.data.get("test_origin") if self.start else MNIST_TEST_ORIGIN
        if MNIST_TEST_ORIGIN in (origin, self.data.test_origin):
            return ()
        return ("It may have learned some of its test digits before.",)


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
            raise TrainingError(
                f"The model “{teacher.card.name}” cannot teach the preset “{spec.preset.name}”: "
                "only one of them knows what is no digit."
            )
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
            f"The model “{start.card.name}” is a network of the preset "
            f"“{shortened(start.card.preset, MAX_NAME_LENGTH)}”: a run of “{spec.preset.name}” cannot go on from it."
        )
    return start
