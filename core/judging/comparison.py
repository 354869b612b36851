"""Two models on the same digits: which reads which, and whether the difference is more than chance."""

import math
from dataclasses import dataclass

import numpy as np

from core.judging.answers import ModelAnswers, Places
from core.wording.judging_messages import Comparison as Words

VERY_LIKELY, LIKELY = 0.01, 0.05
"""How probable such a difference may be at most between two models that are equally good."""


@dataclass(frozen=True, slots=True, eq=False)
class PairedTest:
    """What one model reads better and worse than another.

    Attributes
    ----------
    better, worse
        The places of the digits that only the one reads right, and only the other.
    """

    better: Places
    worse: Places

    @property
    def p(self) -> float:
        """How probable so great a difference is between two models that are equally good, in [0, 1]."""
        return mcnemar(len(self.better), len(self.worse))

    @property
    def words(self) -> str:
        """ "26 better, 9 worse: very likely better" """
        better, worse = len(self.better), len(self.worse)
        if not better + worse:
            return str(Words.SAME_DIGITS())
        if better == worse:
            return str(Words.AS_MANY(better=better, worse=worse))
        p, is_better = self.p, better > worse
        if p >= LIKELY:
            words = Words.CHANCE
        elif p >= VERY_LIKELY:
            words = Words.LIKELY_BETTER if is_better else Words.LIKELY_WORSE
        else:
            words = Words.BETTER if is_better else Words.WORSE
        return str(words(better=better, worse=worse))


def compare(one: ModelAnswers, other: ModelAnswers) -> PairedTest:
    """Compare `one` model with an `other`. Raises ValueError unless both answered to the same digits."""
    if not np.array_equal(one.labels, other.labels):
        raise ValueError("the two have not answered to the same digits")
    return PairedTest(
        one.surest_first(np.flatnonzero(one.right & ~other.right)),
        other.surest_first(np.flatnonzero(other.right & ~one.right)),
    )


def mcnemar(better: int, worse: int) -> float:
    """The exact two-sided test of McNemar: how probable so uneven a split is, if each side is equally likely.

    Parameters
    ----------
    better, worse
        How many digits only the one model reads right, and only the other. Those that both read alike say nothing.

    Returns
    -------
    In [0, 1]; 1 where there are none.

    Raises
    ------
    ValueError
        For a count below 0.

    References
    ----------
    McNemar, "Note on the sampling error of the difference between correlated proportions or percentages" (1947), with
    the binomial distribution itself instead of its approximation. Dietterich, "Approximate Statistical Tests for
    Comparing Supervised Classification Learning Algorithms" (1998) recommends it for two models on one test set.
    """
    fewer, total = min(better, worse), better + worse
    if fewer < 0:
        raise ValueError(f"{better} and {worse} count nothing")
    of_all = math.lgamma(total + 1) - total * math.log(2)
    tail = math.fsum(
        math.exp(of_all - math.lgamma(count + 1) - math.lgamma(total - count + 1)) for count in range(fewer + 1)
    )
    return min(2 * tail, 1.0)
