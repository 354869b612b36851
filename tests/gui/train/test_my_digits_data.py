"""The user's own digits as training data: which of them, as they are by now, and how a run on them is judged."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from core.digits.arrays import Images
from core.models.library import ModelLibrary
from core.settings import SettingsFile
from core.training.events import Event, RunStarted
from gui.main_window import MainWindow
from gui.recognition.active_model import ActiveModel
from gui.recognition.my_digits import MyDigits
from gui.system.background import join_background
from gui.system.destroying import destroy
from gui.train.data_field import MINE, DataField
from gui.train.remembered_data import RememberedData
from tests.core.samples.kept_digits import drawn_sample
from tests.gui.train.conftest import Gate, Page, opened_page


@pytest.fixture
def digits(qapp: object, tmp_path: Path) -> Iterator[MyDigits]:
    digits = MyDigits(tmp_path / "kept" / "digits.sqlite", SettingsFile(tmp_path / "writer.json"))
    yield digits
    digits.close()
    destroy(digits)


@pytest.fixture
def field(qtbot: QtBot, digits: MyDigits) -> Iterator[DataField]:
    field = DataField()
    field.follow(digits)
    qtbot.addWidget(field)
    field.show()
    qtbot.waitActive(field)
    yield field
    join_background()


def keep(digits: MyDigits, count: int, *, writer: str, first: int = 0) -> None:
    samples = [drawn_sample(first + number, writer=writer) for number in range(count)]
    assert digits.change(lambda store: store.keep(*samples))


def choose_mine(field: DataField) -> None:
    """As with the keyboard: arrow down until it is there."""
    field.kind.setFocus()
    while field.kind.currentData() != MINE:
        QTest.keyClick(field.kind, Qt.Key.Key_Down)


def until_said(qtbot: QtBot, field: DataField, words: str) -> None:
    qtbot.waitUntil(lambda: words in field.sentence.text().replace("\u200b", ""), timeout=30_000)


def test_the_options_are_there_when_my_digits_are_chosen(qtbot: QtBot, field: DataField, digits: MyDigits) -> None:
    keep(digits, 42, writer="Ada")
    keep(digits, 28, writer="Bob", first=100)
    assert not field.mine.isVisible()
    choose_mine(field)
    assert field.mine.isVisible() and not field.path.isVisible() and not field.count.isVisible()
    until_said(qtbot, field, "60 digits to train with and 10 to test")
    assert field.problem() == "" and field.source() == "digits"
    qtbot.waitUntil(lambda: field.samples.shown is not None)
    writer = field.mine.writer
    assert [writer.itemText(row) for row in range(writer.count())] == ["By everybody", "By Ada", "By Bob"]
    QTest.keyClick(writer, Qt.Key.Key_Down)
    assert field.source() == "digits:Ada"
    until_said(qtbot, field, "36 digits to train with and 6 to test")
    QTest.keyClick(field.mine.unseen, Qt.Key.Key_Space)
    assert field.source() == "digits:Ada,unseen" and field.mine.unseen.text() == "Only test on Ada"
    until_said(qtbot, field, "28 digits to train with and 42 to test")
    assert "Only for testing: digits by Ada." in field.sentence.text()


def test_the_share_of_mnist_is_typed_or_chosen_by_the_arrows(qtbot: QtBot, field: DataField, digits: MyDigits) -> None:
    keep(digits, 70, writer="")
    choose_mine(field)
    share = field.mine.share
    shares = []
    for key in (*[Qt.Key.Key_Up] * 4, *[Qt.Key.Key_Down] * 4):
        QTest.keyClick(share, key)
        shares.append(share.value())
    assert shares == [20, 50, 80, 80, 50, 20, 0, 0]
    for typed in ("40", "40 %", "40 % MNIST"):
        share.setValue(0)
        share.selectAll()
        QTest.keyClicks(share, typed)
        assert field.source() == "digits+mnist:40"
    until_said(qtbot, field, "40 digits of MNIST are among the training digits, beside 60 of yours.")
    QTest.keyClick(share, Qt.Key.Key_Up)
    assert share.value() == 50
    share.selectAll()
    QTest.keyClicks(share, "100")
    assert field.problem() == "Share of MNIST: type a whole number from 0 to 99 %."
    until_said(qtbot, field, field.problem())


def test_without_digits_there_is_one_sentence_and_a_way_out(qtbot: QtBot, field: DataField, digits: MyDigits) -> None:
    choose_mine(field)
    until_said(qtbot, field, "No digits kept yet. Draw some in DigitPad, and keep each with its key, 0 to 9.")
    assert field.problem() == field.sentence.text()
    assert field.mine.writer.currentText() == "None kept yet"
    assert not field.mine.unseen.isEnabled() and not field.samples.isVisible()
    keep(digits, 10, writer="")
    until_said(qtbot, field, "9 digits to train with and 1 to test")
    assert field.mine.writer.currentText() == "By everybody"
    digits.remove(range(1, 11))
    until_said(qtbot, field, "No digits kept yet.")
    QTest.mouseClick(field.instead, Qt.MouseButton.LeftButton)
    assert field.source() == "mnist"


def test_what_is_kept_meanwhile_is_counted(qtbot: QtBot, field: DataField, digits: MyDigits) -> None:
    keep(digits, 35, writer="Ada")
    choose_mine(field)
    until_said(qtbot, field, "30 digits to train with and 5 to test")
    qtbot.waitUntil(lambda: field.samples.shown is not None)
    assert not field.mine.unseen.isEnabled()
    assert "at least two writers" in field.mine.unseen.toolTip().replace("\n", " ")
    keep(digits, 7, writer="Bob", first=100)
    assert field.samples.shown is not None, "they stay until there are others"
    until_said(qtbot, field, "36 digits to train with and 6 to test")
    assert field.mine.unseen.isEnabled()
    field.hide()
    keep(digits, 7, writer="Bob", first=200)
    field.show()
    field.check()
    until_said(qtbot, field, "42 digits to train with and 7 to test")
    field.mine.unseen.setChecked(True)
    assert field.source() == "digits,unseen"
    digits.change(lambda store: store.set_writer(range(1, 99), "Ada"))
    qtbot.waitUntil(lambda: field.source() == "digits", timeout=30_000)
    assert not field.mine.unseen.isEnabled()


def test_the_choice_is_remembered(qtbot: QtBot, field: DataField, digits: MyDigits, tmp_path: Path) -> None:
    keep(digits, 42, writer="Ada, & Co")
    keep(digits, 28, writer="Bob", first=100)
    settings = SettingsFile(tmp_path / "settings.json")
    settings.update(own_data=str(tmp_path / "own.npz"))
    RememberedData(field, settings)
    choice = "digits:Ada%2C & Co+mnist:35,unseen"
    field.choose(choice)
    assert field.source() == choice
    qtbot.waitUntil(lambda: SettingsFile(settings.path).values.data == choice, timeout=30_000)
    assert SettingsFile(settings.path).values.own_data == str(tmp_path / "own.npz")
    other = DataField()
    qtbot.addWidget(other)
    RememberedData(other, SettingsFile(settings.path))
    assert other.source() == choice
    assert other.mine.unseen.text() == "Only test on Ada, && Co"


def test_a_store_that_cannot_be_read_is_said(qtbot: QtBot, field: DataField, digits: MyDigits) -> None:
    digits.path.mkdir(parents=True)
    choose_mine(field)
    until_said(qtbot, field, "Your digits cannot be read")
    assert field.problem() == field.sentence.text().replace("\u200b", "")


def test_the_window_trains_with_the_digits_of_its_own_store(window: MainWindow, qtbot: QtBot) -> None:
    keep(window.my_digits, 14, writer="")
    window.tabs.setCurrentWidget(window.train_tab)
    window.train_tab.choose_data("digits")
    until_said(qtbot, window.train_tab.form.data, "12 digits to train with and 2 to test")


@pytest.fixture
def page(qtbot: QtBot, library: ModelLibrary, active_model: ActiveModel, digits: MyDigits) -> Iterator[Page]:
    with opened_page(qtbot, library, active_model, digits) as page:
        yield page


def test_a_run_is_compared_on_the_digits_that_tested_it(
    page: Page, digits: MyDigits, mnist: dict[str, Images], hold: Callable[[Callable[[Event], bool]], Gate]
) -> None:
    """What is kept or removed during a run changes nothing about its result."""
    pairs = zip(mnist["x_train"][:210], mnist["y_train"].tolist(), strict=False)
    samples = [replace(drawn_sample(0), image=image, label=label) for image, label in pairs]
    assert digits.change(lambda store: store.keep(*samples))
    gate = hold(lambda event: isinstance(event, RunStarted))
    page.choose("dense", "digits", epochs=1)
    assert page.find(QComboBox, "trainData").currentText() == "My digits"
    page.press("trainStart")
    page.until(gate.reached.is_set)
    digits.remove(range(100, 211))
    gate.open.set()
    page.until_ended()
    page.until(lambda: page.text("trainResultOldAccuracy").endswith("%"))
    assert page.text("trainResultNewCount") == page.text("trainResultOldCount") == "of 30"
    assert page.find(QPushButton, "trainUse").isEnabled()
    card = page.library.bundle(page.own_models()[0]).card
    assert card.data["test_origin"] == "a seventh of My digits, kept out of training"
    assert card.data["source"] == "digits" and card.others is not None
