"""Teach a model the user's own digits: go on from it for some seconds, and compare what both networks read.

Most layers stay as they are. The last ones learn the user's digits, each in a dozen variants, while they go over the
digits of others again (`core.training.rehearsal`), so that nothing is forgotten.
"""

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.digits.arrays import CLASSES
from core.digits.augment import augment
from core.learning.backend import load_tensorflow
from core.models.library import ModelBundle, ModelLibrary
from core.recognition.sample_check import check_samples
from core.training.control import RunStopped, TrainingControl
from core.training.rehearsal import gather_rehearsal, guarding_digits
from core.training.teaching import EmitTeaching, Taught, TeachingRequest
from core.training.teaching_context import TeachingContext
from core.training.teaching_plan import Lessons, OwnAnswers, plan_lessons, read_as, read_samples
from core.wording.run_messages import Stage
from core.wording.teaching_messages import TeachingNote

if TYPE_CHECKING:
    from core.learning.lesson import Learner, Lesson, Weights
    from core.learning.taught_model import Pupil

MOST_VARIANTS = 12
"""Of each of the user's digits, beside the digit itself."""
MOST_IMAGES = 3000
"""Variants of all digits, as long as there is one of each."""
FEWEST_STEPS, MOST_STEPS = 60, 400
USUAL_EPOCHS = 6
BLENDS = tuple(share / 100 for share in range(100, 45, -5))
"""Shares of what was learned, of which the largest that is safe is taken."""
READ_FROM = 0.8
"""The probability of the right answer from which on a sample is read with certainty."""
ENOUGH_WHERE_READ = 0.5
"""The share where all samples are: a hand that is read well can only lose by a great change."""
FEW, ENOUGH_WHERE_FEW_ARE_READ = 50, 0.3
"""The share where so few samples are read, with or without certainty: they say little about what is read wrongly."""
MOST_FORGOTTEN = 0.0006
"""The share of others' digits that may be lost in learning."""


def teach(
    request: TeachingRequest, control: TrainingControl, emit: EmitTeaching, library: ModelLibrary, store: Path
) -> Taught | None:
    """Teach a model what is in the `store`, and save the taught one in `library`.

    Works in the calling thread. The same request, samples and machine give the same network.

    Parameters
    ----------
    control
        Stops the work from another thread, within a step.
    emit
        Called in this thread with every event; the last one is the returned `Taught`.

    Returns
    -------
    None after a stop, which keeps nothing.

    Raises
    ------
    TrainingError
        When there is nothing to learn.
    ModelError
        When there is no such model, it is damaged or cannot be taught, or another has the chosen name.
    StorageError, SampleError
        When the store cannot be read, or the library not written.
    DataSetError
        When MNIST cannot be read.
    """
    context = TeachingContext(control, emit, library)
    try:
        taught = _teach(request, context, store)
    except RunStopped:
        return None
    emit(taught)
    return taught


def _teach(request: TeachingRequest, context: TeachingContext, store: Path) -> Taught:
    library = context.library
    start = library.find(request.start)
    if request.name:
        library.require_free_name(request.name)
    library.require_room()
    samples = read_samples(store, request.writer)
    context.begin(Stage.LOADING_TENSORFLOW)
    load_tensorflow(checkpoint=context.checkpoint)
    import keras

    from core.learning.lesson import Learner
    from core.learning.opening import load_network
    from core.learning.taught_model import Pupil, finish_taught

    rng = np.random.default_rng(request.seed)
    try:
        learner = Learner(load_network(start), start.card.name)
        lessons = plan_lessons(samples, start, rng, knows_no_digit=learner.knows_no_digit)
        lessons = _with_disagreement(lessons, start, context)
        steps = steps_of(len(lessons), request.epochs)
        lesson = _gather(learner, lessons, rng, context)
        context.begin(Stage.LEARNING, len(lessons))
        learned = learner.learn(lesson, steps, rng, lambda step: context.advance(Stage.LEARNING, step / steps))
        share = min(_most_that_is_safe(learner, learned, context), _most_that_is_needed(learner, lesson, len(lessons)))
        pupil = Pupil(request, start, learner, lessons, steps, share)
        answers = _judge(pupil, lesson, rng, context)
        learner.blend(learned, share)
        return finish_taught(pupil, answers, context)
    finally:
        keras.backend.clear_session()


def _with_disagreement(lessons: Lessons, start: ModelBundle, context: TeachingContext) -> Lessons:
    """The same lessons, with a note where labels contradict each other: no network can learn both."""
    pairs = len(check_samples(start, lessons.samples, lambda share: context.checkpoint()).disagreeing)
    if not pairs:
        return lessons
    note = TeachingNote.A_PAIR_DISAGREES() if pairs == 1 else TeachingNote.PAIRS_DISAGREE(count=pairs)
    return replace(lessons, notes=(*lessons.notes, note))


def steps_of(samples: int, epochs: int | None) -> int:
    """How many steps to learn `samples` digits: for so many `epochs`, or as many as are usual."""
    from core.learning.lesson import OWN_IN_BATCH

    a_time = math.ceil(samples / OWN_IN_BATCH)
    return epochs * a_time if epochs else min(max(FEWEST_STEPS, USUAL_EPOCHS * a_time), MOST_STEPS)


def _gather(learner: "Learner", lessons: Lessons, rng: np.random.Generator, context: TeachingContext) -> "Lesson":
    """The features of all that is learned and rehearsed."""
    from core.learning.lesson import Lesson

    context.begin(Stage.REHEARSING)
    rehearsal = gather_rehearsal(rng, with_non_digits=learner.knows_no_digit, checkpoint=context.checkpoint)
    variants = min(max(MOST_IMAGES // len(lessons), 1), MOST_VARIANTS)
    images = [lessons.images, *(augment(lessons.images, rng) for _ in range(variants))]
    others = learner.features(rehearsal.images, context.checkpoint)
    return Lesson(
        own=learner.features(np.concatenate(images), context.checkpoint),
        own_labels=np.tile(lessons.labels, len(images)),
        owners=np.tile(np.arange(len(lessons)), len(images)),
        others=others,
        others_labels=rehearsal.labels,
        others_answers=learner.answers(others),
    )


def _most_that_is_safe(learner: "Learner", learned: "Weights", context: TeachingContext) -> float:
    """The largest share of what was learned with which hardly one of the digits that guard is forgotten.

    The smallest share where even that forgets more: what it costs is measured afterwards, and told.
    """
    digits, of = guarding_digits()
    features = learner.features(digits.images, context.checkpoint)

    def mistakes() -> int:
        read = learner.answers(features)[:, :CLASSES].argmax(axis=1)
        return int((read != digits.labels).sum())

    learner.forget()
    allowed = mistakes() + round(MOST_FORGOTTEN * of)
    for share in BLENDS:
        context.checkpoint()
        learner.blend(learned, share)
        if mistakes() <= allowed:
            break
    return share


def _most_that_is_needed(learner: "Learner", lesson: "Lesson", samples: int) -> float:
    """The largest share of what was learned that is of use: less where the network reads all the samples already."""
    learner.forget()
    labels = lesson.own_labels[:samples]
    answers = learner.answers(lesson.own[:samples])
    if samples <= FEW and (answers.argmax(axis=1) == labels).all():
        return ENOUGH_WHERE_FEW_ARE_READ
    return ENOUGH_WHERE_READ if (answers[np.arange(samples), labels] > READ_FROM).all() else 1.0


def _judge(pupil: "Pupil", lesson: "Lesson", rng: np.random.Generator, context: TeachingContext) -> OwnAnswers:
    """What the user's digits are read as, before, and by networks that learned only others of them."""
    learner, lessons, steps = pupil.learner, pupil.lessons, pupil.steps
    context.begin(Stage.JUDGING)
    plain = lesson.own[: len(lessons)]
    limit = pupil.start.card.thresholds.no_digit_above
    learner.forget()
    before = read_as(learner.answers(plain), limit)
    after = before.copy()
    for turn, part in enumerate(lessons.judging):

        def advance(step: int, turn: int = turn) -> None:
            context.advance(Stage.JUDGING, (turn + step / steps) / len(lessons.judging))

        judged, learned = lessons.part(part)
        learner.blend(learner.learn(lesson.only(learned), steps, rng, advance), pupil.share)
        after[judged] = read_as(learner.answers(plain[judged]), limit)
    return OwnAnswers(before, after)
