"""The curves: few points for any number of batches, nothing lost, and what is seen."""

import gc
import subprocess
import sys
import textwrap
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.training.events import BatchDone, EpochDone, RunStarted
from gui.train.curve_plot import CurvePlot
from gui.train.curve_points import MAX_CELLS, BatchSeries, accuracy_floor, loss_ceiling
from gui.train.curves import REDRAW_MS, Curves
from gui.widgets.theme import DARK, LIGHT, current_colours, current_theme

numbers = st.floats(0, 1000, allow_subnormal=False)


@given(st.lists(numbers, min_size=1, max_size=MAX_CELLS))
def test_few_batches_are_drawn_as_they_are(values: list[float]) -> None:
    series = BatchSeries(horizon=5)
    series.add(values)
    positions, drawn = series.spread()
    assert drawn.tolist() == values
    assert positions.tolist() == list(range(1, len(values) + 1))


@given(st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_many_batches_keep_their_extremes_in_few_points(thousands: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=thousands * 1000 + seed % 1000)
    series = BatchSeries(horizon=50)
    for chunk in np.array_split(values, 7):
        series.add(chunk.tolist())
    positions, drawn = series.spread()
    assert series.batches == len(values)
    assert len(positions) == len(drawn) <= 2 * MAX_CELLS
    assert (drawn.min(), drawn.max()) == (values.min(), values.max())
    assert (np.diff(positions) >= 0).all()
    ends, smooth = series.smooth()
    assert len(ends) == len(smooth) <= MAX_CELLS
    assert ends[-1] == len(values)
    assert np.abs(smooth).max() <= np.abs(values).max() + 1e-9


def test_an_outlier_stays_where_it_was() -> None:
    series = BatchSeries(horizon=50)
    values = np.zeros(20_000)
    values[12_345] = 9.0
    series.add(values.tolist())
    positions, drawn = series.spread()
    assert positions[drawn.argmax()] == pytest.approx(12_346, abs=20_000 / MAX_CELLS * 2)


def test_the_running_mean_of_a_constant_is_that_constant_from_the_first_batch_on() -> None:
    series = BatchSeries(horizon=50)
    series.add([0.25] * 3000)
    assert series.smooth()[1] == pytest.approx(0.25)


@given(st.lists(numbers, min_size=1, max_size=50), st.lists(numbers, max_size=5))
def test_the_loss_axis_holds_all_marks_and_nearly_all_of_the_curve(values: list[float], marks: list[float]) -> None:
    ceiling = loss_ceiling(np.array(values), marks)
    assert ceiling >= max([np.quantile(values, 0.95), *marks])
    assert ceiling <= 2 * 1.1 * max([*values, *marks, 1e-4])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50), st.lists(st.floats(0, 1), max_size=5))
def test_the_accuracy_axis_begins_below_all_marks(values: list[float], marks: list[float]) -> None:
    floor = accuracy_floor(np.array(values), marks)
    assert 0 <= floor <= 0.99
    assert floor <= min([np.quantile(values, 0.05) + 1e-9, *marks])


@given(st.integers(1, 5 * MAX_CELLS), st.integers(-10, 6 * MAX_CELLS), st.integers(0, 2**32 - 1))
def test_every_batch_is_found_in_its_cell(batches: int, wanted: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=batches)
    series = BatchSeries(horizon=50)
    series.add(values.tolist())
    cell = series.cell_at(wanted)
    assert cell is not None and cell in series.cells()
    assert cell.first <= min(max(wanted, 1), batches) <= cell.last
    within = values[cell.first - 1 : cell.last]
    assert (cell.low, cell.high) == (within.min(), within.max())
    assert cell.mean in series.smooth()[1]


def test_nothing_is_found_before_the_first_batch() -> None:
    assert BatchSeries(horizon=50).cell_at(1) is None


def show(curves: Curves, qtbot: QtBot) -> None:
    qtbot.addWidget(curves)
    curves.resize(640, 220)
    curves.show()
    qtbot.waitExposed(curves)


def run_of(curves: Curves, *, epochs: int, batches: int) -> None:
    curves.show_event(RunStarted("dense", 1000, 1000, 100, 100, epochs, batches, 32, 1))
    for epoch in range(1, epochs + 1):
        losses = tuple((2.3 / np.linspace(epoch, epoch + 1, batches)).tolist())
        accuracies = tuple(np.linspace(1 - 0.5 / epoch, 1 - 0.5 / (epoch + 1), batches).tolist())
        curves.show_event(BatchDone(epoch, batches, losses, accuracies, 1000.0, 1.0))
        curves.show_event(EpochDone(epoch, 2.0 / epoch, 0.9, 2.3 / (epoch + 1), 0.9, 1.0))


def pixels_of(image: QImage, colour: str) -> int:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32)
    return int(np.count_nonzero(pixels == QColor(colour).rgb()))


@pytest.mark.parametrize(("epochs", "batches"), [(1, 10), (5, 2000)])
def test_training_and_validation_are_seen_in_light_and_dark(qtbot: QtBot, epochs: int, batches: int) -> None:
    theme = current_theme()
    assert theme is not None
    curves = Curves()
    show(curves, qtbot)
    legend = {"training": 0, "validation": 0}
    for colours in (DARK, LIGHT):  # the legend alone has some pixels of each colour
        theme.choose(Qt.ColorScheme.Dark if colours is DARK else Qt.ColorScheme.Light)
        image = curves.grab().toImage()
        legend = {kind: max(most, pixels_of(image, getattr(colours, kind))) for kind, most in legend.items()}
    run_of(curves, epochs=epochs, batches=batches)
    try:
        for scheme, colours in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
            theme.choose(scheme)
            qtbot.wait(REDRAW_MS + 100)
            image = curves.grab().toImage()
            assert image.pixelColor(image.width() // 2, image.height() // 2).name() == colours.card
            assert pixels_of(image, colours.training) > legend["training"] + 50
            assert pixels_of(image, colours.validation) > legend["validation"] + 10
    finally:
        theme.choose(Qt.ColorScheme.Unknown)


def test_a_new_run_begins_on_an_empty_page(qtbot: QtBot) -> None:
    curves = Curves()
    qtbot.addWidget(curves)
    run_of(curves, epochs=3, batches=10)
    assert (curves.loss.batches, len(curves.validation_loss)) == (30, 3)
    assert "After epoch 3" in curves.accessibleDescription()
    curves.show_event(RunStarted("dense", 1000, 1000, 0, 100, 1, 10, 32, 1))
    assert (curves.loss.batches, curves.validation_loss, curves.validation_accuracy) == (0, [], [])


def test_a_validation_that_overflowed_spoils_no_axis(qtbot: QtBot) -> None:
    curves = Curves()
    show(curves, qtbot)
    run_of(curves, epochs=2, batches=10)
    curves.show_event(EpochDone(3, 1.0, 0.9, float("inf"), 0.1, 1.0))
    qtbot.wait(REDRAW_MS + 100)
    assert [epoch for epoch, _ in curves.validation_loss] == [1, 2]
    assert curves.findChildren(CurvePlot)[0].frame().up.high < 10


def test_a_new_run_takes_the_marks_of_the_last_one_away(qtbot: QtBot) -> None:
    curves = Curves()
    show(curves, qtbot)
    legend = pixels_of(curves.grab().toImage(), current_colours().validation)
    run_of(curves, epochs=1, batches=10)
    qtbot.wait(REDRAW_MS + 100)
    assert pixels_of(curves.grab().toImage(), current_colours().validation) > legend + 10
    curves.show_event(RunStarted("dense", 1000, 900, 100, 100, 1, 10, 32, 1))
    curves.show_event(BatchDone(1, 1, (0.5,), (0.5,), 1000.0, 60.0))
    qtbot.wait(REDRAW_MS + 100)
    assert pixels_of(curves.grab().toImage(), current_colours().validation) == legend


def test_the_legend_names_validation_only_where_there_is_some(qtbot: QtBot) -> None:
    curves = Curves()
    show(curves, qtbot)
    legend = [label for label in curves.findChildren(QLabel) if label.isVisible()]
    places = {label.text(): label.geometry() for label in legend}
    curves.show_event(RunStarted("dense", 1000, 1000, 0, 100, 1, 10, 32, 1))
    curves.grab()  # lays out
    left = {label.text(): label.geometry() for label in legend if label.isVisible()}
    assert set(places) - set(left) == {"validation, each epoch"}
    assert left == {text: places[text] for text in left}
    curves.show_event(RunStarted("dense", 1000, 900, 100, 100, 1, 10, 32, 1))
    curves.grab()
    last = {label.text(): label.geometry() for label in legend if label.isVisible()}
    assert set(last) - set(left) == {"validation, of 100"}, "with few, a mark is mostly chance"
    assert last["validation, of 100"].topLeft() == places["validation, each epoch"].topLeft()
    assert left.items() <= last.items()


def test_what_waits_for_the_curves_hears_once_that_they_are_seen(qtbot: QtBot) -> None:
    curves = Curves()
    heard: list[bool] = []
    curves.settled.connect(lambda: heard.append(curves.isVisible()))
    qtbot.wait(20)
    assert not heard
    show(curves, qtbot)
    qtbot.waitUntil(lambda: bool(heard))
    curves.hide()
    curves.show()
    qtbot.wait(20)
    assert heard == [True]


def test_no_collector_is_needed_to_destroy_curves(qtbot: QtBot) -> None:
    """Of what is in a circle, Python's collector might find the Qt objects in another thread, and crash."""
    gc.collect()
    gc.disable()
    try:
        curves = Curves()
        curves.show()
        run_of(curves, epochs=1, batches=10)
        qtbot.wait(REDRAW_MS + 100)
        parts = [weakref.ref(part) for part in (curves, *curves.findChildren(CurvePlot))]
        assert len(parts) == 3
        curves.deleteLater()
        del curves
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert [part() for part in parts] == [None] * 3
    finally:
        gc.enable()


def test_no_other_thread_than_the_windows_imports_what_makes_classes_of_qt() -> None:
    """PySide6 keeps what it knows of its classes in a table, in which Qt looks them up without Python's lock.

    A thread that adds classes while the window looks one up moves the table away under its hands: with PySide6 6.11 on
    Python 3.11 about one process in a hundred crashed.
    """
    run_in_own_process("""
        import tempfile
        from pathlib import Path
        from PySide6.QtCore import QEventLoop
        from core.system.paths import app_paths
        from gui.app import make_window

        elsewhere = []

        class Watch:
            def find_spec(self, name, path=None, target=None):
                if threading.current_thread() is not threading.main_thread():
                    elsewhere.append(name)

        sys.meta_path.insert(0, Watch())
        with tempfile.TemporaryDirectory() as folder:
            window = make_window(app_paths(Path(folder)))
            window.show()
            window.tabs.setCurrentWidget(window.train_tab)
            loop = QEventLoop()
            window.train_tab.loading.changed.connect(lambda: window.train_tab.loading.stage or loop.quit())
            loop.exec()
        assert "tensorflow" in elsewhere
        assert not [name for name in elsewhere if name.partition(".")[0] in ("PySide6", "gui")]
    """)


def run_in_own_process(code: str) -> None:
    before = """
        import os, sys, threading
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from gui.app import make_application
        application = make_application()
    """
    whole = textwrap.dedent(before) + textwrap.dedent(code) + "os._exit(0)"
    subprocess.run([sys.executable, "-c", whole], check=True, timeout=120)
