"""The plan of a lesson: which of the user's digits are learned, which judge it, and what is said about the result."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.digits.arrays import CLASSES, Images, Labels, Probabilities
from core.errors import TrainingError
from core.models.card import Score
from core.models.library import ModelBundle
from core.recognition.evaluation import confusion_matrix
from core.recognition.recommendation import Recommendation, recommend
from core.samples.sample import NO_DIGIT, Sample
from core.samples.store import SampleStore, images_of
from core.training.teaching import ChangedSample, Comparison
from core.wording.messages import Message
from core.wording.model_messages import NotRecommended
from core.wording.percentages import accuracy_text, counted_accuracy_text
from core.wording.teaching_messages import DataName, How, Others, TeachingNote, TeachingProblem, Verdict

MOST_SAMPLES = 5_000
"""With more, some are chosen at random."""
FOLDS = 2
FEW_TO_FOLD = 1_000
"""Up to so many samples, all of them judge, each when it was not learned; of more, a part is kept out once."""

_AS_WELL = 0.0005
"""A difference on others' digits, as a share, that is not worth a word."""


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """The samples to learn.

    Attributes
    ----------
    samples, images, labels
        All of them, `(n,)`.
    parts
        uint8 `(n,)`: the part of each; the samples of one part are read by a network that learned those of the others.
    judging
        The parts that judge: all, some, or none where there are too few samples.
    notes
        On samples that are not learned.
    """

    samples: tuple[Sample, ...]
    images: Images
    labels: Labels
    parts: npt.NDArray[np.uint8]
    judging: tuple[int, ...]
    notes: tuple[Message, ...] = ()

    def __len__(self) -> int:
        return len(self.samples)

    def part(self, number: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The places of the samples in a part, and of all others."""
        is_in = self.parts == number
        return np.flatnonzero(is_in), np.flatnonzero(~is_in)

    @property
    def how(self) -> Message | None:
        """How the result on them was measured."""
        if not self.judging:
            return None
        return How.IN_PARTS() if len(self.judging) == FOLDS else How.KEPT_OUT(count=len(self.judged))

    @property
    def judged(self) -> npt.NDArray[np.int64]:
        """The places of the samples that judge."""
        return np.flatnonzero(np.isin(self.parts, self.judging))


@dataclass(frozen=True, slots=True, eq=False)
class OwnAnswers:
    """What the samples of `Lessons` are read as: uint8 `(n,)`, 0 to 9 or `NO_DIGIT`.

    `before` they were learned, and `after`, by networks that learned others of them; of samples that do not judge, both
    are the same.
    """

    before: Labels
    after: Labels


def read_samples(store: Path, writer: str | None) -> list[Sample]:
    """The samples in a store, of everybody or of one `writer`.

    Raises
    ------
    TrainingError
        When there are none.
    StorageError, SampleError
        When the store cannot be read.
    """
    samples = []
    if store.exists():  # it is not made only to find that it is empty
        with SampleStore(store) as opened:
            samples = opened.samples(writer=writer)
    if not samples:
        if writer is None:
            raise TrainingError(TeachingProblem.NO_DIGITS)
        raise TrainingError(TeachingProblem.NO_DIGITS_BY, writer=writer)
    return samples


def plan_lessons(
    samples: Sequence[Sample], start: ModelBundle, rng: np.random.Generator, *, knows_no_digit: bool
) -> Lessons:
    """Choose the samples to learn, and those that judge.

    `knows_no_digit`: whether the network has that answer. Raises TrainingError when nothing is left.
    """
    learned = [sample for sample in samples if knows_no_digit or sample.label != NO_DIGIT]
    if not learned:
        raise TrainingError(TeachingProblem.ONLY_NON_DIGITS, name=start.card.name)
    notes = []
    if len(learned) < len(samples):
        notes.append(TeachingNote.NON_DIGITS_LEFT_OUT(name=start.card.name))
    if len(learned) > MOST_SAMPLES:
        notes.append(TeachingNote.ONLY_SOME(count=MOST_SAMPLES, of=len(learned)))
        learned = [learned[place] for place in np.sort(rng.permutation(len(learned))[:MOST_SAMPLES])]
    labels = np.array([sample.label for sample in learned], np.uint8)
    if len(learned) > 1 and len(set(labels.tolist())) == 1 and labels[0] < CLASSES:
        notes.append(TeachingNote.ONE_DIGIT(digit=int(labels[0])))
    judging = tuple(range(FOLDS)) if len(learned) <= FEW_TO_FOLD else (0,)
    return Lessons(
        samples=tuple(learned),
        images=images_of(learned),
        labels=labels,
        parts=_parts(labels, rng),
        judging=judging if len(learned) > 1 else (),
        notes=tuple(notes),
    )


def read_as(answers: Probabilities, no_digit_above: float) -> Labels:
    """What a network reads: the digit, or `NO_DIGIT` where that is more probable than `no_digit_above`; uint8 `(n,)`.

    `answers` are `(n, 10)` or `(n, 11)` with “no digit” last, as the network says them.
    """
    read: Labels = answers[:, :CLASSES].argmax(axis=1).astype(np.uint8)
    if answers.shape[1] > CLASSES:
        read[answers[:, CLASSES] > no_digit_above] = NO_DIGIT
    return read


def compare_own(lessons: Lessons, answers: OwnAnswers) -> tuple[Comparison, tuple[ChangedSample, ...]]:
    """How many of the judging samples are read, before and after, and which are read differently."""
    judged, labels = lessons.judged, lessons.labels
    right = [int((read[judged] == labels[judged]).sum()) for read in (answers.before, answers.after)]
    changed = tuple(
        ChangedSample(lessons.samples[place].id, int(labels[place]), int(before), int(after))
        for place, before, after in zip(judged.tolist(), answers.before[judged], answers.after[judged], strict=True)
        if before != after
    )
    return Comparison(len(judged), right[0], right[1], lessons.how), changed


def score_own(lessons: Lessons, answers: OwnAnswers) -> Score | None:
    """The result of the taught network on the judging samples, for its card; None without any."""
    judged = lessons.judged
    if not len(judged):
        return None
    labels, read = lessons.labels[judged], answers.after[judged]
    right = int((labels == read).sum())
    of_digits = (labels < CLASSES) & (read < CLASSES)
    confusion = confusion_matrix(labels[of_digits], read[of_digits]).tolist()
    return Score(str(DataName.JUDGING()), len(judged), len(judged) - right, right / len(judged), confusion)


def compare_others(before: Score, after: Score) -> Comparison:
    """The results of both networks on the same digits."""
    return Comparison(after.images, before.images - before.mistakes, after.images - after.mistakes)


def recommend_taught(own: Comparison, others: Comparison) -> Recommendation:
    """Whether to use the taught model instead of the one before: by the rules for all models, and if it reads more."""
    ours = _scores(own) if own.images else (None, None)
    theirs = _scores(others)
    given = recommend(ours[1], ours[0], (theirs[1], theirs[0]))
    if given.is_given and own.right_after == own.right_before:
        return Recommendation(False, NotRecommended.NO_MORE_OF_YOURS())
    return given


def verdict(own: Comparison, others: Comparison) -> Message:
    """The result in a sentence."""
    change = (others.right_after - others.right_before) / others.images
    kind = Others.AS_WELL if abs(change) < _AS_WELL else Others.BETTER if change > 0 else Others.WORSE
    theirs = str(
        kind(
            before=accuracy_text(others.right_before / others.images),
            after=counted_accuracy_text(others.right_after / others.images, others.images),
        )
    )
    if not own.images:
        return Verdict.OF_OTHERS(others=theirs)
    return Verdict.OF_BOTH(after=own.right_after, of=own.images, before=own.right_before, others=theirs)


def _parts(labels: Labels, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Deal out the samples of each label in turn, so that parts differ by one of a label at most."""
    parts = np.zeros(len(labels), np.uint8)
    dealt = 0
    for label in np.unique(labels):
        places = rng.permutation(np.flatnonzero(labels == label))
        parts[places] = (dealt + np.arange(len(places))) % FOLDS
        dealt += len(places)
    return parts


def _scores(comparison: Comparison) -> tuple[Score, Score]:
    before, after = (
        Score("", comparison.images, comparison.images - right, right / comparison.images, [])
        for right in (comparison.right_before, comparison.right_after)
    )
    return before, after
