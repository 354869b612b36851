"""The measurement of what open panels cost, with one digit."""

import pytest

from benchmarks.speed import inside
from benchmarks.speed.answer import shown_window


@pytest.mark.parametrize("is_open", [False, True])
def test_every_movement_is_timed(qapp: object, monkeypatch: pytest.MonkeyPatch, is_open: bool) -> None:
    monkeypatch.setattr(inside, "DIGITS", (1,))
    with shown_window() as window:
        window.tabs.setCurrentWidget(window.inside_tab)
        times = inside.time_movements(window, is_open=is_open)
        assert [section.is_open for section in window.inside_tab.sections] == [is_open] * 4
        assert len(times) > 5
        assert all(0 < time < inside.PATIENCE_MS for time in times)
        assert len(window.document.content.strokes) > 0


def test_open_panels_are_compared_with_closed_ones(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([[9.0], [2.0], [3.0], [2.0], [5.0]])  # the first ones only load what explains the model
    monkeypatch.setattr(inside, "time_movements", lambda window, is_open: next(times))
    with shown_window() as window:
        lines = inside.told_panels(window, 2)
    assert lines[0].startswith("Inside, all panels closed: p50 2.0")
    assert lines[1].startswith("Inside, all panels open: p50 3.0")
    assert "2.00" in lines[2] and lines[3].endswith("(bar: at most 2.50): reached")
