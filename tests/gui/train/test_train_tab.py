"""The training page: what it offers and says where nothing, or hardly anything, is trained."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.datasets.sources import load_test_digits
from core.models.library import MODEL_FILES, ModelBundle, ModelLibrary
from core.training.events import (
    CanvasGuess,
)
from core.training.presets import PRESETS
from gui.pad.document import PadDocument
from gui.recognition.active_model import ActiveModel
from gui.recognition.live_recognition import LiveRecognition
from gui.train.train_tab import TrainTab
from tests.gui.train.conftest import LONG_MS, LoadingOnRequest, Page


def test_the_names_that_scripts_rely_on(page: Page) -> None:
    for kind, name in (
        (QComboBox, "trainPreset"),
        (QComboBox, "trainData"),
        (QSpinBox, "trainEpochs"),
        (QSpinBox, "trainBatchSize"),
        (QPushButton, "trainStart"),
        (QPushButton, "trainPause"),
        (QPushButton, "trainStop"),
        (QProgressBar, "trainProgress"),
        (QLabel, "trainStatus"),
        (QWidget, "trainCurves"),
        (QPushButton, "trainUse"),
    ):
        page.find(kind, name)
    presets = page.find(QComboBox, "trainPreset")
    assert [presets.itemData(row) for row in range(presets.count())] == list(PRESETS)
    assert page.status == "Ready"


def test_whoever_hears_the_page_hears_what_it_says(page: Page) -> None:
    page.draw_seven()
    page.tab.guess.show_event(CanvasGuess((0.0,) * 7 + (0.9, 0.1, 0.0)))
    said = [label for label in page.tab.findChildren(QLabel) if label.text().strip() and "&" not in label.text()]
    assert {"trainStatus", "trainGuessAnswer", "trainGuessHint"} <= {label.objectName() for label in said}
    for label in said:
        assert QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name) == label.text()


def test_the_status_stands_in_the_middle_between_the_edges_of_its_card(page: Page) -> None:
    status, progress = page.find(QLabel, "trainStatus"), page.find(QProgressBar, "trainProgress")
    assert status.text() == "Ready"
    image = page.tab.run.grab().toImage()
    corner = status.mapTo(page.tab.run, QPoint(0, 0))
    column = range(corner.x() + 2, corner.x() + 40)
    card = image.pixel(corner.x() - 2, corner.y())
    inked = [y for y in range(4, progress.y() - 1) if any(image.pixel(x, y) != card for x in column)]
    above, below = inked[0], progress.y() - inked[-1]
    assert abs(above - below) <= 6


def test_tensorflow_is_not_loaded_before_the_page_is_looked_at(
    qtbot: QtBot, library: ModelLibrary, active_model: ActiveModel
) -> None:
    loading = LoadingOnRequest()
    recognition = LiveRecognition(PadDocument(), active_model)
    tab = TrainTab(library, active_model, recognition, loading)
    qtbot.addWidget(tab)
    qtbot.wait(100)
    assert not loading.was_asked_for
    tab.show()
    qtbot.waitUntil(lambda: loading.was_asked_for, timeout=LONG_MS)


def test_the_loading_of_tensorflow_is_said_and_may_be_trained_over(page: Page) -> None:
    page.until(lambda: page.loading.was_asked_for)
    page.loading.go_on()
    assert page.status == "Getting TensorFlow ready (opening its libraries)…"
    assert page.find(QPushButton, "trainStart").isEnabled()
    page.tab.choose_data("")
    assert page.status == "Choose a file or folder with your own digits first."
    page.until(lambda: not page.loading.is_under_way)
    assert page.status == "Choose a file or folder with your own digits first."
    page.tab.choose_data("mnist")
    assert page.status == "Ready"


def test_what_a_run_says_is_not_lost_to_the_loading(page: Page, tmp_path: Path) -> None:
    page.library.folder.write_text("a file in the way")
    page.press("trainStart")
    page.loading.go_on()
    assert not page.status.startswith("Getting")
    page.until_ended()
    page.until(lambda: not page.loading.is_under_way)
    assert page.status.startswith("Cannot save")


def test_a_tensorflow_that_cannot_be_loaded_is_told(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise ImportError("libtensorflow_cc.so.2: file too short")

    monkeypatch.setattr("core.learning.backend.load_tensorflow", fail)
    page.loading.go_on()
    page.until(lambda: not page.loading.is_under_way)
    assert page.status.startswith("Loading TensorFlow failed because of an error inside DigitPad (ImportError)")


def test_it_fits_a_small_screen(page: Page) -> None:
    least = page.tab.minimumSizeHint()
    assert least.width() <= 1024
    assert least.height() <= 700 - 100  # less menus, tabs and status bar


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_brings_its_own_settings(page: Page, name: str) -> None:
    box = page.find(QComboBox, "trainPreset")
    box.setCurrentIndex((box.findData(name) + 1) % box.count())
    box.setCurrentIndex(box.findData(name))
    preset = PRESETS[name]
    assert page.find(QSpinBox, "trainEpochs").value() == preset.epochs
    assert page.find(QSpinBox, "trainBatchSize").value() == preset.batch_size
    assert page.find(QDoubleSpinBox, "trainLearningRate").value() == preset.learning_rate
    assert page.find(QCheckBox, "trainAugment").isChecked() == preset.augment
    synthesize = page.find(QCheckBox, "trainSynthesize")
    assert synthesize.isEnabled() == synthesize.isChecked() == (preset.synthesized_share > 0)
    assert preset.layers in page.text("trainNetwork")
    said = f"Documented: {preset.documented}" if preset.documented else f"Measured: {preset.measured}"
    assert page.text("trainDocumented") == said
    complete = page.tab.form.spec().completed()
    assert (complete.preset, complete.synthesize) == (preset, preset.synthesized_share > 0)


def test_synthesised_digits_can_be_left_out(page: Page) -> None:
    synthesize = page.find(QCheckBox, "trainSynthesize")
    assert page.tab.form.spec().completed().synthesize
    synthesize.click()
    assert not page.tab.form.spec().completed().synthesize


def test_how_it_is_computed_can_be_chosen(page: Page) -> None:
    engine = page.find(QComboBox, "trainEngine")
    assert page.tab.form.spec().engine == ""
    engine.setCurrentIndex(engine.findData("float32"))
    assert page.tab.form.spec().engine == "float32"


def test_what_is_wrong_with_the_data_is_said_in_the_form(page: Page, tmp_path: Path, few_digits: str) -> None:
    start = page.find(QPushButton, "trainStart")
    page.tab.choose_data(str(tmp_path / "nowhere.npz"))
    assert not start.isEnabled()
    page.until(lambda: "There is no file or folder" in page.status)
    assert "There is no file or folder" in page.text("trainDataSentence").replace("\u200b", "")
    (tmp_path / "text.npz").write_text("no digits in here")
    page.tab.choose_data(str(tmp_path / "text.npz"))
    page.until(lambda: page.status.startswith("text.npz"))
    assert not start.isEnabled()
    assert start.toolTip().split() == page.status.split()
    page.tab.choose_data(few_digits)
    page.until(start.isEnabled)
    assert page.status == "Ready"
    assert "400 digits to train with and 200 to test" in page.text("trainDataSentence")
    page.tab.choose_data("mnist:1234")
    assert start.isEnabled()
    assert page.tab.form.spec().data == "mnist:1234"


def test_one_button_at_a_time_stands_out(page: Page, small_model: ModelBundle) -> None:
    def stands_out() -> list[str]:
        buttons = page.tab.findChildren(QPushButton)
        return [b.objectName() for b in buttons if b.isVisible() and b.isEnabled() and b.property("primary")]

    def show_result(name: str, mistakes: int) -> None:
        test = replace(small_model.card.test, mistakes=mistakes) if small_model.card.test else None
        saved = page.library.save(replace(small_model.card, name=name, test=test), copy_files)
        page.tab._show_result(saved.slug, load_test_digits("mnist"))

    def copy_files(folder: Path) -> None:
        for name in MODEL_FILES:
            shutil.copyfile(small_model.folder / name, folder / name)

    assert stands_out() == ["trainStart"]
    show_result("Better", 0)
    assert stands_out() == ["trainUse"]
    page.press("trainUse")
    assert stands_out() == ["trainStart"]
    show_result("Worse", 9_000)
    assert stands_out() == ["trainStart"]


def test_the_digit_on_the_pad(page: Page) -> None:
    assert page.text("trainGuessHint") == "Draw a digit or a number on the Draw tab to watch it being learned."
    page.draw_seven()
    page.until(lambda: "Start training" in page.text("trainGuessHint"))
    page.tab.guess.show_event(CanvasGuess((0.0,) * 7 + (0.9, 0.1, 0.0)))
    assert page.text("trainGuessAnswer") == "7  ·  90.0 %"
    page.pad.clear()
    page.until(lambda: page.text("trainGuessAnswer") == "–")
    page.tab.guess.show_event(CanvasGuess((0.0,) * 7 + (0.9, 0.1, 0.0)))
    assert page.text("trainGuessAnswer") == "–"  # a guess that was under way when the pad was cleared


def test_the_preview_of_augmentation_shows_other_digits_when_clicked(page: Page) -> None:
    preview = page.tab.form.preview
    page.until(lambda: preview.images is not None)
    first = preview.images
    assert first is not None and first.shape == (15, 28, 28)
    originals, *variations = np.split(first.astype(np.int16), 3)
    for others in (variations[0], variations[1]):
        differences = np.abs(originals - others).mean(axis=(1, 2))
        assert (differences > 0.1 * originals.mean(axis=(1, 2))).all()  # a thin 1 has little ink to differ in
        assert differences.mean() > 4, "it can hardly be seen"
    assert not np.array_equal(*variations)
    QTest.mouseClick(preview, Qt.MouseButton.LeftButton)
    page.until(lambda: preview.images is not first)


def test_the_wheel_over_a_field_scrolls_the_page_only(page: Page) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent

    epochs = page.find(QSpinBox, "trainEpochs")
    page.find(QPushButton, "trainStart").setFocus()
    before = epochs.value()
    event = QWheelEvent(
        QPointF(5, 5),
        epochs.mapToGlobal(QPointF(5, 5)),
        QPoint(0, 120),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(epochs, event)
    assert epochs.value() == before
