"""The question about a folder or data file that somebody brings to the pad."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from gui.opening import TrainingData

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class TrainingOffer(QObject):
    """Asks whether to train on it. Yes shows it on the training page, where nothing starts yet; no changes nothing."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._source = ""

    def ask(self, data: TrainingData) -> None:
        """Ask about `data`."""
        self._source = str(data.path)
        box = QMessageBox(self._window)
        box.setObjectName("trainOnData")
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Train on this folder?") if data.is_folder else self.tr("Train on this file?"))
        box.setInformativeText(
            self.tr("“{0}” is no drawing or picture, but may hold digits to train a network with.").format(
                data.path.name
            )
        )
        box.addButton(self.tr("Show it on the Train page"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.accepted.connect(self._show_on_page)
        box.finished.connect(box.deleteLater)
        box.open()

    def _show_on_page(self) -> None:
        page = self._window.train_tab
        self._window.tabs.setCurrentWidget(page)
        page.take_data(self._source)
