"""Training in the real window, for tests of what it says meanwhile."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow


def answer_box(button_text: str) -> list[str]:
    """Press a button of the question that is about to be asked. What the question says will be in the list."""
    said: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(20, press)
            return
        said.append(box.informativeText())
        [button] = [button for button in box.buttons() if button.text() == button_text]
        button.click()

    QTimer.singleShot(20, press)
    return said


def start_training(
    window: MainWindow, qtbot: QtBot, *, epochs: int = 1000, data: str = "mnist:600", until: str = "Epoch"
) -> None:
    """Start a run of the smallest preset: by default one that takes longer than any test."""
    window.tabs.setCurrentWidget(window.train_tab)
    form = window.train_tab.form
    form.choose_preset("dense")
    form.epochs.setValue(epochs)
    form.engine.setCurrentIndex(form.engine.findData("float32"))  # or a long run would look for the fastest one first
    window.train_tab.choose_data(data)
    start, status = window.findChild(QPushButton, "trainStart"), window.findChild(QLabel, "trainStatus")
    assert start is not None and status is not None
    qtbot.waitUntil(start.isEnabled, timeout=20_000)
    start.click()
    qtbot.waitUntil(lambda: status.text().startswith(until), timeout=120_000)


def sign_of(window: MainWindow) -> QToolButton:
    sign = window.findChild(QToolButton, "trainingSign")
    assert sign is not None
    return sign
