"""The training digits most similar to a drawing, and their map."""

from typing import Any

import numpy as np
import pytest

from core.explaining.neighbours import DIGITS_OF_EACH, MAX_AXES, NeighbourIndex, index_arrays, index_from, make_index

SOURCE = "Mine"


def brightness(images: Any) -> Any:
    """An embedding that only tells how much ink there is, and where."""
    halves = images.reshape(len(images), 2, 14, 2, 14).mean(axis=(2, 4)).reshape(len(images), 4)
    return (halves / 255 + 0.01).astype(np.float32)


def digits(count: int = 40) -> tuple[Any, Any]:
    rng = np.random.default_rng(2)
    images = rng.integers(0, 256, (count, 28, 28)).astype(np.uint8)
    images[:, :14] //= rng.integers(1, 9, (count, 1, 1)).astype(np.uint8)
    images[:, :, :14] //= rng.integers(1, 9, (count, 1, 1)).astype(np.uint8)
    return images, (np.arange(count) % 10).astype(np.uint8)


def index_of(rows: Any = None, embed: Any = brightness) -> NeighbourIndex:
    images, labels = digits()
    index = make_index(embed, images, labels, np.arange(len(images)) if rows is None else np.array(rows), SOURCE)
    assert index is not None
    return index


def test_a_digit_is_nearest_to_itself() -> None:
    images, labels = digits()
    nearest = index_of().nearest(brightness(images[17:18])[0], count=3)
    assert [neighbour.distance for neighbour in nearest] == sorted(neighbour.distance for neighbour in nearest)
    first = nearest[0]
    assert (first.index, first.label, first.source) == (17, labels[17], SOURCE)
    assert first.distance == pytest.approx(0, abs=1e-6)
    np.testing.assert_array_equal(first.image, images[17])


def test_only_learned_digits_are_neighbours_and_never_more_than_there_are() -> None:
    images, _ = digits()
    nearest = index_of([3, 5, 30]).nearest(brightness(images[:1])[0])
    assert sorted(neighbour.index for neighbour in nearest) == [3, 5, 30]


def test_of_many_digits_some_of_each_are_kept() -> None:
    images = np.repeat(digits(20)[0], 60, axis=0)
    labels = np.zeros(len(images), np.uint8)
    labels[-5:] = 9
    index = make_index(brightness, images, labels, np.arange(len(images)), SOURCE)
    assert index is not None
    assert np.bincount(index.labels).tolist() == [DIGITS_OF_EACH, *[0] * 8, 5]


def test_without_digits_there_is_no_index() -> None:
    images, labels = digits()
    assert make_index(brightness, images, labels, np.zeros(0, np.int64), SOURCE) is None


def test_a_drawing_is_on_the_map_where_the_same_digit_is() -> None:
    images, _ = digits()
    index = index_of()
    assert index.place_of(brightness(images[8:9])[0]) == pytest.approx(
        index.places[np.flatnonzero(index.indices == 8)[0]]
    )
    across, down = index.places.std(axis=0)
    assert across >= down > 0


def test_long_embeddings_are_shortened_and_hardly_change_what_is_near() -> None:
    turn = np.random.default_rng(1).standard_normal((4, 1000)).astype(np.float32)
    images, _ = digits()
    index = index_of(embed=lambda images: brightness(images) @ turn)
    assert index.units.shape[1] == MAX_AXES
    nearest = index.nearest((brightness(images[17:18]) @ turn)[0])
    assert nearest[0].index == 17 and nearest[0].distance == pytest.approx(0, abs=1e-4)


def test_an_embedding_of_a_single_number_has_a_map_too() -> None:
    index = index_of(embed=lambda images: brightness(images)[:, :1])
    assert index.places.shape == (40, 2) and np.isfinite(index.places).all()


def test_an_index_comes_back_from_its_arrays() -> None:
    images, _ = digits()
    for embed in (brightness, lambda images: np.repeat(brightness(images), 100, axis=1)):
        index = index_of(embed=embed)
        again = index_from(index_arrays(index))
        assert again.source == SOURCE and len(again) == 40
        before, after = (found.nearest(embed(images[4:5])[0], 3) for found in (index, again))
        assert {neighbour.index for neighbour in before} == {neighbour.index for neighbour in after}
        assert [found.distance for found in before] == pytest.approx([found.distance for found in after], abs=1e-3)


DAMAGES: dict[str, tuple[str, Any]] = {
    "a label of ten": ("labels", np.full(40, 10, np.uint8)),
    "no labels": ("labels", np.zeros(0, np.uint8)),
    "labels with fractions": ("labels", np.zeros(40)),
    "narrow images": ("images", np.zeros((40, 28, 27), np.uint8)),
    "wide pixels": ("images", np.zeros((40, 28, 28), np.uint16)),
    "not a number": ("units", np.full((40, 4), np.nan, np.float32)),
    "too long": ("units", np.ones((40, MAX_AXES + 1), np.float32)),
    "axes of others": ("axes", np.ones((3, 2), np.float32)),
    "a turn of others": ("turn", np.ones((9, 3), np.float32)),
    "a source of rows": ("source", np.zeros((1, 5), np.uint8)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_arrays_of_no_index_are_refused(damage: str) -> None:
    name, array = DAMAGES[damage]
    with pytest.raises(ValueError, match=r"the index|an array is"):
        index_from(index_arrays(index_of()) | {f"neighbours.{name}": array})
