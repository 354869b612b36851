"""Choosing digits to train with: the sentence beneath is about what is chosen, as it is by now."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6 import QtGui
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.system.background import Checkpoint, join_background
from gui.train.data_field import DataField
from gui.train.source_check import CheckedSource, SourceCheck, check_data


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[DataField]:
    field = DataField()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitActive(field)
    yield field
    join_background()


def press_return(field: DataField) -> None:
    QTest.keyClick(field.path, Qt.Key.Key_Return)


def browse(field: DataField) -> None:
    field._choose_file()


def come_back(field: DataField) -> None:
    QCoreApplication.sendEvent(field, QEvent(QEvent.Type.ActivationChange))


def test_a_path_that_looks_like_html_is_shown_as_it_is(qtbot: QtBot, field: DataField) -> None:
    field.choose("/<b>nowhere</b>.npz")
    qtbot.waitUntil(lambda: "There is no file or folder" in field.problem())
    assert field.sentence.textFormat() == Qt.TextFormat.PlainText
    assert "<b>nowhere</b>.npz" in field.sentence.toolTip()
    assert not QtGui.Qt.mightBeRichText(field.sentence.toolTip())


@pytest.mark.parametrize("look_again", [press_return, browse, come_back])
def test_a_file_that_was_mended_is_checked_again(
    qtbot: QtBot,
    field: DataField,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    look_again: Callable[[DataField], None],
) -> None:
    path = tmp_path / "own.npz"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *arguments: (str(path), ""))
    path.write_text("no digits in here")
    field.choose(str(path))
    qtbot.waitUntil(lambda: field.problem().startswith("own.npz"))
    images = np.zeros((100, 28, 28), np.uint8)
    images[:, 8:20, 12:15] = 255
    np.savez(path, x_train=images, y_train=np.arange(100) % 10)
    look_again(field)
    qtbot.waitUntil(lambda: field.problem() == "")


def test_digits_of_the_data_are_shown_over_their_labels(
    qtbot: QtBot, field: DataField, few_digits: str, mnist: dict[str, npt.NDArray[np.uint8]], tmp_path: Path
) -> None:
    samples = field.samples

    def until_read() -> None:
        qtbot.waitUntil(lambda: samples.shown is not None, timeout=30_000)

    field.check()
    until_read()
    assert samples.accessibleDescription() == "labelled 5, 0, 4, 1, 9, 2"
    assert samples.shown is not None and np.array_equal(samples.shown.images, mnist["x_train"][:6])
    black = [samples.grab().toImage().pixelColor(3 + 46 * column, 3).lightness() for column in range(6)]
    assert max(black) == 0, "each digit stands on black"
    QTest.mouseClick(samples, Qt.MouseButton.LeftButton)
    assert not np.array_equal(samples.shown.images, mnist["x_train"][:6])
    mirrored = {name: mnist[name][:30, :, ::-1] if name[0] == "x" else mnist[name][:30] for name in mnist}
    np.savez(tmp_path / "own.npz", **mirrored)
    field.choose(str(tmp_path / "own.npz"))
    assert samples.shown is None
    until_read()
    assert np.array_equal(samples.shown.labels, mnist["y_train"][:6])
    field.choose("mnist")
    field.choose(str(tmp_path / "own.npz"))
    until_read()
    field.choose(str(tmp_path / "gone.npz"))
    qtbot.waitUntil(lambda: "There is no file" in field.problem())
    assert samples.shown is None
    QTest.mouseClick(samples, Qt.MouseButton.LeftButton)
    assert samples.shown is None


@pytest.fixture
def checks(qapp: object) -> Iterator[SourceCheck]:
    yield SourceCheck()
    join_background()


def test_the_failure_of_one_check_is_not_told_of_the_next_source(
    qtbot: QtBot, checks: SourceCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def look(source: str, checkpoint: Checkpoint, digits: Path | None) -> CheckedSource:
        if source == "first":
            go_on.wait()
            raise ZeroDivisionError
        return CheckedSource(source, "fine", is_usable=True)

    monkeypatch.setattr("gui.train.source_check.check_data", look)
    told: list[CheckedSource | None] = []
    checks.answered.connect(lambda: told.append(checks.answer("second")))
    checks.check("first")
    checks.check("second")
    go_on.set()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [None, CheckedSource("second", "fine", is_usable=True)]


def test_a_check_that_nobody_waits_for_any_more_makes_room_for_the_next(
    qtbot: QtBot, checks: SourceCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(source: str, checkpoint: Checkpoint, digits: Path | None) -> CheckedSource:
        while source == "endless":
            checkpoint()
        return CheckedSource(source, "fine", is_usable=True)

    monkeypatch.setattr("gui.train.source_check.check_data", look)
    checks.check("endless")
    checks.check("other")
    qtbot.waitUntil(lambda: checks.answer("other") is not None)
    assert checks.answer("endless") is None


def test_the_check_of_a_folder_can_be_cancelled(tmp_path: Path) -> None:
    class GaveUp(Exception):
        pass

    def checkpoint() -> None:
        raise GaveUp

    for digit in range(10):
        (tmp_path / str(digit)).mkdir()
        (tmp_path / str(digit) / "one.png").write_bytes(b"")
    with pytest.raises(GaveUp):
        check_data(str(tmp_path), checkpoint)


def test_digits_that_lie_on_their_side_are_said_before_the_training(
    qtbot: QtBot, field: DataField, tmp_path: Path, mnist: dict[str, np.ndarray]
) -> None:
    digits, labels = mnist["x_train"][:60].swapaxes(1, 2), mnist["y_train"][:60]
    np.savez(tmp_path / "sideways.npz", x_train=digits, y_train=labels)
    field.choose(str(tmp_path / "sideways.npz"))
    field.check()
    qtbot.waitUntil(lambda: not field.problem(), timeout=30_000)
    assert field.sentence.text().endswith("These digits lie on their side, so they were turned.")
