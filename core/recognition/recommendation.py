"""Whether a model deserves to be recommended instead of another, by how both did on the very same digits."""

from dataclasses import dataclass

from core.datasets.mnist import MNIST_TEST_IMAGES, MNIST_TEST_ORIGIN
from core.models.card import ModelCard, Score
from core.wording.percentages import accuracy_text, counted_accuracy_text

FEWEST_DIGITS = 20
"""Test digits that it takes to recommend anything: with fewer, one digit more or less is chance."""
MOST_LOST_IN_1000 = 1
"""Of others' digits, that a model may read wrong beyond those that the one before does."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Whether a model is recommended, and where it is not, a sentence that says why; "" where it makes more mistakes
    on its test digits, and while that is not known."""

    is_given: bool
    reason: str = ""


def recommend(new: Score | None, old: Score | None, others: tuple[Score | None, Score | None]) -> Recommendation:
    """Whether to recommend a model instead of another.

    Parameters
    ----------
    new, old
        How the two did on the test digits of the new one; None where that is not known.
    others
        How the two read the digits of others, the new one first.
    """
    if new is not None and new.images < FEWEST_DIGITS:
        return too_few(new.images)
    if new is None or old is None:
        return Recommendation(False)
    if new.images != old.images:
        return Recommendation(False, "Its test digits have changed since: the two cannot be compared.")
    if new.mistakes > old.mistakes:
        return Recommendation(False)
    return _recommend_by_others(*others)


def recommend_by_cards(new: ModelCard, used: ModelCard) -> Recommendation:
    """The same of two models of which no more is known than their cards say: only MNIST has tested both alike."""
    if new.test is not None and new.test.images < FEWEST_DIGITS:
        return too_few(new.test.images)
    scores = others_score(new), others_score(used)
    return recommend(*scores, scores) if all(scores) else _recommend_by_others(*scores)


def too_few(images: int) -> Recommendation:
    """None, for a model that no more than `images` digits have tested."""
    digits = "1 digit has" if images == 1 else f"{images} digits have"
    return Recommendation(False, f"Only {digits} tested it: too few to tell which model reads better.")


def others_score(card: ModelCard) -> Score | None:
    """How a model reads others' digits: its test on all of MNIST's test set, the same for every model; None where it
    had none."""
    score = card.common_score
    is_common = score is not None and (score.data, score.images) == (MNIST_TEST_ORIGIN, MNIST_TEST_IMAGES)
    return score if is_common else None


def _recommend_by_others(new: Score | None, old: Score | None) -> Recommendation:
    if new is None or old is None or new.images != old.images:
        return Recommendation(False, "How it reads others' digits is not known.")
    if 1000 * (new.mistakes - old.mistakes) <= MOST_LOST_IN_1000 * new.images:
        return Recommendation(True)
    read = counted_accuracy_text(new.accuracy, new.images)
    return Recommendation(False, f"It reads others' digits worse: {read} instead of {accuracy_text(old.accuracy)}.")
