"""The About window: what it says, what it copies, which folders it opens."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument, QTextTable
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from core import __version__
from core.system.licences import Licences
from core.system.paths import app_paths
from gui.about.about_dialog import AboutDialog
from gui.about.licence_text import make_document
from gui.main_window import MainWindow
from gui.system.folders import open_folder, open_page
from gui.widgets.theme import DARK, LIGHT, Colours, use_scheme


@pytest.fixture
def about(window: MainWindow) -> AboutDialog:
    """The About window, as the menu opens it."""
    window.show_about()
    found = window.findChild(AboutDialog, "about")
    assert found is not None and found.isVisible()
    return found


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What the system was asked to show, and could."""
    urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(urls.append(url) or True))
    return urls


def press(about: AboutDialog, name: str) -> None:
    button = about.findChild(QPushButton, name)
    assert button is not None and button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(about: AboutDialog) -> str:
    label = about.findChild(QLabel, "aboutMessage")
    assert label is not None
    return label.text()


def test_it_says_what_this_is_and_shows_the_licences(about: AboutDialog, qtbot: QtBot) -> None:
    version = about.findChild(QLabel, "aboutVersion")
    assert version is not None
    assert version.text() == f"DigitPad {__version__}"
    text = about.findChild(QTextBrowser, "aboutLicences")
    assert text is not None
    qtbot.waitUntil(lambda: "Permission is hereby granted" in text.toPlainText(), timeout=30_000)
    assert "TensorFlow" in text.toPlainText()


def test_diagnostics_are_copied(about: AboutDialog) -> None:
    press(about, "aboutCopy")
    assert said(about) == "Copied."
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == f"DigitPad: {__version__}, from source"
    assert f"Platform: {QApplication.platformName()}" in lines
    assert any(line.startswith("Screen: ") and "scale" in line for line in lines)
    assert f"Settings: {app_paths().settings}" in lines


def test_folders_are_made_and_opened(about: AboutDialog, opened: list[QUrl]) -> None:
    for name in ("aboutModels", "aboutSettings", "aboutLog"):
        press(about, name)
    paths = app_paths()
    assert [Path(url.toLocalFile()) for url in opened] == [paths.models, paths.settings.parent, paths.log.parent]
    assert said(about) == ""


def test_a_folder_that_nothing_can_show_is_a_sentence(
    about: AboutDialog, opened: list[QUrl], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    press(about, "aboutModels")
    assert said(about) == "The file manager could not open that folder; its path is beside the button."


def test_a_folder_that_cannot_be_made_is_a_sentence(about: AboutDialog, opened: list[QUrl]) -> None:
    app_paths().models.write_text("in the way")
    press(about, "aboutModels")
    assert said(about) == "That folder does not exist and cannot be created."
    assert opened == []


def test_only_pages_of_the_web_are_opened(tmp_path: Path, opened: list[QUrl]) -> None:
    assert open_page(QUrl("https://www.tensorflow.org/"))
    assert not open_page(QUrl.fromLocalFile(str(tmp_path)))
    assert not open_folder(tmp_path / "nothing")
    assert [url.host() for url in opened] == ["www.tensorflow.org"]


def test_it_is_gone_once_it_is_closed(about: AboutDialog, window: MainWindow, qtbot: QtBot) -> None:
    press(about, "aboutClose")
    qtbot.waitUntil(lambda: window.findChild(QDialog, "about") is None)


def test_the_licences_follow_light_and_dark(about: AboutDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "TensorFlow" in about.licences.toPlainText(), timeout=30_000)
    before = about.licences.document()
    use_scheme("dark")
    try:
        assert about.licences.document() is not before
    finally:
        use_scheme("system")


def test_former_documents_are_let_go(about: AboutDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "TensorFlow" in about.licences.toPlainText(), timeout=30_000)
    before = len(about.findChildren(QTextDocument))
    try:
        for scheme in ("dark", "light", "dark"):
            use_scheme(scheme)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            assert len(about.findChildren(QTextDocument)) == before
        assert "TensorFlow" in about.licences.toPlainText()
    finally:
        use_scheme("system")


def test_licences_that_cannot_be_read_are_a_sentence(
    new_window: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def fail() -> Licences:
        raise OSError("the disk is gone")

    monkeypatch.setattr("gui.about.about_dialog.read_licences", fail)
    window = new_window()
    window.show_about()
    about = window.findChild(AboutDialog, "about")
    assert about is not None
    qtbot.waitUntil(lambda: about.licences.toPlainText().startswith("Reading the licences failed because of an error"))
    try:
        use_scheme("dark")
        assert about.licences.toPlainText().endswith(".")
    finally:
        use_scheme("system")


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_tables_and_headings_are_dressed(qapp: QApplication, colours: Colours) -> None:
    text = "# One\n\n| a | b |\n|---|---|\n| c | d |\n\n## Two\n\nthree\n"
    document = make_document(Licences(text, is_markdown=True), qapp.font(), colours, qapp)
    [table] = document.rootFrame().childFrames()
    assert isinstance(table, QTextTable)
    assert table.format().borderBrush().color().name() == colours.border
    assert document.toPlainText().split() == ["One", "a", "b", "c", "d", "Two", "three"]
    document.deleteLater()


def test_plain_licences_stay_plain(qapp: QApplication) -> None:
    document = make_document(Licences("# <b>not</b> a heading"), qapp.font(), LIGHT, qapp)
    assert document.toPlainText() == "# <b>not</b> a heading"
    document.deleteLater()


def test_the_menu_opens_it(new_window: Callable[[], MainWindow]) -> None:
    window = new_window()
    [helps] = [action for action in window.menuBar().actions() if action.text() == "&Help"]
    menu = helps.menu()
    assert menu is not None
    [action] = [action for action in menu.actions() if "About" in action.text()]
    action.trigger()
    about = window.findChild(AboutDialog, "about")
    assert about is not None
    about.close()
