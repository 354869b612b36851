"""What can be done with the selected samples: the menu under the right mouse button."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from core.samples.sample import LABELS, NO_DIGIT
from gui.digits.sample_texts import label_title, writer_title


class SampleMenu(QObject):
    """Opens the menu.

    Signals
    -------
    label_chosen
        0 to 9, or `NO_DIGIT`: what the selected samples are.
    writer_chosen
        Who wrote them.
    put_back_chosen
        The current one is to be on the pad again.
    """

    label_chosen = Signal(int)
    writer_chosen = Signal(str)
    put_back_chosen = Signal()

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        """`actions` of the page are offered, too, below what this menu does."""
        super().__init__(parent)
        self._widget = parent
        self._actions = list(actions)
        self.menu: QMenu | None = None

    def open(self, place: QPoint, writers: Sequence[str], labels: set[int]) -> None:
        """Open it at a `place` of the screen, for samples of these `labels`."""
        self.menu = menu = QMenu(self._widget)
        menu.aboutToHide.connect(menu.deleteLater)
        put_back = menu.addAction(self.tr("Put back on the pad"))
        put_back.triggered.connect(self.put_back_chosen)
        menu.addSeparator()
        kinds = menu.addMenu(self.tr("It is a …"))
        for label in range(LABELS):
            text = label_title(label)
            _add(kinds, f"{text}\t{'N' if label == NO_DIGIT else label}", label, is_checked=labels == {label})
        kinds.triggered.connect(self._choose_label)
        names = menu.addMenu(self.tr("Written by"))
        for writer in dict.fromkeys((*writers, "")):
            _add(names, writer_title(writer).replace("&", "&&"), writer, is_checked=False)
        names.triggered.connect(self._choose_writer)
        menu.addSeparator()
        menu.addActions(self._actions)
        menu.popup(place)

    def _choose_label(self, action: QAction) -> None:
        self.label_chosen.emit(action.data())

    def _choose_writer(self, action: QAction) -> None:
        self.writer_chosen.emit(action.data())


def _add(menu: QMenu, text: str, data: object, *, is_checked: bool) -> None:
    action = menu.addAction(text)
    action.setData(data)
    action.setCheckable(is_checked)
    action.setChecked(is_checked)
