"""Opening a page of many digits: how far it is can be seen, and it can be cancelled at any time."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.digits.arrays import Image
from core.models.library import ModelBundle
from core.recognition.instant import InstantHead
from core.recognition.recognizer import BLANK, Recognition, Recognizer
from core.wording.answer_phrases import AnswerPhrase
from gui.main_window import MainWindow
from gui.pad.opening_sign import OpeningSign
from gui.pad.page import MOST_ON_PAD
from gui.pad.page_view import PageView
from gui.pad.reading_progress import ReadingProgress
from gui.widgets.theme import use_text_scale
from tests.gui.conftest import LEFT, digit
from tests.gui.fitting import faults
from tests.gui.pad.test_page_view import hover, make_page, middle, write_picture

HELD_AT = 8
IMAGE = np.zeros((28, 28), np.uint8)


class Held:
    """Holds the thread that reads a page at one of its answers, until it is let go."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()
        self.answers = 0

    def recognizer(self, bundle: ModelBundle, head: InstantHead | None) -> "HeldRecognizer":
        return HeldRecognizer(bundle, self)


class HeldRecognizer(Recognizer):
    def __init__(self, bundle: ModelBundle, held: Held) -> None:
        super().__init__(bundle)
        self._held = held

    def recognize(self, image: Image | None) -> Recognition:
        self._held.answers += 1
        if self._held.answers == HELD_AT:
            self._held.reached.set()
            self._held.open.wait()
        return super().recognize(image)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Held]:
    """There is a `page.png` of 30 digits, whose reading waits at its eighth answer."""
    write_picture(tmp_path / "page.png", make_page())
    write_picture(tmp_path / "number.png", make_page(1, 2))
    held = Held()
    monkeypatch.setattr("gui.recognition.active_model.make_twin", held.recognizer)
    yield held
    held.open.set()


class Watcher(QObject):
    """Counts how often a widget appears."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.shown = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.shown += event.type() == QEvent.Type.Show
        return False


def find_sign(window: MainWindow) -> OpeningSign:
    window.files  # noqa: B018 - makes it
    sign = window.draw_tab.canvas.findChild(OpeningSign)
    assert sign is not None
    return sign


def text(window: MainWindow) -> str:
    label = find_sign(window).findChild(QLabel, "openingText")
    assert label is not None
    return label.text() if label.isVisible() else ""


def progress(window: MainWindow) -> QProgressBar:
    bar = find_sign(window).findChild(QProgressBar)
    assert bar is not None
    return bar


def begin(window: MainWindow, path: Path, held: Held, qtbot: QtBot) -> None:
    """Open the page, until its reading is held and the sign says so."""
    window.activateWindow()
    window.files.open_path(path)
    qtbot.waitUntil(held.reached.is_set, timeout=30_000)
    qtbot.waitUntil(lambda: text(window) == "Reading the page…")


def test_a_page_shows_how_far_it_is(
    window: MainWindow, tmp_path: Path, held: Held, until_open: Callable[[], None], qtbot: QtBot
) -> None:
    begin(window, tmp_path / "page.png", held, qtbot)
    bar = progress(window)
    qtbot.waitUntil(lambda: 0 < bar.value() < bar.maximum())
    before = bar.value()
    held.open.set()
    until_open()
    assert text(window) == ""
    assert bar.value() > before
    assert window.draw_tab.canvas.findChild(PageView) is not None


@pytest.mark.parametrize("way", ["button", "escape", "escape on the button"])
def test_cancel_keeps_the_drawing_and_ends_the_reading(
    drawn: MainWindow, tmp_path: Path, held: Held, qtbot: QtBot, way: str
) -> None:
    before, canvas = drawn.document.content, drawn.draw_tab.canvas
    begin(drawn, tmp_path / "page.png", held, qtbot)
    button = find_sign(drawn).findChild(QPushButton, "openingCancel")
    assert button is not None
    if way == "button":
        QTest.mouseClick(button, LEFT)
    else:
        target = canvas if way == "escape" else button
        target.setFocus()
        QTest.keyClick(target, Qt.Key.Key_Escape)
    assert (text(drawn), drawn.files.is_opening) == ("", False)
    assert drawn.document.content is before
    assert canvas.hasFocus()
    assert drawn.notice.isHidden(), "who cancels knows it"
    held.open.set()
    qtbot.waitUntil(lambda: not drawn.files.is_reading)
    assert held.answers == HELD_AT, "it has ended at the next answer"
    assert canvas.findChild(PageView) is None
    assert digit(drawn) == 7


def test_escape_cancels_before_there_is_a_sign(drawn: MainWindow, tmp_path: Path, held: Held, qtbot: QtBot) -> None:
    drawn.activateWindow()
    before = drawn.document.content
    drawn.files.open_path(tmp_path / "page.png")
    QTest.keyClick(drawn.draw_tab.canvas, Qt.Key.Key_Escape)
    assert not drawn.files.is_opening
    assert drawn.document.content is before
    qtbot.wait(50)
    QTest.keyClick(drawn.draw_tab.canvas, Qt.Key.Key_Escape)
    assert drawn.document.content is before, "a key that is held down does not clear the pad next"


def test_another_file_ends_the_reading_of_the_first(
    window: MainWindow, tmp_path: Path, held: Held, until_open: Callable[[], None], qtbot: QtBot
) -> None:
    begin(window, tmp_path / "page.png", held, qtbot)
    watcher = Watcher(find_sign(window))
    window.files.open_path(tmp_path / "number.png")
    assert text(window) == "Opening number.png…", "the sign stays, and says what is opened now"
    until_open()
    window.recognition.answer_now()
    assert window.recognition.reading.text == "01"
    answers = held.answers
    held.open.set()
    qtbot.waitUntil(lambda: not window.files.is_reading)
    assert held.answers == answers
    assert window.draw_tab.canvas.findChild(PageView) is None
    assert watcher.shown == 0


def test_what_opens_at_once_shows_no_sign(
    window: MainWindow, tmp_path: Path, until_open: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.pad.opening_sign.PATIENCE_MS", 30_000)
    write_picture(tmp_path / "number.png", make_page(1, 2))
    watcher = Watcher(find_sign(window))
    window.files.open_path(tmp_path / "number.png")
    until_open()
    assert watcher.shown == 0


def test_escape_closes_one_thing_at_a_time(
    drawn: MainWindow, tmp_path: Path, held: Held, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.draw.escape_key.QUIET_SECONDS", 0.0)
    page = PageView(make_page(), drawn.draw_tab.canvas)
    page.open()
    begin(drawn, tmp_path / "page.png", held, qtbot)
    page.sheet.setFocus()
    left = []
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget() or drawn, Qt.Key.Key_Escape)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        is_page = drawn.draw_tab.canvas.findChild(PageView) is not None
        left.append((drawn.files.is_opening, is_page, drawn.document.is_blank))
    assert left == [(False, True, False), (False, False, False), (False, False, True)]


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(800, 560), (1200, 800)])
def test_the_sign_fits(window: MainWindow, qtbot: QtBot, size: tuple[int, int], scale: float) -> None:
    sign = find_sign(window)
    sign.show_name("a rather long name of a photograph that somebody took in the summer.jpg")
    qtbot.waitUntil(sign.isVisible)
    use_text_scale(scale)
    window.resize(*size)
    for says_page in (False, True):
        if says_page:
            sign.show_progress(0.4)
        assert faults(sign, elided=("openingText",)) == []
        assert window.draw_tab.canvas.rect().contains(sign.geometry())


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_sign_does_not_cover_what_a_page_says(window: MainWindow, qtbot: QtBot, scale: float) -> None:
    use_text_scale(scale)
    window.resize(800, 560)
    view = PageView(make_page(), window.draw_tab.canvas)
    view.open()
    sign = find_sign(window)
    sign.show_name("page.png")
    qtbot.waitUntil(sign.isVisible)
    for label in (view.count, view.line):
        assert not label.geometry().intersects(sign.geometry())
    assert window.draw_tab.canvas.rect().contains(sign.geometry())


def test_drawing_on_the_sign_draws_nothing(window: MainWindow, qtbot: QtBot) -> None:
    sign = find_sign(window)
    sign.show_name("page.png")
    qtbot.waitUntil(sign.isVisible)
    QTest.mousePress(sign, LEFT, pos=sign.rect().center())
    assert not window.document.is_drawing


def test_progress_grows_and_is_not_complete_before_the_end() -> None:
    shares: list[float] = []
    progress = ReadingProgress(lambda: None, shares.append)
    answer = progress.watch(lambda image: BLANK)
    for parts in (40, 40, 200, 5):
        progress.expect(parts)
        for _ in range(2 * parts):
            answer(IMAGE)
    assert shares == sorted(shares)
    assert shares[0] == 0 and 0.9 < shares[-1] < 1
    assert len(shares) < 110


def test_of_a_few_parts_no_progress_is_shown() -> None:
    shares: list[float] = []
    progress = ReadingProgress(lambda: None, shares.append)
    progress.expect(MOST_ON_PAD)
    progress.watch(lambda image: BLANK)(IMAGE)
    assert shares == []


@pytest.fixture
def covered(drawn: MainWindow) -> PageView:
    """A page over the drawing of a 7."""
    drawn.files.page_found.emit(make_page())
    view = drawn.draw_tab.canvas.findChild(PageView)
    assert view is not None
    return view


def answer_of(window: MainWindow) -> tuple[str, str, str]:
    """The large digit, its verdict, and what stands beside that."""
    words = window.draw_tab.result.head.words
    return window.draw_tab.result.digit.text(), words.verdict.text(), words.confidence.text()


def has_stages(window: MainWindow) -> bool:
    return "px wide" in window.draw_tab.network.facts.text()


ASKS = ("", "30 digits", "point at one")


def test_while_a_page_covers_the_pad_the_answer_is_about_the_page(covered: PageView, drawn: MainWindow) -> None:
    assert answer_of(drawn) == ASKS
    assert drawn.draw_tab.result.bars.probabilities == (0.0,) * 10
    assert not has_stages(drawn)
    hover(covered, middle(covered, 4))
    assert answer_of(drawn) == ("4", "fairly sure", "70.0 %")
    assert drawn.draw_tab.result.bars.probabilities == covered.page.reading.digits[4].recognition.probabilities
    assert has_stages(drawn)
    hover(covered, middle(covered, 29))
    assert answer_of(drawn) == ("9", "9 or 0?", "70.0 % and 30.0 %")
    hover(covered, QPoint(1, 1))
    assert answer_of(drawn) == ASKS


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_what_is_said_of_a_page_fits(covered: PageView, drawn: MainWindow, scale: float) -> None:
    drawn.resize(800, 560)
    use_text_scale(scale)
    drawn.draw_tab.result.show_phrase(AnswerPhrase.PAGE, count=99_999)
    assert faults(drawn.draw_tab.result) == []
    assert answer_of(drawn) == ("", "99,999 digits", "point at one")


def test_the_digit_that_was_taken_is_shown_until_it_is_undone(covered: PageView, drawn: MainWindow) -> None:
    QTest.mouseClick(covered.sheet, LEFT, pos=middle(covered, 4))
    assert covered.line.text() == "The digit is on the pad."
    hover(covered, QPoint(1, 1))
    drawn.recognition.answer_now()
    assert answer_of(drawn)[0] == "4"
    QTest.mouseClick(covered.sheet, LEFT, pos=middle(covered, 5))
    assert covered.line.text() == "The digit is on the pad."
    hover(covered, QPoint(1, 1))
    drawn.draw_tab.actions_by_name["undo"].trigger()
    drawn.recognition.answer_now()
    assert covered.line.text() == "Shift+click takes a row, the wheel zooms."
    assert answer_of(drawn) == ASKS


def test_what_is_said_of_a_taken_digit_ends_with_undo_while_it_is_pointed_at(
    covered: PageView, drawn: MainWindow
) -> None:
    QTest.mouseClick(covered.sheet, LEFT, pos=middle(covered, 4))
    drawn.draw_tab.actions_by_name["undo"].trigger()
    assert covered.line.text() == "Row 1, digit 5: 4, 70.0 %"


def test_a_closed_page_gives_the_answer_back_to_the_pad(covered: PageView, drawn: MainWindow) -> None:
    covered.close()
    assert answer_of(drawn)[:2] == ("7", "sure")
    assert has_stages(drawn)


def test_the_answer_follows_from_one_page_to_the_next(covered: PageView, drawn: MainWindow) -> None:
    drawn.files.page_found.emit(make_page(7, 5))
    assert answer_of(drawn) == ("", "35 digits", "point at one")


def test_a_notice_about_the_last_file_goes_when_the_next_one_is_opened(
    window: MainWindow, tmp_path: Path, held: Held, until_open: Callable[[], None], qtbot: QtBot
) -> None:
    (tmp_path / "white.png").write_bytes(cv2.imencode(".png", np.full((50, 50), 255, np.uint8))[1].tobytes())
    window.files.open_path(tmp_path / "white.png")
    until_open()
    assert window.notice.isVisible()
    assert window.notice.text.text() == "white.png: There is no ink in the picture."
    begin(window, tmp_path / "page.png", held, qtbot)
    assert window.notice.isHidden()
    held.open.set()
    until_open()
    assert window.notice.isHidden()
