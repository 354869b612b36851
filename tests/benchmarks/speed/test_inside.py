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
