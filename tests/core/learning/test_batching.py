"""Batches for training: every digit once an epoch, in an order that the seed alone decides."""

from itertools import islice
from typing import Any

import numpy as np
import pytest

IMAGES = 50


@pytest.fixture(autouse=True)
def tensorflow() -> None:
    from core.learning.backend import load_tensorflow

    load_tensorflow()


def batches(mnist: dict[str, Any], count: int, **settings: Any) -> list[tuple[Any, Any]]:
    from core.learning.batching import training_batches

    chosen = {"batch_size": 20, "seed": 1, "one_hot": False, "varied_share": 0.0} | settings
    fed = training_batches(mnist["x_train"][:IMAGES], mnist["y_train"][:IMAGES], **chosen)
    return list(islice(fed.as_numpy_iterator(), count))


def in_one_order(images: Any) -> Any:
    return np.array(sorted(images.reshape(len(images), -1).tolist()))


def test_each_epoch_has_each_digit_once_in_another_order(mnist: dict[str, Any]) -> None:
    fed = batches(mnist, 6)
    assert [len(images) for images, _ in fed] == [20, 20, 10, 20, 20, 10]
    first, second = (np.concatenate([images for images, _ in part]) for part in (fed[:3], fed[3:]))
    original = mnist["x_train"][:IMAGES].astype(np.float32) / np.float32(255)
    np.testing.assert_array_equal(in_one_order(first), in_one_order(original))
    np.testing.assert_array_equal(in_one_order(second), in_one_order(original))
    assert not np.array_equal(first, second)


def test_labels_stay_with_their_images(mnist: dict[str, Any]) -> None:
    label_of = {
        image.tobytes(): label
        for image, label in zip(mnist["x_train"][:IMAGES], mnist["y_train"][:IMAGES], strict=True)
    }
    for images, labels in batches(mnist, 3):
        assert images.shape[1:] == (28, 28, 1)
        pixels = np.rint(images[..., 0] * 255).astype(np.uint8)
        assert [label_of[image.tobytes()] for image in pixels] == labels.tolist()


def test_one_hot_labels(mnist: dict[str, Any]) -> None:
    [(_, numbers)] = batches(mnist, 1)
    [(_, rows)] = batches(mnist, 1, one_hot=True)
    np.testing.assert_array_equal(rows, np.eye(10, dtype=np.float32)[numbers])


@pytest.mark.parametrize("varied_share", [0.0, 0.6])
def test_the_seed_decides_everything(mnist: dict[str, Any], varied_share: float) -> None:
    one, same, other = (batches(mnist, 7, seed=seed, varied_share=varied_share) for seed in (3, 3, 4))
    assert all(np.array_equal(a[0], b[0]) and np.array_equal(a[1], b[1]) for a, b in zip(one, same, strict=True))
    assert not np.array_equal(one[0][0], other[0][0])


def test_augmentation_varies_the_same_digits_anew_each_epoch(mnist: dict[str, Any]) -> None:
    plain, varied = batches(mnist, 6), batches(mnist, 6, varied_share=0.6)
    for (images, labels), (others, same_labels) in zip(plain, varied, strict=True):
        assert labels.tolist() == same_labels.tolist()
        assert others.shape == images.shape
        assert others.dtype == np.float32
        assert others.min() >= 0 and others.max() <= 1
        assert not np.array_equal(images, others)
    first, second = (np.concatenate([images for images, _ in part]) for part in (varied[:3], varied[3:]))
    assert not np.array_equal(in_one_order(first), in_one_order(second))


@pytest.mark.parametrize("share", [0.15, 0.6])
def test_as_many_digits_are_varied_as_asked_for(mnist: dict[str, Any], share: float) -> None:
    plain, varied = (batches(mnist, 30, varied_share=part) for part in (0.0, share))
    changed = [
        not np.array_equal(image, other)
        for (images, _), (others, _) in zip(plain, varied, strict=True)
        for image, other in zip(images, others, strict=True)
    ]
    assert len(changed) == 10 * IMAGES
    assert np.mean(changed) == pytest.approx(share, abs=0.06)


def test_validation_digits_come_as_they_are(mnist: dict[str, Any]) -> None:
    from core.learning.batching import VALIDATION_BATCH, validation_batches

    count = VALIDATION_BATCH + 10
    images, labels = mnist["x_train"][:count], mnist["y_train"][:count]
    fed = list(validation_batches(images, labels, one_hot=False).as_numpy_iterator())
    assert [len(batch) for batch, _ in fed] == [VALIDATION_BATCH, 10]
    np.testing.assert_array_equal(np.concatenate([truth for _, truth in fed]), labels)
    np.testing.assert_allclose(np.concatenate([batch for batch, _ in fed])[..., 0] * 255, images, atol=1e-4)


@pytest.mark.parametrize("varied_share", [0.0, 0.6])
def test_images_that_do_not_fit_in_memory_give_the_same_batches(
    mnist: dict[str, Any], monkeypatch: pytest.MonkeyPatch, varied_share: float
) -> None:
    from core.learning import batching as feeding

    resident = batches(mnist, 6, varied_share=varied_share)
    monkeypatch.setattr(feeding, "RESIDENT_BYTES", 0)
    for one, other in zip(resident, batches(mnist, 6, varied_share=varied_share), strict=True):
        np.testing.assert_array_equal(one[0], other[0])
        np.testing.assert_array_equal(one[1], other[1])
    images, labels = mnist["x_train"][:IMAGES], mnist["y_train"][:IMAGES]
    [(pixels, truth)] = feeding.validation_batches(images, labels, one_hot=False).as_numpy_iterator()
    np.testing.assert_array_equal(np.rint(pixels[..., 0] * 255), images)
    np.testing.assert_array_equal(truth, labels)
