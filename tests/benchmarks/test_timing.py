"""The figures that every benchmark is made of."""

import pytest

from benchmarks.timing import Spread, percentile, percentile_text


@pytest.mark.parametrize(("share", "value"), [(0.5, 2.0), (0.99, 4.0), (1.0, 4.0), (0.0, 1.0)])
def test_a_percentile_is_one_of_the_values(share: float, value: float) -> None:
    assert percentile([4.0, 3.0, 2.0, 1.0], share) == value


def test_weights_count_as_so_many_values() -> None:
    assert percentile([1.0, 2.0, 3.0], 0.5, weights=[1.0, 1.0, 6.0]) == percentile([1.0, 2.0, *[3.0] * 6], 0.5) == 3.0
    assert percentile([1.0, 2.0, 3.0], 0.5, weights=[6.0, 1.0, 1.0]) == 1.0


def test_a_spread_in_words() -> None:
    assert Spread((0.9, 0.8, 0.7)).text("{:.1f}", "s") == "0.8 s (0.7 to 0.9 s, 3 runs)"
    assert Spread((2.0,)).text() == "2.00 (one run)"


def test_percentiles_in_words() -> None:
    assert percentile_text([5.0, *[1.0] * 98, 3.0]) == "p50 1.0, p99 3.0, longest 5.0 ms (100)"
