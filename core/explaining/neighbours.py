"""The training digits that a network finds most similar to a drawing, and a map of all of them.

Similar is what is close in the network's last hidden representation: digits that it tells apart by nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.digits.arrays import CLASSES, SIDE, AnyArray, Image, Images, Labels
from core.ink.arrays import FloatArray
from core.recognition.instant import unit_vectors

NEIGHBOURS = 8
DIGITS_OF_EACH = 500
"""Of each digit, at most so many are in an index: it travels with its model."""

MAX_AXES = 128
"""An embedding that is longer is turned so that its most telling axes come first, and cut there."""
MAX_DIGITS = 20_000
_SEED = 8
_TEXT = 200


@dataclass(frozen=True, slots=True, eq=False)
class Neighbour:
    """A training digit.

    Attributes
    ----------
    label
        What it is, 0 to 9.
    distance
        Cosine distance of its embedding, in [0, 2].
    source, index
        The data set, and the digit's place in it, from 0.
    image
        uint8 `(28, 28)`.
    """

    label: int
    distance: float
    source: str
    index: int
    image: Image


@dataclass(frozen=True, slots=True, eq=False)
class NeighbourIndex:
    """Training digits and where a network sees them.

    Attributes
    ----------
    source
        The name of the data set that they are from.
    indices, labels, images
        int64 `(n,)`: their places in it; uint8 `(n,)` and `(n, 28, 28)`.
    units
        float32 `(n, e)`: their embeddings at length 1, in the first axes of `turn`.
    turn
        float32 `(embedding, e)`, columns of length 1: from a whole embedding to those axes; None where nothing was cut.
    axes
        float32 `(e, 2)`: the two directions in which the digits differ most, those of a principal component analysis.
        The map shows everything along these, so a drawing moves on it as steadily as it changes.
    """

    source: str
    indices: npt.NDArray[np.int64]
    labels: Labels
    images: Images
    units: FloatArray
    turn: FloatArray | None
    axes: FloatArray

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def embedding_length(self) -> int:
        """How many numbers the embeddings have that it can be asked about."""
        return int((self.axes if self.turn is None else self.turn).shape[0])

    def nearest(self, embedding: FloatArray, count: int = NEIGHBOURS) -> list[Neighbour]:
        """The digits most similar to one of that `embedding`, `(e,)`, the most similar first."""
        distances = 1 - self.units @ self._unit(embedding)
        count = min(count, len(distances))
        places = np.argpartition(distances, count - 1)[:count]
        places = places[np.argsort(distances[places], kind="stable")]
        return [self._neighbour(place, float(distances[place])) for place in places.tolist()]

    @property
    def places(self) -> FloatArray:
        """Where each digit is on the map, float32 `(n, 2)`."""
        places: FloatArray = self.units @ self.axes
        return places

    def place_of(self, embedding: FloatArray) -> tuple[float, float]:
        """Where a drawing of that `embedding` is on the map."""
        across, down = (self._unit(embedding) @ self.axes).tolist()
        return across, down

    def _unit(self, embedding: FloatArray) -> FloatArray:
        turned = embedding if self.turn is None else embedding @ self.turn
        return np.asarray(unit_vectors(turned[np.newaxis])[0], np.float32)

    def _neighbour(self, place: int, distance: float) -> Neighbour:
        label, index = int(self.labels[place]), int(self.indices[place])
        return Neighbour(label, max(distance, 0.0), self.source, index, self.images[place])


def make_index(
    embed: Callable[[Images], FloatArray],
    images: Images,
    labels: Labels,
    rows: npt.NDArray[np.int64],
    source: str,
) -> NeighbourIndex | None:
    """Make the index of a network, the same one for the same digits; None without digits.

    Parameters
    ----------
    embed
        The network's embeddings, float32 `(n, e)`, of images uint8 `(n, 28, 28)`.
    images, labels
        A data set, `(n, 28, 28)` and `(n,)`, possibly larger than memory.
    rows
        Its digits that the network has learned from.
    source
        Its name.
    """
    chosen = _some_of_each(labels, rows)
    if not len(chosen):
        return None
    taken = np.asarray(images[chosen], np.uint8)
    embeddings, turn = _first_axes(embed(taken))
    units = unit_vectors(embeddings)
    return NeighbourIndex(source[:_TEXT], chosen, labels[chosen], taken, units, turn, _principal_axes(units, 2))


def _some_of_each(labels: Labels, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    rng = np.random.default_rng(_SEED)
    chosen = []
    for digit in range(CLASSES):
        of_digit = rows[labels[rows] == digit]
        chosen.append(np.sort(rng.permutation(of_digit)[:DIGITS_OF_EACH]))
    return np.concatenate(chosen).astype(np.int64)


def _first_axes(embeddings: FloatArray) -> tuple[FloatArray, FloatArray | None]:
    """The embeddings in at most `MAX_AXES` axes, and the turn from the whole ones; None where none was needed."""
    if embeddings.shape[1] <= MAX_AXES:
        return embeddings, None
    turn = _principal_axes(embeddings, MAX_AXES)
    return embeddings @ turn, turn


def _principal_axes(vectors: FloatArray, count: int) -> FloatArray:
    """The `count` directions in which `vectors`, `(n, e)`, differ most, as columns `(e, count)`, the first most.

    If there are fewer, the last columns are zero.
    """
    _, axes = np.linalg.eigh(np.cov(vectors, rowvar=False, bias=True).reshape(vectors.shape[1], -1))
    found = np.zeros((vectors.shape[1], count), np.float32)
    first = axes[:, ::-1][:, :count]
    found[:, : first.shape[1]] = first * np.where(first.sum(axis=0) < 0, -1, 1)  # else the sign is up to the library
    return found


# --- in a file ------------------------------------------------------------------------------------------------


def index_arrays(index: NeighbourIndex) -> dict[str, AnyArray]:
    """The index as named arrays, for `index_from`."""
    arrays: dict[str, AnyArray] = {
        "neighbours.source": np.frombuffer(index.source.encode(), np.uint8),
        "neighbours.indices": index.indices.astype(np.int32),
        "neighbours.labels": index.labels,
        "neighbours.images": index.images,
        "neighbours.units": index.units.astype(np.float16),
        "neighbours.axes": index.axes,
    }
    if index.turn is not None:
        arrays["neighbours.turn"] = index.turn
    return arrays


INDEX_ARRAYS = tuple(f"neighbours.{part}" for part in ("source", "indices", "labels", "images", "units", "axes"))


def index_from(arrays: Mapping[str, AnyArray]) -> NeighbourIndex:
    """The index in untrusted `arrays`. Raises ValueError and KeyError when they are not those of an index."""
    source, indices, labels, images, units, axes = (arrays[name] for name in INDEX_ARRAYS)
    count = len(labels)
    if not 0 < count <= MAX_DIGITS or source.ndim != 1 or source.dtype != np.uint8 or len(source) > 4 * _TEXT:
        raise ValueError("the index has no digits, or too many")
    _require(indices, (count,), "i")
    _require(labels, (count,), "u")
    _require(images, (count, SIDE, SIDE), "u")
    _require(units, (count, units.shape[-1]), "f")
    _require(axes, (units.shape[-1], 2), "f")
    if labels.max() >= CLASSES or images.dtype != np.uint8 or not 0 < units.shape[1] <= MAX_AXES:
        raise ValueError("the index is not one of digits")
    turn = arrays.get("neighbours.turn")
    if turn is not None:
        _require(turn, (turn.shape[0], units.shape[1]), "f")
    return NeighbourIndex(
        source.tobytes().decode("utf-8", "replace"),
        indices.astype(np.int64),
        labels.astype(np.uint8),
        images.astype(np.uint8),
        units.astype(np.float32),
        None if turn is None else turn.astype(np.float32),
        axes.astype(np.float32),
    )


def _require(array: AnyArray, shape: tuple[int, ...], kind: str) -> None:
    if array.shape != shape or array.dtype.kind != kind or (kind == "f" and not np.isfinite(array).all()):
        raise ValueError(f"an array is {array.dtype} {array.shape}, not {shape}")
