"""Labels that people dispute: marked by hand, kept for each set of digits, and left out of a second score."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from core.judging.answers import Mask
from core.system.json_files import read_object, write_object

_NAMED_BY = 20  # characters of the fingerprint
MOST_MARKS = 100_000


class DisputedLabels:
    """The marks on the digits with one fingerprint."""

    def __init__(self, folder: Path, digits: str, count: int) -> None:
        """Read the marks on `count` digits with the fingerprint `digits`; a damaged file has none."""
        self.path = folder / f"disputed-{digits[:_NAMED_BY]}.json"
        self._digits = digits
        self._count = count
        self._marked = self._read()

    def __contains__(self, place: int) -> bool:
        return place in self._marked

    def __len__(self) -> int:
        return len(self._marked)

    def undisputed(self) -> Mask:
        """Which digits are not marked, `(n,)`."""
        mask = np.ones(self._count, np.bool_)
        mask[sorted(self._marked)] = False
        return mask

    def mark(self, places: Iterable[int], *, is_disputed: bool) -> None:
        """Mark labels, or take the marks back, and keep that. Raises StorageError, and then changes nothing."""
        before = self._read()  # another window may have marked some
        marked = before.union(places) if is_disputed else before.difference(places)
        write_object(self.path, {"digits": self._digits, "disputed": sorted(marked)})
        self._marked = marked

    def _read(self) -> frozenset[int]:
        content = read_object(self.path, "the disputed labels") or {}
        places = content.get("disputed")
        if content.get("digits") != self._digits or not isinstance(places, list):
            return frozenset()
        return frozenset(place for place in places[:MOST_MARKS] if type(place) is int and 0 <= place < self._count)
