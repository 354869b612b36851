"""What a network was after each epoch of its run: kept small, and read without TensorFlow."""

import threading
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from core.digits.arrays import AnyArray
from core.explaining.network import LayeredNetwork, from_arrays, to_arrays
from core.wording.messages import Message

MOST_BYTES = 60_000_000
"""Of all snapshots of a run together."""

Confusion = npt.NDArray[np.int64]
"""`[truth, guess]` counts digits, `(10, 10)`."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A network after an epoch.

    Attributes
    ----------
    epoch
        The epoch, from 1.
    arrays
        The network as `core.explaining.network.to_arrays` writes it, its weights as float16.
    confusion
        Its answers for the digits that the run watches; None if there are none.
    """

    epoch: int
    arrays: dict[str, AnyArray] = field(repr=False)
    confusion: Confusion | None = None

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(array.nbytes for array in self.arrays.values())

    def network(self) -> LayeredNetwork:
        """The network, with weights as exact as float16 is."""
        return from_arrays(self.arrays)


def make_snapshot(epoch: int, network: LayeredNetwork, confusion: Confusion | None) -> Snapshot:
    """The snapshot of `network` after `epoch`."""
    return Snapshot(epoch, {name: _halved(array) for name, array in to_arrays(network).items()}, confusion)


class Snapshots:
    """The snapshots of a run, added by its thread and read by any other.

    When they become too large, every second one is dropped, so that the rest is spread evenly over the run; the first
    and the latest always stay.

    Attributes
    ----------
    watched
        Of which digits the confusion matrices are, in words; None if there are none.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._lock = threading.Lock()
        self._most_bytes = most_bytes
        self._stride = 1
        self._taken: list[Snapshot] = []
        self.watched: Message | None = None

    def add(self, snapshot: Snapshot) -> None:
        """Add the latest."""
        with self._lock:
            earlier = self._on_grid(self._taken)
            while earlier and snapshot.size + sum(taken.size for taken in earlier) > self._most_bytes:
                self._stride *= 2
                earlier = self._on_grid(earlier) if len(earlier) > 1 else []
            self._taken = [*earlier, snapshot]

    @property
    def all(self) -> list[Snapshot]:
        """All that there are, in order."""
        with self._lock:
            return list(self._taken)

    @property
    def epochs(self) -> list[int]:
        """The epochs that there are snapshots of, in order."""
        return [snapshot.epoch for snapshot in self.all]

    def after(self, epoch: int) -> Snapshot | None:
        """The snapshot after `epoch`, or the latest one before; None when there is none."""
        return next((snapshot for snapshot in reversed(self.all) if snapshot.epoch <= epoch), None)

    def _on_grid(self, taken: list[Snapshot]) -> list[Snapshot]:
        return [snapshot for snapshot in taken if (snapshot.epoch - 1) % self._stride == 0]


def _halved(array: AnyArray) -> AnyArray:
    """Floats as float16, unless one of them is too large for that."""
    if array.dtype.kind != "f":
        return array
    with np.errstate(over="ignore"):
        half = array.astype(np.float16)
    return half if np.isfinite(half).all() else array
