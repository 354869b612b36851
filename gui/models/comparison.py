"""How one model's test compares with another's."""

from core.datasets.mnist import MNIST_TEST_ORIGIN
from core.models.card import Score


def tested_alike(one: Score, other: Score) -> bool:
    """Whether both are tests on the very same digits.

    Only MNIST is always the same; a file of the user's may have changed.
    """
    return one.data == other.data == MNIST_TEST_ORIGIN and one.images == other.images


def difference_text(mistakes: int, others: int) -> str:
    """ "241 more mistakes", "1 mistake fewer", "as many mistakes": than the `others` of the other model."""
    more = mistakes - others
    if not more:
        return "as many mistakes"
    if abs(more) == 1:
        return f"1 mistake {'more' if more > 0 else 'fewer'}"
    return f"{abs(more):,} {'more' if more > 0 else 'fewer'} mistakes"


def comparison_text(mistakes: int, others: int) -> str:
    """ "241 more mistakes than the model in use" """
    return f"{difference_text(mistakes, others)} {'as' if mistakes == others else 'than'} the model in use"
