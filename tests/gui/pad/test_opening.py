"""Opening something slow: it never holds up the window, nor what was asked for later."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.digits.files import open_any, write_png
from core.ink.drawing import Drawing
from core.ink.inkml import write_inkml
from core.ink.samples import read_sample
from core.pictures.reading import OpenedPicture
from core.system.safe_files import write_file
from gui.main_window import MainWindow
from gui.pad.opening import AT_ONCE
from gui.self_test.hand import at, drag
from gui.system.background import join_background
from tests.gui.conftest import LEFT, RIGHT, SEVEN, digit


class Gate:
    """Holds whoever reads a file whose name begins with “slow” until it is let go."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()
        self.read: list[str] = []

    def open_any(self, path: Path) -> Drawing | OpenedPicture:
        self.read.append(path.name)
        if path.name.startswith("slow"):
            self.reached.set()
            self.open.wait()
        return open_any(path)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Gate]:
    """There is a picture of a 2 called `slow.png`, and one of a 3 called `quick.png`."""
    for name, number in (("slow.png", 2), ("quick.png", 3)):
        (tmp_path / name).write_bytes(write_png(read_sample(number)))
    gate = Gate()
    monkeypatch.setattr("gui.pad.files.open_any", gate.open_any)
    yield gate
    gate.open.set()


def sign(window: MainWindow) -> str:
    label = window.draw_tab.canvas.findChild(QLabel, "openingText")
    assert label is not None
    return label.text() if label.isVisible() else ""


def test_the_pad_says_what_is_being_opened(
    window: MainWindow, tmp_path: Path, gate: Gate, until_open: Callable[[], None], qtbot: QtBot
) -> None:
    window.files.open_path(tmp_path / "slow.png")
    assert sign(window) == ""
    qtbot.waitUntil(lambda: sign(window) == "Opening slow.png…")
    assert window.draw_tab.canvas.rect().contains(window.draw_tab.canvas.childrenRect())
    gate.open.set()
    until_open()
    assert sign(window) == ""
    assert digit(window) == 2


def test_who_draws_meanwhile_does_not_want_the_picture_any_more(
    window: MainWindow, tmp_path: Path, gate: Gate, qtbot: QtBot
) -> None:
    window.files.open_path(tmp_path / "slow.png")
    qtbot.waitUntil(lambda: sign(window) != "")
    drag(window.draw_tab.canvas, SEVEN)
    assert (sign(window), window.files.is_opening) == ("", False)
    gate.open.set()
    assert join_background()
    qtbot.wait(50)
    assert digit(window) == 7
    assert window.document.undo_stack.count() == 1


def test_the_first_touch_of_the_pen_is_enough_not_to_want_it(
    window: MainWindow, tmp_path: Path, gate: Gate, qtbot: QtBot
) -> None:
    canvas = window.draw_tab.canvas
    window.files.open_path(tmp_path / "slow.png")
    qtbot.waitUntil(gate.reached.is_set)
    QTest.mousePress(canvas, LEFT, pos=at(canvas, *SEVEN[0]))
    assert window.document.is_drawing
    assert not window.files.is_opening
    gate.open.set()
    assert join_background()
    qtbot.wait(50)
    assert window.document.is_drawing, "what was read has not ended the stroke"
    QTest.mouseRelease(canvas, LEFT, pos=at(canvas, *SEVEN[0]))
    assert window.document.undo_stack.count() == 1


@pytest.mark.parametrize("is_pasted", [False, True])
def test_what_was_not_opened_is_told(
    window: MainWindow, tmp_path: Path, gate: Gate, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, is_pasted: bool
) -> None:
    monkeypatch.setattr("gui.pad.files.open_picture", lambda content: gate.open_any(tmp_path / "slow.png"))
    if is_pasted:
        data = QMimeData()
        data.setData("image/png", QByteArray(b"some picture"))
        QGuiApplication.clipboard().setMimeData(data)
        window.files.paste()
    else:
        window.files.open_path(tmp_path / "slow.png")
    qtbot.waitUntil(gate.reached.is_set)
    with qtbot.waitSignal(window.files.information) as told:
        drag(window.draw_tab.canvas, SEVEN)
    what = "the clipboard" if is_pasted else "slow.png"
    assert told.args == [f"The pad has changed, so {what} was not opened."]


def test_who_erases_meanwhile_does_not_want_the_picture_any_more(
    drawn: MainWindow, tmp_path: Path, gate: Gate, qtbot: QtBot
) -> None:
    canvas = drawn.draw_tab.canvas
    drawn.files.open_path(tmp_path / "slow.png")
    qtbot.waitUntil(gate.reached.is_set)
    QTest.mousePress(canvas, RIGHT, pos=at(canvas, 100, 100))
    assert drawn.files.is_opening, "nothing was erased yet"
    QTest.mouseMove(canvas, at(canvas, *SEVEN[3]))
    assert drawn.document.is_blank
    assert not drawn.files.is_opening
    gate.open.set()
    assert join_background()
    qtbot.wait(50)
    QTest.mouseRelease(canvas, RIGHT, pos=at(canvas, *SEVEN[3]))
    assert drawn.document.is_blank
    drawn.document.undo_stack.undo()
    assert digit(drawn) == 7


def test_an_eraser_that_hit_nothing_leaves_the_picture_that_comes(
    window: MainWindow, tmp_path: Path, gate: Gate, until_open: Callable[[], None], qtbot: QtBot
) -> None:
    canvas = window.draw_tab.canvas
    window.files.open_path(tmp_path / "slow.png")
    qtbot.waitUntil(gate.reached.is_set)
    QTest.mousePress(canvas, RIGHT, pos=at(canvas, 100, 100))
    gate.open.set()
    until_open()
    QTest.mouseMove(canvas, at(canvas, 500, 500))
    QTest.mouseRelease(canvas, RIGHT, pos=at(canvas, 500, 500))
    assert digit(window) == 2


def test_a_file_that_never_answers_holds_up_no_other(
    window: MainWindow, tmp_path: Path, gate: Gate, until_open: Callable[[], None], qtbot: QtBot
) -> None:
    for _ in range(2):
        window.files.open_path(tmp_path / "slow.png")
    window.files.open_path(tmp_path / "quick.png")
    until_open()
    assert digit(window) == 3
    assert gate.read.count("slow.png") == 2
    gate.open.set()
    assert join_background()
    qtbot.wait(50)
    assert digit(window) == 3
    assert window.document.undo_stack.count() == 1


def test_only_a_few_are_read_at_once_and_the_last_one_is_shown(
    window: MainWindow, tmp_path: Path, gate: Gate, until_open: Callable[[], None], qtbot: QtBot
) -> None:
    for _ in range(2 * AT_ONCE):
        window.files.open_path(tmp_path / "slow.png")
    window.files.open_path(tmp_path / "quick.png")
    qtbot.waitUntil(lambda: sign(window) == "Opening quick.png…")
    assert gate.read == ["slow.png"] * AT_ONCE
    gate.open.set()
    until_open()
    assert digit(window) == 3
    assert gate.read == ["slow.png"] * AT_ONCE + ["quick.png"]
    assert window.document.undo_stack.count() == 1


def test_the_window_does_not_wait_for_a_disk_that_never_answers(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, until_open: Callable[[], None]
) -> None:
    """Not even for the size of a file on it."""
    write_file(tmp_path / "two.inkml", write_inkml(read_sample(2)))
    threads: set[int] = set()
    stat = Path.stat

    def watched_stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.name == "two.inkml":
            threads.add(threading.get_ident())
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", watched_stat)
    window.files.open_path(tmp_path / "two.inkml")
    until_open()
    assert digit(window) == 2
    assert threads and threading.get_ident() not in threads


def test_a_small_drawing_is_there_before_a_picture_that_was_begun_earlier(
    window: MainWindow, tmp_path: Path, gate: Gate, until_open: Callable[[], None], qtbot: QtBot
) -> None:
    write_file(tmp_path / "seven.inkml", write_inkml(read_sample(7)))
    window.files.open_path(tmp_path / "slow.png")
    qtbot.waitUntil(gate.reached.is_set)
    window.files.open_path(tmp_path / "seven.inkml")
    until_open()
    assert digit(window) == 7
    gate.open.set()
    assert join_background()
    qtbot.wait(50)
    assert digit(window) == 7
