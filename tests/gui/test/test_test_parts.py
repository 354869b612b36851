"""What else the page of tests does with a result: confidence and a threshold, damage, files."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from core.judging.damage import PUBLISHED, Damage, damaged
from core.judging.reliability import select
from core.judging.robustness import damage_rng, sample_digits
from core.models.library import ModelLibrary
from core.recognition.recognizer import Recognizer
from tests.gui.test.conftest import COUNT, PATIENCE_MS, Page, press, run, said

LEFT = Qt.MouseButton.LeftButton


# --- confidence, damage and files -------------------------------------------------------------------------------


def test_the_threshold_says_what_is_left(tested: Page) -> None:
    tested.page.bar.setCurrentIndex(1)
    slider = tested.findChild(QSlider, "refuseBelow")
    assert slider is not None and tested.test is not None
    limits = tested.test.model.bundle.card.thresholds
    assert slider.value() == round(1000 * limits.reject_below)
    save = tested.findChild(QPushButton, "refuseBelowSave")
    assert save is not None and not save.isEnabled()
    slider.setFocus()
    for _ in range(3):
        QTest.keyClick(slider, Qt.Key.Key_PageUp)
    chosen = limits.reject_below + 0.03
    assert tested.page.confidence.refuse_below == pytest.approx(chosen)
    assert said(tested, "refuseBelowResult") == select(tested.test.model.answers, limits, chosen).sentence
    assert said(tested, "refuseBelowCaption") == f"Refuse below {100 * chosen:.1f} %"
    assert save.text() == "Save in a copy of the model"


def test_a_threshold_is_saved_in_a_copy_of_the_shipped_model(tested: Page, qtbot: QtBot, library: ModelLibrary) -> None:
    tested.page.bar.setCurrentIndex(1)
    tested.page.confidence.slider.setValue(900)
    with qtbot.waitSignal(tested.information) as caught:
        press(tested, "refuseBelowSave")
    assert caught.args == ["“DigitPad 2” refuses answers below 90.0 %."]
    assert library.find("DigitPad 2").card.thresholds.reject_below == 0.9
    assert library.shipped_bundle().card.thresholds.reject_below != 0.9


def test_a_threshold_is_saved_with_ones_own_model(page: Page, qtbot: QtBot, library: ModelLibrary) -> None:
    QTest.keyClick(page.page.choice.model, Qt.Key.Key_Down)
    assert page.page.choice.model.currentText() == "Mine"
    run(page, qtbot)
    page.page.bar.setCurrentIndex(1)
    page.page.confidence.slider.setValue(700)
    press(page, "refuseBelowSave")
    assert library.find("mine").card.thresholds.reject_below == 0.7
    save = page.findChild(QPushButton, "refuseBelowSave")
    assert save is not None
    qtbot.waitUntil(lambda: not save.isEnabled(), timeout=PATIENCE_MS)
    assert page.test is not None and page.test.model.bundle.card.thresholds.reject_below == 0.7


def test_damaged_digits_are_read_by_both_models(tested: Page, qtbot: QtBot) -> None:
    tested.page.bar.setCurrentIndex(2)
    press(tested, "damageStart")
    assert said(tested, "testStatus") == "Damaging the digits…"
    qtbot.waitUntil(lambda: bool(tested.damages), timeout=2 * PATIENCE_MS)
    assert tested.test is not None
    digits = sample_digits(tested.test.digits)
    model = Recognizer(tested.test.model.bundle)
    row, strength = list(Damage).index(Damage.SHEAR), PUBLISHED[Damage.SHEAR]
    images = damaged(digits.images, Damage.SHEAR, strength, damage_rng(Damage.SHEAR, strength))
    right = (model.probabilities(images).argmax(axis=1) == digits.labels).mean()
    for table in tested.page.damage.tables:
        assert table.isVisible()
        assert table.table.cells.index(row, strength - 1).data() == f"{100 * right:.1f}"
        assert (table.table.cells.rowCount(), table.table.cells.columnCount()) == (15, 5)
    table = tested.page.damage.tables[0].table
    table.setCurrentIndex(table.cells.index(row, 4))
    assert tested.page.damage.strip.caption.text() == "Shear, strength 5"


@pytest.mark.parametrize(
    ("suffix", "beginning"), [("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF-"), ("csv", b"number,")]
)
def test_a_test_is_saved(tested: Page, qtbot: QtBot, tmp_path: Path, suffix: str, beginning: bytes) -> None:
    assert tested.test is not None
    path = tmp_path / f"report.{suffix}"
    with qtbot.waitSignal(tested.information, timeout=PATIENCE_MS) as caught:
        save(tested, path)
    assert caught.args == [f"Saved as {path}"]
    content = path.read_bytes()
    assert content.startswith(beginning)
    if suffix == "pdf":
        assert content.rstrip().endswith(b"%%EOF")
        assert content.count(b"/Type /Page\n") >= 2
        assert content.count(b"/Subtype /Image") > 20, "figures and mistakes"
    if suffix == "csv":
        assert content.count(b"\n") == COUNT + 1


def test_a_file_that_cannot_be_saved_is_a_sentence(tested: Page, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with qtbot.waitSignal(tested.problem, timeout=PATIENCE_MS) as caught:
        save(tested, tmp_path / "file" / "report.html")
    assert caught.args[0].startswith("Cannot save ")


def save(page: Page, path: Path) -> None:
    from core.judging.disputed import DisputedLabels

    assert page.test is not None
    page.files.save(path, page.test, DisputedLabels(path.parent, page.test.fingerprint, COUNT), page.damages)


# --- dialogs, menus, and the window around the page ------------------------------------------------------------


def answer_dialog(path: Path) -> None:
    """Type a name without its suffix into the next file dialog."""

    def fill_in() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, fill_in)
            return
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(str(path))
        QTimer.singleShot(100, dialog.accept)

    QTimer.singleShot(20, fill_in)


@pytest.mark.parametrize("number", range(3))
def test_the_menu_asks_where_and_saves(tested: Page, qtbot: QtBot, tmp_path: Path, number: int) -> None:
    menu = tested.page.result.save.menu()
    action = menu.actions()[number]
    answer_dialog(tmp_path / "mine")
    with qtbot.waitSignal(tested.information, timeout=PATIENCE_MS) as caught:
        action.trigger()
    path = tmp_path / f"mine.{action.data()}"
    assert caught.args == [f"Saved as {path}"] and path.stat().st_size > 1000


def test_pages_are_made_of_a_report(tested: Page) -> None:
    from core.judging.report import make_report
    from gui.test.pdf_pages import pdf_of

    assert tested.test is not None
    pdf = pdf_of(make_report(tested.test), "A title")
    assert pdf.startswith(b"%PDF-") and len(pdf) > 20_000


def test_while_a_file_is_saved_another_has_to_wait(tested: Page, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignals([tested.information, tested.problem], timeout=PATIENCE_MS):
        save(tested, tmp_path / "one.html")
        assert tested.files.is_busy
        save(tested, tmp_path / "two.html")
    assert (tmp_path / "one.html").exists() and not (tmp_path / "two.html").exists()
