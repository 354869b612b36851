"""In a small window and with large texts everything can be seen whole, or be scrolled to."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.datasets.sources import load_test_digits
from core.models.library import ModelBundle, ModelLibrary
from core.training.events import BatchDone, CanvasGuess, ChoiceNeeded, ChoiceReason, EpochDone, RunStarted
from core.wording.run_messages import Question
from gui.main_window import MainWindow
from gui.models.models_dialog import ModelsDialog
from gui.pad.document import PadDocument
from gui.recognition.active_model import ActiveModel
from gui.recognition.live_recognition import LiveRecognition
from gui.system.background import join_background
from gui.train.details import Detail
from gui.train.phase import Phase
from gui.train.tensorflow_loading import TensorFlowLoading
from gui.train.train_tab import TrainTab
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.theme import use_text_scale
from tests.gui.fitting import faults, screen_faults, tab_faults

ROOMS = [(1.0, 800, 430), (2.0, 800, 370), (1.0, 683, 270), (1.0, 960, 380), (1.25, 1092, 480), (2.0, 1366, 560)]
"""Scales of texts, and what windows of 800x560 and others leave for a page between their menus and status bars."""
LONG = "The folder “/home/somebody/pictures/handwriting/of-the-whole-class/2026” holds no digits that can be read. " * 2
LONG_NAME = "My own digits, with crossed sevens and Antonia’s-ones-2026"

Copy = Callable[[ModelLibrary, str], ModelBundle]


class LoadsNothing(TensorFlowLoading):
    def begin(self) -> None:
        pass

    def announce(self) -> None:
        pass


@pytest.fixture
def page(qtbot: QtBot, library: ModelLibrary, active_model: ActiveModel) -> Iterator[TrainTab]:
    page = TrainTab(library, active_model, LiveRecognition(PadDocument(), active_model), LoadsNothing())
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    yield page
    assert join_background(60_000)


def train(page: TrainTab) -> None:
    """Let the page show a run under way, with the longest texts and numbers."""
    page.choose_data("mnist")
    page.run.begin()
    material = (
        "54,000 digits of MNIST, 28,500 synthesised, 17,100 drawings of no digit.",
        "Computed in bfloat16, XLA.",
    )
    run = RunStarted("digitpad", 99_600, 54_000, 6_000, 10_000, 26, 778, 128, 1, material=material)
    batch = BatchDone(3, 777, (2.3025,), (0.1,), 12_345.0, 3_661.0)
    for event in (run, batch, CanvasGuess((0.999, *[0.0001] * 9)), *(epoch(number) for number in range(1, 4))):
        for view in (page.run, page.curves, page.table, page.guess):
            view.show_event(event)


def epoch(number: int) -> EpochDone:
    return EpochDone(number, 0.1698, 1.0, 0.1616, 1.0, 754.0)


def choose_mine(page: TrainTab) -> None:
    page.choose_data(f"digits:{LONG_NAME}+mnist:80,unseen")
    page.form.data.mine.show_writers(("", "Bob", LONG_NAME))


def choose_what_is_not_there(page: TrainTab) -> None:
    page.choose_data("digits")
    page.form.data.mine.show_writers(())


def pause(page: TrainTab) -> None:
    page.run.buttons.pause.click()


def look_closer(page: TrainTab, detail: Detail) -> None:
    page.details.show_detail(detail)


def ask(page: TrainTab) -> None:
    page.run.show_event(ChoiceNeeded(ChoiceReason.SAVE_FAILED, Question.TRY_AGAIN(problem=LONG)))


def fail(page: TrainTab) -> None:
    page.run.show_failure(LONG)


@pytest.mark.parametrize(("scale", "width", "height"), ROOMS)
def test_the_training_page_fits(
    page: TrainTab, library: ModelLibrary, copy_model: Copy, scale: float, width: int, height: int
) -> None:
    """In every phase of a run; what is needed during it is in sight without scrolling, the rest by scrolling."""
    use_text_scale(scale)
    page.resize(width, height)

    def end(page: TrainTab) -> None:
        page.result.show_model(copy_model(library, LONG_NAME), load_test_digits("mnist"))
        page.result.show()
        page.guess.slider.show_epochs(range(1, 1001), is_live=False)
        page.guess.slider.allow_keeping(True)
        page.run.show_estimate("About 2 h 35 min here, usually 99.6 %")

    looks = [partial(look_closer, detail=detail) for detail in Detail]
    for change in (lambda page: None, choose_mine, choose_what_is_not_there, train, pause, ask, fail, end, *looks):
        change(page)
        assert faults(page) == []
        assert page.size() == QSize(width, height)
        for part in (page.run.status, page.run.progress, page.run.buttons.start):
            if part.isVisible():
                assert part.visibleRegion().boundingRect() == part.rect(), part.objectName()
    page.run.buttons.enter(Phase.NONE)
    first = page.form.preset if page.form.y() == 0 and page.run.x() > page.form.width() else page.run.buttons.start
    assert tab_faults(page, first) == []


def test_texts_may_become_larger_and_smaller_while_they_are_shown(page: TrainTab) -> None:
    page.resize(800, 430)
    for scale in (2.0, 0.9, 1.5, 1.0):
        use_text_scale(scale)
        assert faults(page) == []


def test_a_name_is_not_cut_shorter_because_texts_are_larger(
    page: TrainTab, library: ModelLibrary, active_model: ActiveModel, copy_model: Copy
) -> None:
    active_model.use(copy_model(library, LONG_NAME))
    before = page.form.continue_box.text()
    assert "…" in before
    use_text_scale(2.0)
    assert len(page.form.continue_box.text()) == pytest.approx(len(before), abs=1)


def test_the_page_is_one_column_or_two_as_there_is_room(page: TrainTab) -> None:
    page.resize(1180, 709)
    QApplication.processEvents()
    assert page.form.isVisible() and page.curves.isVisible()
    assert page.run.mapTo(page, page.run.rect().topLeft()).x() > page.form.width()
    focused = page.form.epochs
    focused.setFocus()
    page.resize(683, 500)
    QApplication.processEvents()
    assert page.curves.mapTo(page, page.curves.rect().topLeft()).x() < 20
    assert focused.hasFocus()


def test_the_list_of_models_fits(
    qtbot: QtBot, library: ModelLibrary, active_model: ActiveModel, copy_model: Copy
) -> None:
    for name in ("Mine", LONG_NAME, "1234567890" * 6):
        copy_model(library, name)
    dialog = ModelsDialog(library, active_model)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 4 and dialog.isActiveWindow(), timeout=30_000)
    assert screen_faults(dialog) == []
    dialog.page.show_facts(LONG, is_problem=True)
    for scale, width, height in ((1.0, 800, 520), (2.0, 800, 520), (1.0, 683, 340), (2.0, 683, 340)):
        use_text_scale(scale)
        dialog.resize(width, height)
        for change in (lambda: None, lambda: dialog.page.say(LONG), dialog.page.delete.click):
            change()
            assert faults(dialog, elided=("modelList",)) == []
            assert dialog.size() == QSize(width, height)
        dialog.page.stop_asking()
    join_background(60_000)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_about_fits(window: MainWindow, qtbot: QtBot, scale: float) -> None:
    use_text_scale(scale)
    window.show_about()
    about = window.findChild(QWidget, "about")
    assert about is not None
    qtbot.waitUntil(lambda: about.isActiveWindow())
    assert screen_faults(about) == []
    for width, height in ((800, 520), (683, 340), (560, 500)):
        about.resize(width, height)
        assert faults(about) == []
        assert about.size() == QSize(width, height)


def test_qt_s_own_file_dialog_fits(qtbot: QtBot) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.resize(2000, 1500)
    dialog.show()
    assert screen_faults(dialog) == []


def test_about_opens_at_its_beginning(window: MainWindow, qtbot: QtBot) -> None:
    use_text_scale(2.0)
    window.show_about()
    about = window.findChild(QWidget, "about")
    assert about is not None
    qtbot.waitUntil(lambda: about.isActiveWindow())
    version = about.findChild(QLabel, "aboutVersion")
    assert version is not None
    qtbot.waitUntil(lambda: version.visibleRegion().boundingRect() == version.rect())


# --- the check itself -------------------------------------------------------------------------------------


def found_in(qtbot: QtBot, *parts: QWidget, width: int) -> str:
    place = QWidget()
    qtbot.addWidget(place)
    for part in parts:
        part.setParent(place)
    place.resize(width, 40)
    place.show()
    return " ".join(faults(place))


def test_what_is_cut_elided_or_overlaps_is_found(qtbot: QtBot) -> None:
    button, label, elided = QPushButton("Start training"), QLabel("Some words"), ElidedLabel("Some more words")
    button.setGeometry(0, 0, 40, 32)
    assert "PushButton 'Start training': needs" in found_in(qtbot, button, width=200)
    label.setGeometry(190, 0, 100, 20)
    assert "is cut by" in found_in(qtbot, label, width=200)
    elided.setGeometry(0, 0, 30, 20)
    assert "is elided" in found_in(qtbot, elided, width=200)
    one, other = QLabel("one"), QLabel("other")
    one.setGeometry(0, 0, 100, 20)
    other.setGeometry(50, 10, 100, 20)
    assert "overlap by 50x10" in found_in(qtbot, one, other, width=200)
    wrapped = QLabel("many words that need three lines here")
    wrapped.setWordWrap(True)
    wrapped.setGeometry(0, 0, 100, 20)
    assert "needs" in found_in(qtbot, wrapped, width=200)


def test_a_tab_that_jumps_back_is_found(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    fields = [QLineEdit() for _ in range(3)]
    for field, name in zip(fields, "abc", strict=True):
        field.setObjectName(name)
    for layout, order in ((QVBoxLayout, "abc"), (QHBoxLayout, "bac")):
        row = layout(inside := QWidget(place))
        for name in order:
            row.addWidget(fields["abc".index(name)])
        inside.resize(300, 150)
        inside.show()
        place.show()
        place.activateWindow()
        qtbot.waitUntil(place.isActiveWindow)
        for one, other in (fields[:2], fields[1:]):
            QWidget.setTabOrder(one, other)
        assert tab_faults(place, fields[0]) == (
            [] if order == "abc" else ["Tab goes back from QLineEdit 'a' to QLineEdit 'b'"]
        )
