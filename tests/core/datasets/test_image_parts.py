"""Images in parts behave like one array of them all."""

import numpy as np
import pytest

from core.datasets.image_parts import ImagePart, ImageParts


@pytest.fixture
def both() -> tuple[ImageParts, np.ndarray]:
    """Parts, and the same images in one array."""
    rng = np.random.default_rng(1)
    first, second, none = (rng.integers(0, 256, (count, 28, 28), np.uint8) for count in (6, 4, 0))
    rows = np.array([3, 0, 3, 1])
    parts = ImageParts([ImagePart(first, rows), ImagePart(none), ImagePart(second)])
    return parts, np.concatenate([first[rows], none, second])


def test_they_are_as_many_and_as_large(both: tuple[ImageParts, np.ndarray]) -> None:
    parts, together = both
    assert (len(parts), parts.nbytes) == (len(together), together.nbytes) == (8, 8 * 784)
    np.testing.assert_array_equal(np.asarray(parts), together)
    assert np.asarray(parts, np.float32).dtype == np.float32


@pytest.mark.parametrize(
    "chosen",
    [0, 7, slice(None), slice(2, 6), slice(-3, None), slice(None, None, 3), np.array([7, 0, 4, 4]), np.arange(0)],
)
def test_any_of_them_are_found(both: tuple[ImageParts, np.ndarray], chosen: int | slice | np.ndarray) -> None:
    parts, together = both
    np.testing.assert_array_equal(parts[chosen], together[chosen])


def test_a_single_whole_array_is_itself() -> None:
    images = np.arange(3 * 784, dtype=np.uint16).astype(np.uint8).reshape(3, 28, 28)
    together = np.asarray(ImageParts([ImagePart(images)]))
    assert np.shares_memory(together, images)
    np.testing.assert_array_equal(np.array(ImageParts([ImagePart(images)]), np.int32), images)


def test_one_after_the_other(both: tuple[ImageParts, np.ndarray]) -> None:
    parts, together = both
    np.testing.assert_array_equal(np.stack(list(parts)), together)


def test_what_is_taken_is_a_copy(both: tuple[ImageParts, np.ndarray]) -> None:
    parts, together = both
    parts[4:][:] = 0
    np.testing.assert_array_equal(np.asarray(parts), together)
