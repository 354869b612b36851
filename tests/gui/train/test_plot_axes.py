"""Zooming, moving and labelling an axis."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gui.train.plot_axes import Span, decimals_of, pan, tick_step, ticks, zoom

WHOLE = Span(-0.5, 30.5)
shares = st.floats(0, 1)
factors = st.floats(0.01, 100)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Parts of WHOLE, each at least 0.5 in size."""
    size = draw(st.floats(0.5, WHOLE.size))
    low = draw(st.floats(WHOLE.low, WHOLE.high))
    return Span(low, low + size).moved_into(WHOLE)


def is_part_of_whole(span: Span) -> bool:
    return WHOLE.low - 1e-9 <= span.low < span.high <= WHOLE.high + 1e-9


@given(spans(), factors, shares)
def test_zooming_leaves_what_is_pointed_at_where_it_is(span: Span, factor: float, share: float) -> None:
    around = span.value_at(share)
    zoomed = zoom(span, factor, around=around, whole=WHOLE, least=0.5)
    assert is_part_of_whole(zoomed)
    assert zoomed.size == pytest.approx(min(max(span.size / factor, 0.5), WHOLE.size))
    if min(zoomed.low - WHOLE.low, WHOLE.high - zoomed.high) > 1e-6:  # no end was in the way
        assert zoomed.share_of(around) == pytest.approx(share, abs=1e-6)


def test_zooming_out_at_an_end_shows_what_there_is() -> None:
    assert zoom(Span(0, 10), 0.1, around=0, whole=WHOLE, least=1) == WHOLE
    assert zoom(Span(20.5, 30.5), 0.5, around=21, whole=WHOLE, least=1) == Span(10.5, 30.5)


@given(spans(), st.floats(-100, 100))
def test_moving_keeps_the_size_and_ends_where_the_data_do(span: Span, distance: float) -> None:
    moved = pan(span, distance, whole=WHOLE)
    assert moved.size == pytest.approx(span.size)
    assert is_part_of_whole(moved)
    if is_part_of_whole(Span(span.low + distance, span.high + distance)):
        assert moved.low == pytest.approx(span.low + distance)
    else:
        assert moved.low == pytest.approx(WHOLE.low) or moved.high == pytest.approx(WHOLE.high)


@given(st.floats(1e-4, 1e4), st.floats(-1e3, 1e3), st.floats(2, 12))
def test_ticks_are_round_and_never_too_many(size: float, low: float, most: float) -> None:
    assume(size > 1e-3 * abs(low))  # otherwise the floats are too coarse
    span = Span(low, low + size)
    step = tick_step(size, most)
    shown = ticks(span, step)
    assert len(shown) <= round(most, 6) + 1
    assert len(shown) >= int(most / 2.5)  # the next finer step would be too many
    assert all(span.low - 1e-6 * size <= tick <= span.high + 1e-6 * size for tick in shown)
    assert f"{step:e}"[0] in "125" and set(f"{step:e}"[2:8]) == {"0"}
    assert all(float(f"{tick:.{decimals_of(step)}f}") == pytest.approx(tick, abs=step / 100) for tick in shown)


@given(st.integers(1, 1000))
def test_whole_runs_are_labelled_with_at_most_seven_epochs(epochs: int) -> None:
    labelled = ticks(Span(0, epochs), tick_step(epochs, 6))
    assert labelled[0] == 0
    assert 2 <= len(labelled) <= 7


@pytest.mark.parametrize(("step", "digits"), [(20, 0), (1, 0), (0.5, 1), (0.1, 1), (0.05, 2), (0.001, 3)])
def test_numbers_have_the_digits_that_tell_them_apart(step: float, digits: int) -> None:
    assert decimals_of(step) == digits


@given(st.integers(1, 1000), st.floats(-50, 50))
def test_a_whole_axis_cannot_be_moved(epochs: int, distance: float) -> None:
    whole = Span(0, epochs).padded(0.015)
    assert pan(whole, distance, whole=whole) == whole
