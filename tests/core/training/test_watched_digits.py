"""The fixed sample of digits that a run without validation is watched on."""

from typing import Any

import numpy as np
import pytest

from core.datasets.mnist import Mnist
from core.system.checkpoints import no_checkpoint
from core.training.control import RunStopped
from core.training.watched_digits import WATCHED, watched_digits


def test_of_a_part_of_mnist_they_are_the_training_digits_after_it(mnist: dict[str, Any]) -> None:
    digits, said = watched_digits(Mnist(1000), no_checkpoint)
    np.testing.assert_array_equal(digits.images, mnist["x_train"][1000 : 1000 + WATCHED])
    assert str(said) == "300 digits of MNIST it does not learn from"


@pytest.mark.parametrize("source", [Mnist(), Mnist(59_900)])
def test_where_mnist_has_none_left_they_are_synthesised_and_always_the_same(source: Mnist) -> None:
    digits, said = watched_digits(source, no_checkpoint)
    again, _ = watched_digits(source, no_checkpoint)
    np.testing.assert_array_equal(digits.images, again.images)
    assert np.bincount(digits.labels).tolist() == [WATCHED // 10] * 10
    assert digits.images.shape == (WATCHED, 28, 28)
    assert "synthesised" in str(said)


def test_a_stop_ends_the_synthesis() -> None:
    def stop() -> None:
        raise RunStopped

    with pytest.raises(RunStopped):
        watched_digits(Mnist(), stop)
