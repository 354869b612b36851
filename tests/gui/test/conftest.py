"""The page, on a small shipped model that reads some of MNIST's digits wrongly."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.models.library import ModelBundle, ModelLibrary
from core.settings import SettingsFile
from gui.recognition.active_model import ActiveModel
from gui.recognition.my_digits import MyDigits
from gui.system.background import join_background
from gui.system.destroying import destroy
from gui.test import test_tab
from gui.test.data_choice import PART

Page = test_tab.TestTab
COUNT = 400
PATIENCE_MS = 60_000


@pytest.fixture(autouse=True)
def few_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of seventy-five kinds of damage, each is read on a few digits."""
    monkeypatch.setattr("core.judging.robustness.MOST_DIGITS", 200)


@pytest.fixture
def digits(tmp_path: Path, qapp: QApplication) -> Iterator[MyDigits]:
    digits = MyDigits(tmp_path / "mine" / "digits.sqlite", SettingsFile(tmp_path / "settings.json"))
    yield digits
    digits.close()
    destroy(digits)


@pytest.fixture
def mine(library: ModelLibrary, copy_model: Callable[[ModelLibrary, str], ModelBundle]) -> ModelBundle:
    """A model of the user's own."""
    return copy_model(library, "Mine")


@pytest.fixture
def tests(tmp_path: Path) -> Path:
    """The folder for tests of models that are not the user's own, and for disputed labels."""
    return tmp_path / "tests"


@pytest.fixture
def new_page(
    qtbot: QtBot, digits: MyDigits, active_model: ActiveModel, mine: ModelBundle, tmp_path: Path, tests: Path
) -> Iterator[Callable[[], Page]]:
    """Makes pages on the same models, digits and kept tests."""

    def make() -> Page:
        page = test_tab.TestTab(active_model, digits, SettingsFile(tmp_path / "other.json"), tests)
        qtbot.addWidget(page)
        page.resize(1000, 900)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.page.choice.model.count() == 2, timeout=10_000)
        choice = page.page.choice.data
        choice.count.setValue(COUNT)
        choice.kind.setCurrentIndex(choice.kind.findData(PART))
        return page

    yield make
    assert join_background(PATIENCE_MS)


@pytest.fixture
def page(new_page: Callable[[], Page]) -> Page:
    """The page, with the first of MNIST's test digits chosen."""
    return new_page()


@pytest.fixture
def tested(page: Page, qtbot: QtBot) -> Page:
    """The page with the result of the shipped model beside the user's, which is a copy of it."""
    page.page.choice.other.setCurrentIndex(2)
    run(page, qtbot)
    assert page.test is not None
    return page


def run(page: Page, qtbot: QtBot) -> None:
    """Press Test, and wait for what comes of it."""
    press(page, "testStart")
    qtbot.waitUntil(lambda: not page.runs.is_busy, timeout=PATIENCE_MS)


def press(page: QWidget, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None and button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(page: Page, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert label is not None
    return label.text().replace("\u200b", "")
