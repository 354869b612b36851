"""Concatenate arrays of images without copying them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.digits.arrays import SIDE, Images

Rows = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class ImagePart:
    """Images of an array, uint8 `(n, 28, 28)`: those at the indices `rows`, `(m,)`, in that order; None for all."""

    images: Images
    rows: Rows | None = None

    def __len__(self) -> int:
        return len(self.images if self.rows is None else self.rows)

    def take(self, chosen: Rows) -> Images:
        """The images at the positions `chosen` of this part."""
        return self.images[chosen if self.rows is None else self.rows[chosen]]


class ImageParts:
    """Concatenated parts, with the interface of a read-only array uint8 `(n, 28, 28)`."""

    def __init__(self, parts: Sequence[ImagePart]) -> None:
        """`parts` must not be empty."""
        self._parts = tuple(parts)
        self._ends = np.cumsum([len(part) for part in parts])

    def __len__(self) -> int:
        return int(self._ends[-1])

    @property
    def nbytes(self) -> int:
        """Bytes of all images in one array."""
        return len(self) * SIDE * SIDE

    def __getitem__(self, chosen: int | slice | Rows) -> Images:
        """One image `(28, 28)`, or a copy of those at indices >= 0 or in a slice, uint8 `(m, 28, 28)`."""
        if isinstance(chosen, slice):
            return self._take(np.arange(*chosen.indices(len(self))))
        if isinstance(chosen, np.ndarray):
            return self._take(chosen)
        if not 0 <= chosen < len(self):
            raise IndexError(chosen)
        one: Images = self._take(np.array([chosen]))[0]
        return one

    def __array__(self, dtype: npt.DTypeLike | None = None, copy: bool | None = None) -> npt.NDArray[Any]:
        """All images in one array: a single whole part is not copied."""
        only = self._parts[0]
        together = only.images if len(self._parts) == 1 and only.rows is None else self[:]
        return np.array(together, np.uint8 if dtype is None else dtype, copy=copy)

    def _take(self, chosen: Rows) -> Images:
        taken = np.empty((len(chosen), SIDE, SIDE), np.uint8)
        part_of = np.searchsorted(self._ends, chosen, side="right")
        for number, part in enumerate(self._parts):
            here = part_of == number
            taken[here] = part.take(chosen[here] - (self._ends[number] - len(part)))
        return taken
