"""The measurement of answers, with few movements in the real window."""

import pytest
from pytestqt.qtbot import QtBot

from benchmarks.processes import BenchmarkError
from benchmarks.speed.answer import shown_window, time_answers, time_recognising, told_answers
from core.ink.drawing import Drawing
from core.ink.samples import read_sample
from gui.self_test.hand import MouseHand


def test_each_movement_is_answered_once(qtbot: QtBot) -> None:
    moves: list[int] = []
    with shown_window() as window:
        milliseconds = time_answers(window, digits=[1, 4], move_ms=1)
        for digit in (1, 4):
            hand = MouseHand(window, read_sample(digit), move_ms=1)
            hand.moved.connect(lambda points, time: moves.append(points))
            with qtbot.waitSignal(hand.done, timeout=20_000):
                hand.begin()
        window.recognition.answer_now()
        assert window.draw_tab.result.digit.text() == "4"
        content = window.document.content
    assert isinstance(content, Drawing)
    assert moves[-1] == sum(len(stroke.points) for stroke in content.strokes)
    assert len(milliseconds) == len(moves)
    assert min(milliseconds) > 0


def test_movements_that_are_never_answered_are_an_error(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.speed.answer.ANSWER_PATIENCE_MS", 50)
    with shown_window() as window:
        window.draw_tab.network.image.hide()
        with pytest.raises(BenchmarkError, match=r"Of the movements \d+ were never answered\."):
            time_answers(window, digits=[1, 4], move_ms=1)


def test_recognising_is_timed(qtbot: QtBot) -> None:
    with shown_window() as window:
        assert window.model.bundle is not None
        assert time_recognising(window.model.bundle, count=3)() > 0


@pytest.mark.parametrize(("p50_bar", "verdicts"), [(2.0, ["MISSED", "reached"]), (None, ["reached"])])
def test_what_is_told(p50_bar: float | None, verdicts: list[str]) -> None:
    passes = [[1.0, 3.0, 4.0], [2.0, 3.0, 5.0]]
    lines = told_answers("Answers", passes, 5.0, p50_bar)
    assert lines[0] == "Answers: p50 3.0, p99 5.0, longest 5.0 ms (6)"
    assert "4.5 ms (4.0 to 5.0 ms, 2 runs)" in lines[2]
    assert [line.split()[-1] for line in lines[3:]] == verdicts
