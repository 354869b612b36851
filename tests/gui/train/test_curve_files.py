"""Saving the curves: the real dialog, the picture, the numbers, and what is said."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from core.settings import SettingsFile
from core.training.events import BatchDone, EpochDone, RunStarted
from gui.train.curve_files import CurveFiles, curve_rows
from gui.train.curve_points import MAX_CELLS, BatchSeries
from gui.train.curves import REDRAW_MS, Curves
from gui.widgets.theme import LIGHT


@pytest.fixture
def curves(qtbot: QtBot) -> Curves:
    """Two epochs of three batches."""
    curves = Curves()
    qtbot.addWidget(curves)
    curves.resize(640, 220)
    curves.show()
    qtbot.waitExposed(curves)
    return curves


@pytest.fixture
def files(curves: Curves, tmp_path: Path) -> CurveFiles:
    return CurveFiles(curves, SettingsFile(tmp_path / "settings.json"))


def train(curves: Curves) -> None:
    curves.show_event(RunStarted("dense", 1000, 96, 20, 100, 2, 3, 32, 1))
    for epoch, losses in ((1, (2.0, 1.0, 0.5)), (2, (0.25, 0.25, 0.25))):
        curves.show_event(BatchDone(epoch, 3, losses, (0.5, 0.75, 1.0), 1000.0, 1.0))
        curves.show_event(EpochDone(epoch, 1.0, 0.75, 0.4 / epoch, 0.8, 1.0))


def save_button(curves: Curves) -> QToolButton:
    button = curves.findChild(QToolButton, "trainCurvesSave")
    assert button is not None
    return button


def answer_dialog(path: Path, kind: str) -> None:
    """Choose the kind of file, and type a name without its suffix."""

    def fill_in() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, fill_in)
            return
        dialog.selectNameFilter(kind)
        dialog.filterSelected.emit(kind)
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(str(path))
        QTimer.singleShot(100, dialog.accept)

    QTimer.singleShot(20, fill_in)


@pytest.mark.parametrize(("kind", "suffix"), [("PNG (*.png)", ".png"), ("CSV (*.csv)", ".csv")])
def test_the_button_asks_where_and_saves(
    curves: Curves, files: CurveFiles, tmp_path: Path, kind: str, suffix: str
) -> None:
    assert not save_button(curves).isEnabled(), "there is nothing yet"
    train(curves)
    said: list[str] = []
    files.information.connect(said.append)
    answer_dialog(tmp_path / "mine", kind)
    QTest.mouseClick(save_button(curves), Qt.MouseButton.LeftButton)
    assert said == [f"Saved as {tmp_path / 'mine'}{suffix}"]
    assert (tmp_path / f"mine{suffix}").stat().st_size > 100
    assert SettingsFile(tmp_path / "settings.json").values.last_folder == str(tmp_path)


def test_the_picture_shows_the_curves_twice_as_fine(
    qtbot: QtBot, curves: Curves, files: CurveFiles, tmp_path: Path
) -> None:
    train(curves)
    qtbot.wait(REDRAW_MS + 100)
    files.save_path(tmp_path / "curves.png")
    image = QImage(str(tmp_path / "curves.png"))
    assert (image.width(), image.height()) == (2 * curves.width(), 2 * curves.height())
    colours = colours_of(image)
    assert {LIGHT.training, LIGHT.validation, LIGHT.card, LIGHT.text} <= colours
    corner = colours_of(image.copy(image.width() - 120, 0, 120, 70))
    assert corner == {LIGHT.card}, "there are no buttons"


def colours_of(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_the_numbers_are_those_of_the_run(curves: Curves, files: CurveFiles, tmp_path: Path) -> None:
    train(curves)
    files.save_path(tmp_path / "curves.csv")
    with (tmp_path / "curves.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["last batch"] for row in rows] == ["1", "2", "3", "3", "4", "5", "6", "6"]
    assert [float(row["highest loss"]) for row in rows if row["highest loss"]] == [2.0, 1.0, 0.5, 0.25, 0.25, 0.25]
    assert [float(row["lowest accuracy"]) for row in rows if row["lowest accuracy"]] == [0.5, 0.75, 1.0] * 2
    validation = [row for row in rows if row["validation loss"]]
    assert [(row["epochs"], row["validation loss"], row["validation accuracy"]) for row in validation] == [
        ("1.0", "0.4", "0.8"),
        ("2.0", "0.2", "0.8"),
    ]
    assert not validation[0]["mean loss"]
    assert float(rows[0]["epochs"]) == pytest.approx(1 / 3)


def test_the_numbers_of_a_long_run_lose_no_extreme() -> None:
    loss, accuracy = BatchSeries(5), BatchSeries(5)
    values = [1.0] * (3 * MAX_CELLS)
    values[700], values[701] = 9.0, 0.0
    loss.add(values)
    accuracy.add(values)
    rows = curve_rows(loss, accuracy, [], batches_per_epoch=MAX_CELLS)
    firsts, lasts = [row[1] for row in rows], [row[2] for row in rows]
    assert (firsts[0], lasts[-1]) == (1, len(values))
    assert all(int(last or 0) + 1 == first for last, first in zip(lasts, firsts[1:], strict=False))
    assert min(float(row[3] or 0) for row in rows) == 0.0
    assert max(float(row[4] or 0) for row in rows) == 9.0


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("curves.gif", "curves.gif: a plot can only be saved as PNG or CSV."), ("file/curves.png", "file")],
)
def test_what_cannot_be_saved_is_said(
    curves: Curves, files: CurveFiles, tmp_path: Path, name: str, sentence: str
) -> None:
    train(curves)
    (tmp_path / "file").write_text("in the way")
    said: list[str] = []
    files.problem.connect(said.append)
    files.save_path(tmp_path / name)
    assert len(said) == 1 and sentence in said[0]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
