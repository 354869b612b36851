"""Finish a taught network: test it, compile it, and save it with its card.

Import only after `core.learning.backend.load_tensorflow`.
"""

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count

from core.datasets.mnist import MNIST_TEST_IMAGES, load_mnist, load_mnist_test
from core.datasets.source import TestDigits
from core.learning.card_facts import ancestor_facts, library_versions, move_model_files
from core.learning.compiling import write_model_files
from core.learning.explaining import write_explanation
from core.learning.lesson import OWN_IN_BATCH, Learner
from core.models.card import ModelCard, Score
from core.models.compiled import CompiledModel
from core.models.library import COMPILED_FILE, ModelBundle
from core.models.names import default_name
from core.recognition.evaluation import EVALUATION_BATCH, measure_accuracy
from core.recognition.own_samples import measure_reach
from core.recognition.recommendation import others_score
from core.system.checkpoints import Checkpoint
from core.system.processor import core_count
from core.system.safe_files import new_folder_aside
from core.training.presets import DEFAULT_PRESET, PRESETS
from core.training.teaching import Taught, TeachingRequest
from core.training.teaching_context import TeachingContext
from core.training.teaching_plan import (
    Lessons,
    OwnAnswers,
    compare_others,
    compare_own,
    recommend_taught,
    score_own,
    verdict,
)
from core.wording.messages import Message
from core.wording.run_messages import Note, Stage
from core.wording.teaching_messages import DataName, TeachingNote


@dataclass(frozen=True, slots=True, eq=False)
class Pupil:
    """A network that is taught, and how.

    `start` is the model it goes on from, `steps` is how often it learned, `share` how much of that it keeps.
    """

    request: TeachingRequest
    start: ModelBundle
    learner: Learner
    lessons: Lessons
    steps: int
    share: float

    def notes(self) -> tuple[Message, ...]:
        """What was unusual about it."""
        how = () if self.learner.is_whole else (TeachingNote.BY_EMBEDDING(name=self.start.card.name),)
        return (*how, *self.lessons.notes)


def finish_taught(pupil: Pupil, answers: OwnAnswers, context: TeachingContext) -> Taught:
    """Test the network as it is now, save it, and say how good it is. If that fails, nothing is left behind.

    `answers` are those for the user's own digits.

    Raises
    ------
    ModelError
        When the compiled network does not agree with Keras.
    StorageError
        When the library cannot be written.
    RunStopped
        After a stop, before it is saved.
    """
    test = load_mnist_test(MNIST_TEST_IMAGES)
    with new_folder_aside(context.library.folder) as workshop:
        context.begin(Stage.COMPILING)
        write_model_files(pupil.learner.network, workshop, test.digits.images)
        context.begin(Stage.TESTING_ON_MNIST, len(test.digits))
        compiled = CompiledModel(workshop / COMPILED_FILE, threads=core_count())
        tested = count(0, EVALUATION_BATCH)
        others = _test(compiled, test, lambda: context.advance(Stage.TESTING_ON_MNIST, next(tested) / len(test.digits)))
        before = others_score(pupil.start.card) or _test(_compiled_start(pupil), test, context.checkpoint)
        card = replace(_card(pupil, answers, context), others=others, reach=measure_reach(compiled.embed))
        context.begin(Stage.SAVING)
        mnist, kept_out = load_mnist(), PRESETS[DEFAULT_PRESET].validation_share
        write_explanation(pupil.learner.network, compiled, workshop, mnist.train, mnist.name, kept_out)
        bundle = context.library.save(card, lambda folder: move_model_files(workshop, folder))
    own, changed = compare_own(pupil.lessons, answers)
    compared = compare_others(before, others)
    named = () if bundle.card.name == card.name else (Note.NAME_TAKEN(wanted=card.name, given=bundle.card.name),)
    return Taught(
        model=bundle.slug,
        name=bundle.card.name,
        own=own,
        others=compared,
        changed=changed,
        recommendation=recommend_taught(own, compared),
        verdict=verdict(own, compared),
        seconds=context.seconds,
        notes=(*named, *pupil.notes()),
    )


def _test(compiled: CompiledModel, test: TestDigits, checkpoint: Checkpoint) -> Score:
    """The result of a network; `checkpoint` is called before every thousand digits."""
    return measure_accuracy(compiled.probabilities, test.digits, test.origin, checkpoint=checkpoint)


def _compiled_start(pupil: Pupil) -> CompiledModel:
    return CompiledModel(pupil.start.compiled_path, threads=core_count())


def _card(pupil: Pupil, answers: OwnAnswers, context: TeachingContext) -> ModelCard:
    start, request, lessons = pupil.start.card, pupil.request, pupil.lessons
    data = str(DataName.MINE() if request.writer is None else DataName.OF(writer=request.writer))
    preset = PRESETS.get(start.preset)
    return replace(
        start,
        name=request.name or default_name(preset.title if preset else start.preset, data, context.library.is_free_name),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        data={
            "source": "digits",
            "name": data,
            "train_images": len(lessons),
            "start": ancestor_facts(start),
            "notes": [str(note) for note in pupil.notes()],
        },
        seed=request.seed,
        epochs=math.ceil(pupil.steps / math.ceil(len(lessons) / OWN_IN_BATCH)),
        settings={"taught": True, "steps": pupil.steps, "kept_share": pupil.share},
        history=[],
        test=score_own(lessons, answers),
        libraries=library_versions(),
    )
