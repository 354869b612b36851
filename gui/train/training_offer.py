"""The question about a folder or data file that is dropped on the pad."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.pad.opening import TrainingData


class TrainingOffer(QObject):
    """Asks whether to train on it. A no changes nothing.

    Signals
    -------
    accepted
        The folder or file is to be put into the form of the training page; no training starts yet.
    """

    accepted = Signal(str)

    def __init__(self, window: QWidget) -> None:
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
            self.tr("“{0}” is not a drawing or picture, but may contain digits to train a network with.").format(
                data.path.name
            )
        )
        box.addButton(self.tr("Show on the Train tab"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.accepted.connect(self._accept)
        box.finished.connect(box.deleteLater)
        box.open()

    def _accept(self) -> None:
        self.accepted.emit(self._source)
