"""Percentages: a rounded one must not claim what is not so."""

import pytest

from core.percentages import accuracy_range_text, accuracy_text, probability_text


@pytest.mark.parametrize(
    ("probability", "shown"),
    [(0.0, "0.0 %"), (0.5, "50.0 %"), (0.9994, "99.9 %"), (0.9996, "> 99.9 %"), (1.0, "100.0 %")],
)
def test_a_probability_never_rounds_up_to_certainty(probability: float, shown: str) -> None:
    assert probability_text(probability) == shown


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "0.00 %"), (0.99624, "99.62 %"), (0.999_999, "99.99 %"), (1.0, "100.00 %")]
)
def test_an_accuracy_is_100_only_without_a_mistake(share: float, shown: str) -> None:
    assert accuracy_text(share) == shown


def test_both_ends_of_a_range_are_rounded_alike() -> None:
    assert accuracy_range_text(0.9948, 0.999_999) == "99.48–99.99 %"
