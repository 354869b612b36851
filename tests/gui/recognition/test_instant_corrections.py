"""A correction works at once in the real window, and with it the next stroke is read."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.digits.normalize import normalize_drawing
from core.ink.drawing import Drawing
from core.ink.samples import read_sample
from core.models.library import ModelBundle
from core.recognition.numbers import NumberReading
from core.samples.sample import NO_DIGIT, NewSample
from core.samples.store import SampleStore
from core.system.paths import app_paths
from gui.main_window import MainWindow
from gui.pad.page_view import PageView
from gui.recognition.instant_corrections import ENGINE, MOST_AT_ONCE, MOST_NEW_AT_ONCE
from gui.self_test.hand import drag
from tests.gui.conftest import SEVEN, digit
from tests.gui.pad.test_page_view import make_page, write_picture


def sample_of(drawing: Drawing, label: int) -> NewSample:
    seen = normalize_drawing(drawing)
    assert seen is not None
    return NewSample(label, drawing, seen.image)


def some_samples(count: int) -> list[NewSample]:
    """Right ones, all different, and the first one wrong."""
    images = np.random.default_rng(1).integers(0, 255, (count, 28, 28), np.uint8)
    kept = [NewSample(NO_DIGIT, read_sample(3), image) for image in images]
    return [sample_of(read_sample(7), 2), *kept[1:]]


@pytest.fixture
def ready(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window, once it has done what can wait."""
    qtbot.waitUntil(lambda: ENGINE in sys.modules, timeout=20_000)
    return window


def draw_seven(window: MainWindow) -> int | None:
    window.document.clear()
    drag(window.draw_tab.canvas, SEVEN, move_ms=0)
    return digit(window)


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.corrections.is_under_way, timeout=20_000)


def test_the_next_stroke_is_read_as_it_was_corrected(ready: MainWindow, qtbot: QtBot) -> None:
    assert draw_seven(ready) == 7
    ready.keeping.keep(2)
    assert not ready.corrections.is_under_way  # it is done already
    assert draw_seven(ready) == 2
    [kept] = ready.my_digits.store.samples()
    assert ready.recognition.recognition.sample == kept.id


def test_what_is_undone_relabelled_or_removed_corrects_no_more(ready: MainWindow, qtbot: QtBot) -> None:
    draw_seven(ready)
    ready.keeping.keep(2)
    ready.document.undo_stack.undo()
    assert digit(ready) == 7
    ready.document.undo_stack.redo()
    assert draw_seven(ready) == 2
    [kept] = ready.my_digits.store.samples()
    ready.my_digits.relabel([kept.id], 4)
    assert digit(ready) == 4
    ready.my_digits.remove([kept.id])
    assert digit(ready) == 7
    assert ready.model.head is None


def test_what_is_on_the_pad_is_read_again(ready: MainWindow, qtbot: QtBot) -> None:
    draw_seven(ready)
    with qtbot.waitSignal(ready.recognition.answered):
        ready.my_digits.keep(sample_of(read_sample(7), 2))
    assert ready.recognition.recognition.digit == 2


def test_it_works_from_the_start_on(new_window: Callable[[], MainWindow], qtbot: QtBot) -> None:
    with SampleStore(app_paths().digits) as store:
        store.keep(sample_of(read_sample(7), 2))
    window = new_window()
    assert window.model.head is None  # nothing is read before the window is up
    qtbot.waitUntil(lambda: window.model.head is not None, timeout=20_000)
    assert draw_seven(window) == 2


def test_without_a_store_none_is_made(ready: MainWindow) -> None:
    ready.corrections.update()
    assert draw_seven(ready) == 7
    assert not app_paths().digits.exists()


@pytest.mark.parametrize(("count", "is_at_once"), [(MOST_NEW_AT_ONCE, True), (MOST_NEW_AT_ONCE + 1, False)])
def test_many_new_samples_are_read_in_the_background(
    ready: MainWindow, qtbot: QtBot, count: int, is_at_once: bool
) -> None:
    ready.my_digits.change(lambda store: store.keep(*some_samples(count)))
    assert ready.corrections.is_under_way is not is_at_once
    settle(ready, qtbot)
    assert draw_seven(ready) == 2


def test_so_are_all_where_there_are_many(ready: MainWindow, qtbot: QtBot) -> None:
    ready.my_digits.change(lambda store: store.keep(*some_samples(MOST_AT_ONCE)))
    settle(ready, qtbot)
    ready.my_digits.keep(sample_of(read_sample(1), 8))
    assert ready.corrections.is_under_way
    ready.my_digits.keep(sample_of(read_sample(0), 6))  # meanwhile
    settle(ready, qtbot)
    assert draw_seven(ready) == 2
    assert ready.model.recognize(sample_of(read_sample(0), 6).image).digit == 6


def test_nothing_is_made_on_the_window_s_thread_while_somebody_draws(ready: MainWindow, qtbot: QtBot) -> None:
    ready.document.begin_stroke(300, 300)
    ready.my_digits.keep(sample_of(read_sample(7), 2))
    assert ready.corrections.is_under_way
    settle(ready, qtbot)
    assert ready.document.is_drawing


def test_another_model_gets_its_own(ready: MainWindow, qtbot: QtBot, small_model: ModelBundle) -> None:
    ready.my_digits.keep(sample_of(read_sample(7), 2))
    shipped = ready.model.bundle
    assert shipped is not None
    ready.model.use(small_model)
    settle(ready, qtbot)
    assert draw_seven(ready) == 2
    ready.model.use(shipped)
    settle(ready, qtbot)
    assert draw_seven(ready) == 2


def test_a_model_whose_reach_nobody_measured_is_measured_once(
    ready: MainWindow, qtbot: QtBot, small_model: ModelBundle
) -> None:
    older = replace(small_model, card=replace(small_model.card, reach=None))
    ready.model.use(older)
    ready.my_digits.keep(sample_of(read_sample(7), 2))
    assert ready.corrections.is_under_way
    settle(ready, qtbot)
    assert draw_seven(ready) == 2
    ready.my_digits.keep(sample_of(read_sample(1), 8))
    assert not ready.corrections.is_under_way
    assert draw_seven(ready) == 2


def test_a_store_that_cannot_be_read_is_told_once(ready: MainWindow, qtbot: QtBot) -> None:
    ready.my_digits.keep(sample_of(read_sample(7), 2))
    assert ready.model.head is not None
    ready.my_digits.close()
    path = app_paths().digits
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    path.mkdir()
    told: list[str] = []
    ready.my_digits.problem.connect(told.append)
    ready.corrections.update()
    settle(ready, qtbot)
    ready.corrections.update()
    ready.my_digits.look()
    settle(ready, qtbot)
    assert len(told) == 1
    assert "digits" in told[0]
    assert ready.model.head is None
    assert draw_seven(ready) == 7


def test_what_is_remembered_is_no_change(ready: MainWindow, qtbot: QtBot) -> None:
    ready.my_digits.keep(sample_of(read_sample(7), 2))
    with qtbot.assertNotEmitted(ready.my_digits.changed):
        ready.my_digits.look()


def test_a_damaged_store_that_is_found_in_the_background_is_told(
    new_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    path = app_paths().digits
    with SampleStore(path) as store:
        store.keep(*some_samples(30))
    window = new_window()
    told: list[str] = []
    window.my_digits.problem.connect(told.append)
    qtbot.waitUntil(lambda: window.model.head is not None, timeout=20_000)
    window.my_digits.close()
    path.write_bytes(b"no database " * 500)
    window.document.begin_stroke(300, 300)
    window.corrections.update()
    settle(window, qtbot)
    assert len(told) == 1


def test_a_page_of_digits_is_read_with_them_too(
    ready: MainWindow, until_open: Callable[[], None], tmp_path: Path, qtbot: QtBot
) -> None:
    write_picture(tmp_path / "page.png", make_page())
    ready.files.open_path(tmp_path / "page.png")
    until_open()
    assert read(ready).count("7") == 3
    seen = page_of(ready).digits[7]
    ready.my_digits.keep(NewSample(2, read_sample(7), seen.normalized.image))
    ready.draw_tab.canvas.close_cover()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    ready.files.open_path(tmp_path / "page.png")
    until_open()
    assert "7" not in read(ready)


def page_of(window: MainWindow) -> NumberReading:
    view = window.draw_tab.canvas.findChild(PageView)
    assert view is not None
    return view.page.reading


def read(window: MainWindow) -> str:
    return page_of(window).text
