"""What the window says while somebody draws with the mouse. Its clock stands still unless a test turns it."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import chain, cycle, pairwise, repeat

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.digits.arrays import Image
from core.ink.samples import read_sample
from core.recognition.announcer import GRACE_SECONDS, LOSE_SECONDS, SURE_HOLD_SECONDS
from core.recognition.recognizer import BLANK, Recognition, Verdict
from gui.main_window import MainWindow
from gui.recognition.live_recognition import seconds_between_answers
from gui.self_test.hand import at, drag
from tests.gui.conftest import DASH, SEVEN, Points

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

Said = tuple[str, str, str]
"""Large digit, verdict and confidence, as the labels say them."""

NOTHING: Said = ("", "not sure yet", "")


def make_answer(verdict: Verdict, best: float, digit: int, other: int) -> Recognition:
    rest = (0.995 - best) / 8
    shares = {digit: best, other: 0.005 + rest}
    return Recognition(digit, tuple(shares.get(number, rest) for number in range(10)), verdict)


ONE = make_answer(Verdict.DIGIT, 0.97, 1, 7)
FOUR = make_answer(Verdict.DIGIT, 0.98, 4, 9)
FOUR_OR_NINE = make_answer(Verdict.UNSURE, 0.5, 4, 9)
REFUSAL = make_answer(Verdict.NOT_A_DIGIT, 0.995, 4, 9)


class Hand:
    """Draws with the mouse, point by point, and reads what the window says after each."""

    def __init__(self, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window = window
        self.seen: list[Said] = []
        self.now = 1000.0
        self._qtbot = qtbot
        self._monkeypatch = monkeypatch
        self._answers: Iterator[Recognition] = repeat(BLANK)
        self._last = QPoint()
        monkeypatch.setattr("gui.recognition.live_recognition.perf_counter", lambda: self.now)

    def fake_answers(self, answers: Iterable[Recognition]) -> None:
        """Let the model answer this for ink, one after the other, beginning with the ink that is on the pad."""
        self._answers = iter(answers)
        self._monkeypatch.setattr(self.window.model, "recognize", self._recognize)
        with self.answer():
            self.window.model.changed.emit()  # nothing that another model answered is remembered

    def _recognize(self, image: Image | None) -> Recognition:
        return BLANK if image is None else next(self._answers)

    def press(self, points: Points, *, seconds_a_point: float = 0.016) -> None:
        """Put the pen down and move it through `points`; it stays down."""
        canvas = self.window.draw_tab.canvas
        places = [at(canvas, x, y) for x, y in points]
        for before, place in pairwise([None, *places]):
            if place == before:
                continue  # where the mouse is already
            with self.answer():
                if before is None:
                    QTest.mousePress(canvas, LEFT, NO_KEYS, place)
                else:
                    QTest.mouseMove(canvas, place)
            self._last = place
            self.look()
            self.now += seconds_a_point

    def lift(self) -> Said:
        """Lift the pen, and return what is said once the whole stroke is answered."""
        canvas = self.window.draw_tab.canvas
        with self.answer():
            QTest.mouseRelease(canvas, LEFT, NO_KEYS, self._last)
        return self.look()

    def answer(self) -> AbstractContextManager[object]:
        """Ends when what is done within it has been answered."""
        return self._qtbot.waitSignal(self.window.recognition.answered, timeout=5000)

    def wait_for(self, verdict: str) -> None:
        """Wait until the window says `verdict` by itself."""
        self._qtbot.waitUntil(lambda: self.look()[1] == verdict, timeout=5000)

    def look(self) -> Said:
        labels = [self.window.findChild(QLabel, name) for name in ("digit", "verdict", "confidence")]
        digit, verdict, confidence = (label.text() for label in labels if label is not None)
        self.seen.append((digit, verdict, confidence))
        return self.seen[-1]

    def sayings(self) -> list[str]:
        """The verdicts, one for each change of the verdict or the large digit."""
        words = [(digit, verdict) for digit, verdict, _ in self.seen]
        changes = words[:1] + [later for earlier, later in pairwise(words) if later != earlier]
        return [verdict for _, verdict in changes]


@pytest.fixture
def hand(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Hand:
    window.recognition.answer_now()
    return Hand(window, qtbot, monkeypatch)


def zigzag(count: int) -> Points:
    return [(200 + 600 * index / count, 300.0 + 200 * (index % 2)) for index in range(count)]


def test_answers_that_flicker_are_not_said(hand: Hand) -> None:
    hand.fake_answers(chain(repeat(ONE, 20), cycle([REFUSAL, ONE, FOUR_OR_NINE, FOUR])))
    hand.press(zigzag(100))
    assert hand.sayings() == ["", "sure", "not sure yet"]
    assert hand.seen[-1] == ("1", "not sure yet", "")


def test_nobody_is_told_sure_of_a_digit_that_is_not_the_best_bar(hand: Hand) -> None:
    """The words lag behind the bars, which may be another digit's by now, and never contradict them."""
    bars = hand.window.draw_tab.result.bars
    hand.fake_answers(chain(repeat(ONE, 20), repeat(FOUR)))
    hand.press(zigzag(20))
    assert hand.seen[-1] == ("1", "sure", "97.0 %")
    hand.press(zigzag(40)[20:], seconds_a_point=0.02)
    for (digit, verdict, confidence), now in zip(hand.seen[20:], repeat(bars.probabilities), strict=False):
        assert now == FOUR.probabilities
        assert (digit, verdict, confidence) in [("1", "not sure yet", ""), ("4", "sure", "98.0 %")]
    assert hand.seen[-1][0] == "4"


def test_the_confidence_is_that_of_the_digit_now(hand: Hand) -> None:
    less, least = make_answer(Verdict.DIGIT, 0.96, 4, 9), make_answer(Verdict.DIGIT, 0.9, 4, 9)
    hand.fake_answers(chain(repeat(FOUR, 20), [less, least], repeat(FOUR)))
    hand.press(zigzag(24))
    assert hand.seen[19:24] == [
        ("4", "sure", "98.0 %"),
        ("4", "sure", "96.0 %"),
        ("4", "fairly sure", "90.0 %"),
        *[("4", "fairly sure", "98.0 %")] * 2,
    ]


def test_the_end_of_the_stroke_is_answered_at_once(hand: Hand) -> None:
    hand.fake_answers(chain(repeat(ONE, 20), cycle([REFUSAL, ONE])))
    hand.press(zigzag(40))
    hand.fake_answers(repeat(FOUR))
    assert hand.lift() == ("4", "sure", "98.0 %")


def test_a_digit_is_said_while_the_pen_rests(hand: Hand) -> None:
    hand.fake_answers(repeat(FOUR))
    hand.press(SEVEN[:2])
    hand.now += SURE_HOLD_SECONDS
    hand.wait_for("sure")
    assert hand.window.document.is_drawing


def test_a_scribble_is_refused_after_a_grace_and_never_before(hand: Hand) -> None:
    hand.fake_answers(repeat(REFUSAL))
    hand.press(zigzag(60), seconds_a_point=0.05)
    assert hand.lift() == NOTHING
    hand.now += GRACE_SECONDS
    hand.wait_for("not a digit")
    assert hand.look() == ("?", "not a digit", "nearest: 4")
    assert hand.sayings() == ["", "not sure yet", "not a digit"]


def test_a_tap_gets_the_grace_too(hand: Hand) -> None:
    """Press and release within one frame: nobody has seen the stroke under way."""
    hand.fake_answers(repeat(REFUSAL))
    canvas = hand.window.draw_tab.canvas
    with hand.answer():
        QTest.mouseClick(canvas, LEFT, NO_KEYS, at(canvas, 500, 500))
    assert hand.look() == NOTHING
    hand.now += GRACE_SECONDS
    hand.wait_for("not a digit")


def test_a_second_stroke_within_the_grace_keeps_the_refusal_unsaid(hand: Hand, qtbot: QtBot) -> None:
    hand.fake_answers(repeat(REFUSAL))
    hand.press(SEVEN)
    hand.lift()
    hand.press(DASH[:1])
    hand.now += GRACE_SECONDS + LOSE_SECONDS
    qtbot.wait(round(GRACE_SECONDS * 1000) + 100)  # longer than any timer of the first stroke runs
    hand.press(DASH[1:])
    hand.fake_answers(repeat(FOUR))
    assert hand.lift()[:2] == ("4", "sure")
    assert "not a digit" not in hand.sayings()


def test_a_refusal_that_comes_due_as_the_next_stroke_begins_is_not_said(hand: Hand) -> None:
    hand.fake_answers(repeat(REFUSAL))
    hand.press(SEVEN)
    hand.lift()
    hand.now += GRACE_SECONDS
    canvas = hand.window.draw_tab.canvas
    QTest.mousePress(canvas, LEFT, NO_KEYS, at(canvas, *DASH[0]))
    hand.window.recognition._announcement_timer.timeout.emit()  # before the next frame
    assert hand.look() == NOTHING


def test_a_new_stroke_withdraws_a_refusal(hand: Hand) -> None:
    hand.fake_answers(repeat(REFUSAL))
    drag(hand.window.draw_tab.canvas, SEVEN)
    hand.window.recognition.answer_now()
    assert hand.look()[1] == "not a digit"
    hand.press(DASH[:1])
    assert hand.look() == NOTHING


def test_clearing_is_blank_at_once_and_stays_so(hand: Hand, qtbot: QtBot) -> None:
    hand.fake_answers(repeat(REFUSAL))
    hand.press(SEVEN)
    hand.lift()
    with hand.answer():
        hand.window.document.clear()
    assert hand.look() == ("", "no digit yet", "")
    hand.now += 10
    qtbot.wait(round(GRACE_SECONDS * 1000) + 100)
    assert hand.look() == ("", "no digit yet", "")


@pytest.mark.parametrize("step", ["undo", "open", "model"])
def test_what_is_not_drawn_is_refused_without_a_grace(hand: Hand, step: str) -> None:
    window = hand.window
    hand.fake_answers(repeat(REFUSAL))
    drag(window.draw_tab.canvas, SEVEN)
    drag(window.draw_tab.canvas, DASH)
    with hand.answer():
        if step == "undo":
            window.document.undo_stack.undo()
        elif step == "open":
            window.document.open(read_sample(4))
        else:
            window.model.changed.emit()
    assert hand.look()[1] == "not a digit"


def test_who_wants_the_model_s_own_answer_gets_it(hand: Hand) -> None:
    """The bars, the picture of what the network sees and the training page are live; words and large type are calm."""
    live: list[Recognition] = []
    hand.fake_answers(cycle([REFUSAL, ONE]))
    hand.window.recognition.answered.connect(lambda: live.append(hand.window.recognition.recognition))
    hand.press(zigzag(40))
    assert live == [REFUSAL, ONE] * 20
    assert hand.window.recognition.recognition == ONE
    assert hand.window.draw_tab.result.bars.probabilities == ONE.probabilities
    assert hand.window.recognition.announcement is None
    assert hand.look() == NOTHING


def test_bars_of_what_is_no_digit_claim_nothing(hand: Hand) -> None:
    hand.fake_answers(repeat(REFUSAL))
    drag(hand.window.draw_tab.canvas, SEVEN)
    hand.window.recognition.answer_now()
    bars = QAccessible.queryAccessibleInterface(hand.window.draw_tab.result.bars)
    assert bars.text(QAccessible.Text.Description) == ""
    hand.fake_answers(repeat(FOUR))
    hand.window.recognition.answer_now()
    assert "4: 98.0 %" in bars.text(QAccessible.Text.Description)


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_drawn_slowly_with_the_model_in_use(hand: Hand, digit: int) -> None:
    """A point every two hundredths of a second, a third of a second between strokes: calm, and right in the end."""
    for stroke in read_sample(digit).strokes:
        hand.press([(float(x), float(y)) for x, y in stroke.points], seconds_a_point=0.02)
        last = hand.lift()
        hand.now += 0.3
    assert last[0] == str(digit)
    assert last[1] in ("sure", "fairly sure")
    assert "not a digit" not in hand.sayings()
    assert len(hand.sayings()) <= 7


def test_movements_that_arrive_together_are_answered_together(hand: Hand, qtbot: QtBot) -> None:
    document = hand.window.document
    counts: list[int] = []
    with hand.answer():
        document.begin_stroke(100, 100)
    recognition = hand.window.recognition
    recognition.answered.connect(lambda *_: counts.append(len(recognition.content.strokes[0].points)))
    hand.now += 1
    with hand.answer():
        for x in (200, 300, 400):
            document.extend_stroke(x, 500)
    qtbot.wait(20)
    assert counts == [4]


@pytest.mark.parametrize(
    ("milliseconds", "between"),
    [
        ([0], 1000 / 240),
        ([2, 2, 2, 2], 1000 / 240),
        ([20, 20, 20, 1], 40),
        ([3, 3, 20, 3], 6),
        ([5, 5, 20, 20], 40),
        ([0, 20], 40),
    ],
)
def test_half_of_the_thread_is_left_to_others(milliseconds: list[float], between: float) -> None:
    assert seconds_between_answers([cost / 1000 for cost in milliseconds]) * 1000 == pytest.approx(between)
