"""Percentages: a rounded one must not claim what is not so."""

import pytest

from core.wording.percentages import accuracy_range_text, accuracy_text, counted_accuracy_text, probability_text


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


@pytest.mark.parametrize(
    ("right", "count", "shown"),
    [
        (4, 4, "100 % of 4"),
        (3, 4, "75 % of 4"),
        (98, 99, "99 % of 99"),
        (197, 200, "98.5 % of 200"),
        (998, 999, "99.9 % of 999"),
        (9_966, 10_000, "99.66 % of 10,000"),
        (59_999, 60_000, "99.99 % of 60,000"),
    ],
)
def test_of_how_many_is_said_and_no_more_than_these_can_tell(right: int, count: int, shown: str) -> None:
    assert counted_accuracy_text(right / count, count) == shown


def test_a_range_is_as_fine_as_the_digits_can_tell() -> None:
    assert accuracy_range_text(0.5101, 1, 4) == "51–100 %"
    assert accuracy_range_text(0.9948, 0.999_999, 10_000) == "99.48–99.99 %"
