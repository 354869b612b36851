"""Numbers typed with real keys, as people in several countries type them."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.system.background import join_background
from gui.train.form import TrainForm
from gui.widgets.number_fields import NumberField

Countries = Callable[[str], TrainForm]


@pytest.fixture
def form_in(qtbot: QtBot) -> Iterator[Countries]:
    """The form as it is in a country, "de_DE"."""
    usual = QLocale()

    def make(country: str) -> TrainForm:
        QLocale.setDefault(QLocale(country))
        form = TrainForm()
        qtbot.addWidget(form)
        form.show()
        qtbot.waitActive(form)
        return form

    yield make
    QLocale.setDefault(usual)
    assert join_background(60_000)


def type_into(field: NumberField, text: str, *, end: bool = True) -> None:
    field.setFocus()
    QTest.keySequence(field, "Ctrl+A")
    QTest.keyClick(field, Qt.Key.Key_Delete)
    if text.isascii():
        QTest.keyClicks(field, text)
    else:  # as keyboards of other scripts do
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(field.lineEdit(), event)
    if end:
        QTest.keyClick(field, Qt.Key.Key_Return)


def number_problems(form: TrainForm) -> list[str]:
    labels = form.findChildren(QLabel)
    return [label.text() for label in labels if label.property("problem") and label.isVisible()]


@pytest.mark.parametrize("country", ["en_US", "de_DE", "fr_FR", "ar_EG"])
@pytest.mark.parametrize("typed", ["0,01", "0.01", "1e-2", "1E-2", ",01", "٠٫٠١", "1 %"])
def test_a_learning_rate_is_what_was_typed(form_in: Countries, country: str, typed: str) -> None:
    form = form_in(country)
    type_into(form.learning_rate, typed)
    assert form.spec().learning_rate == 0.01
    assert form.problem() == ""


@pytest.mark.parametrize(
    ("country", "whole", "rate", "share"),
    [
        ("en_US", "1,000", "0.0025", "12 %"),
        ("de_DE", "1.000", "0,0025", "12 %"),
        ("fr_FR", "1\u202f000", "0,0025", "12 %"),
        ("ar_EG", "١٬٠٠٠", "٠٫٠٠٢٥", "١٢ %"),
    ],
)
def test_numbers_are_shown_as_the_country_writes_them(
    form_in: Countries, country: str, whole: str, rate: str, share: str
) -> None:
    form = form_in(country)
    for typed in ("1000", "1 000", "1.000", "1,000", "1e3", whole):
        type_into(form.batch_size, typed)
        assert (form.batch_size.value(), form.batch_size.text()) == (1000, whole), typed
    type_into(form.learning_rate, "0.0025")
    assert form.learning_rate.text() == rate
    for typed in ("12 %", "12%", "12"):
        type_into(form.validation, typed)
        assert (form.validation.value(), form.validation.text()) == (12, share)


def test_a_mark_before_three_digits_parts_thousands_only_where_there_can_be_some(form_in: Countries) -> None:
    form = form_in("de_DE")
    type_into(form.learning_rate, "1.250")
    assert form.learning_rate.value() == 1.25
    type_into(form.learning_rate, "1,250")
    assert form.learning_rate.value() == 1.25
    type_into(form.seed, "1.250")
    assert form.seed.value() == 1250


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("learning_rate", "11", "Learning rate: type a number from 0.000001 to 10."),
        ("learning_rate", "0", "Learning rate: type a number from 0.000001 to 10."),
        ("learning_rate", "fast", "Learning rate: type a number from 0.000001 to 10."),
        ("epochs", "0", "Epochs: type a whole number from 1 to 1,000."),
        ("epochs", "2.5", "Epochs: type a whole number from 1 to 1,000."),
        ("epochs", "-3", "Epochs: type a whole number from 1 to 1,000."),
        ("batch_size", "10000", "Batch size: type a whole number from 1 to 8,192."),
        ("seed", "", "Seed: type a whole number from 0 to 2,147,483,647."),
        ("validation", "60", "Validation: type a whole number from 0 to 50 %."),
    ],
)
def test_what_cannot_be_used_stays_as_it_was_typed_and_is_said_beneath(
    form_in: Countries, name: str, typed: str, said: str
) -> None:
    form = form_in("en_US")
    field: NumberField = getattr(form, name)
    type_into(field, typed)
    form.name.setFocus()
    assert field.text() == typed
    assert form.problem() == said
    assert number_problems(form) == [said]
    assert field.accessibleDescription() == said
    type_into(field, "1")
    assert (form.problem(), number_problems(form), field.accessibleDescription()) == ("", [], "")


def test_whoever_is_typing_is_not_told_before_a_pause(qtbot: QtBot, form_in: Countries) -> None:
    form = form_in("en_US")
    type_into(form.learning_rate, "0,", end=False)
    assert form.problem(), "no run may start with this"
    assert number_problems(form) == []
    QTest.keyClicks(form.learning_rate, "01")
    assert form.problem() == ""
    type_into(form.learning_rate, "0,", end=False)
    qtbot.waitUntil(lambda: number_problems(form) != [])
    assert form.learning_rate.text() == "0,"


def test_stepping_and_another_preset_replace_what_cannot_be_used(form_in: Countries) -> None:
    form = form_in("en_US")
    usual = form.epochs.value()
    type_into(form.epochs, "many")
    QTest.keyClick(form.epochs, Qt.Key.Key_Up)
    assert (form.epochs.text(), form.problem()) == (str(usual + 1), "")
    type_into(form.learning_rate, "much")
    form.choose_preset("keras-cnn")
    assert (form.learning_rate.text(), form.problem()) == ("1", "")


def test_the_count_of_digits_is_said_beneath_it(form_in: Countries) -> None:
    form = form_in("de_DE")
    form.data.choose("mnist:2000")
    assert form.data.count.text() == "2.000 digits"
    type_into(form.data.count, "10 000")
    assert form.spec().data == "mnist:10000"
    type_into(form.data.count, "100.000")
    assert form.data.sentence.text() == "Digits: type a whole number from 10 to 60.000."
    assert form.problem() == form.data.sentence.text()
    form.data.choose("mnist")
    assert form.problem() == "", "what is not shown holds nothing up"


def test_the_start_waits_for_a_number(window: MainWindow) -> None:
    window.tabs.setCurrentWidget(window.train_tab)
    page = window.train_tab
    start = page.run.buttons.start
    type_into(page.form.epochs, "ten", end=False)
    QTest.mouseClick(start, Qt.MouseButton.LeftButton)
    page.start()
    assert not page.is_running()
    QTest.keyClick(page.form.epochs, Qt.Key.Key_Return)
    assert not start.isEnabled()
    assert page.run.status.text().startswith("Epochs: type a whole number from 1 to ")


def test_a_rate_is_kept_to_its_last_digit(form_in: Countries) -> None:
    form = form_in("en_US")
    type_into(form.learning_rate, "0.0012345678")
    assert form.learning_rate.value() == 0.0012345678
    assert form.learning_rate.text() == "0.0012345678"
