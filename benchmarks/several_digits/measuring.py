"""Count which numbers are read right, and how many digits of a page come in the right order."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.recognition.evaluation import wilson_interval
from core.wording.percentages import accuracy_range_text, accuracy_text


@dataclass(frozen=True, slots=True)
class Score:
    """How one set was read.

    Attributes
    ----------
    right, count
        Of how many numbers, or digits, how many are right.
    alone
        Share of the numbers of which every digit is read right by itself: what cutting without mistake would reach.
    """

    name: str
    right: int
    count: int
    alone: float | None = None

    @property
    def share(self) -> float:
        return self.right / self.count if self.count else 0.0

    def line(self, width: int) -> str:
        """For people; `width` is that of the names."""
        if not self.count:
            return f"{self.name:<{width}}{0:>8}"
        interval = accuracy_range_text(*wilson_interval(self.right, self.count))
        alone = "" if self.alone is None else accuracy_text(self.alone)
        right = accuracy_text(self.share)
        return f"{self.name:<{width}}{self.count:>8,}{right:>10}  {interval:<16}{alone:>10}".rstrip()


@dataclass(frozen=True, slots=True)
class Bar:
    """What is demanded of a share: at least, or at most, `limit`."""

    name: str
    share: float
    limit: float
    at_most: bool = False

    @property
    def reached(self) -> bool:
        return self.share <= self.limit if self.at_most else self.share >= self.limit

    def line(self, width: int) -> str:
        """For people; `width` is that of the names."""
        sign, verdict = "≤" if self.at_most else "≥", "reached" if self.reached else "missed"
        return f"{self.name:<{width}}{accuracy_text(self.share):>10}  {sign} {100 * self.limit:g} %  {verdict}"


def score_texts(name: str, texts: Sequence[str], wanted: Sequence[str], alone: Sequence[bool] | None = None) -> Score:
    """Score what was read on what there is: right is what is the same to the last digit."""
    right = sum(text == want for text, want in zip(texts, wanted, strict=True))
    return Score(name, right, len(wanted), sum(alone) / len(alone) if alone else None)


def score_order(name: str, texts: Sequence[str], wanted: Sequence[str]) -> Score:
    """Score digits in the right order, row breaks included: their number less what has to be edited."""
    pairs = list(zip(texts, wanted, strict=True))
    right = sum(max(len(want) - edit_distance(text, want), 0) for text, want in pairs)
    return Score(name, right, sum(map(len, wanted)))


def edit_distance(text: str, wanted: str) -> int:
    """How many signs have to be put in, left out or replaced to make `wanted` of `text` (Levenshtein)."""
    costs = list(range(len(wanted) + 1))
    for row, sign in enumerate(text, start=1):
        diagonal, costs[0] = costs[0], row
        for column, other in enumerate(wanted, start=1):
            replaced = diagonal + (sign != other)
            diagonal = costs[column]
            costs[column] = min(replaced, diagonal + 1, costs[column - 1] + 1)
    return costs[-1]
