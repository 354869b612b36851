"""Decide whether to recommend a model instead of another, by the results of both on the same digits."""

from dataclasses import dataclass

from core.datasets.mnist import MNIST_TEST_IMAGES, MNIST_TEST_ORIGIN
from core.models.card import ModelCard, Score
from core.wording.messages import Message
from core.wording.model_messages import NotRecommended
from core.wording.percentages import accuracy_text, counted_accuracy_text

FEWEST_DIGITS = 20
"""Test digits that are needed for a recommendation: with fewer, a difference of one digit is chance."""
MOST_LOST_IN_1000 = 1
"""Additional mistakes in 1,000 digits of MNIST's test set that a recommended model may make."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Whether a model is recommended, and if not, why; None when it makes more mistakes on its test digits, or the
    results are not known yet."""

    is_given: bool
    why_not: Message | None = None

    @property
    def reason(self) -> str:
        """Why not, in words; "" for None."""
        return "" if self.why_not is None else str(self.why_not)


def recommend(new: Score | None, old: Score | None, others: tuple[Score | None, Score | None]) -> Recommendation:
    """Decide whether to recommend a model instead of another.

    Parameters
    ----------
    new, old
        The results of the two on the test digits of the new one; None when not known.
    others
        The results of the two on MNIST's test set, the new one's first.
    """
    if new is not None and new.images < FEWEST_DIGITS:
        return too_few(new.images)
    if new is None or old is None:
        return Recommendation(False)
    if new.images != old.images:
        return Recommendation(False, NotRecommended.TESTS_CHANGED())
    if new.mistakes > old.mistakes:
        return Recommendation(False)
    return _recommend_by_others(*others)


def recommend_by_cards(new: ModelCard, used: ModelCard) -> Recommendation:
    """The same from the cards of two models alone: only their results on MNIST's test set can be compared."""
    if new.test is not None and new.test.images < FEWEST_DIGITS:
        return too_few(new.test.images)
    scores = others_score(new), others_score(used)
    return recommend(*scores, scores) if all(scores) else _recommend_by_others(*scores)


def too_few(images: int) -> Recommendation:
    """No recommendation, for a model tested on only `images` digits."""
    why_not = NotRecommended.TESTED_ON_ONE if images == 1 else NotRecommended.TESTED_ON_FEW
    return Recommendation(False, why_not(digits=images))


def others_score(card: ModelCard) -> Score | None:
    """A model's result on the whole of MNIST's test set, which is the same for every model; None without it."""
    score = card.common_score
    is_common = score is not None and (score.data, score.images) == (MNIST_TEST_ORIGIN, MNIST_TEST_IMAGES)
    return score if is_common else None


def _recommend_by_others(new: Score | None, old: Score | None) -> Recommendation:
    if new is None or old is None or new.images != old.images:
        return Recommendation(False, NotRecommended.UNKNOWN_ON_MNIST())
    if 1000 * (new.mistakes - old.mistakes) <= MOST_LOST_IN_1000 * new.images:
        return Recommendation(True)
    accuracy = counted_accuracy_text(new.accuracy, new.images)
    return Recommendation(False, NotRecommended.WORSE_ON_MNIST(accuracy=accuracy, other=accuracy_text(old.accuracy)))
