"""A place for a label whose text changes many times a second."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.theme import follow_text_scale


class SteadyPlace(QWidget):
    """Keeps its size whatever its label says.

    A label tells the layout that it is in of every new text. All pages are laid out again then, and painted as a whole,
    which takes longer than all that is new on them. Here it is in none.
    """

    def __init__(self, label: QLabel, lines: int = 1, parent: QWidget | None = None) -> None:
        """`lines` of its text have room."""
        super().__init__(parent)
        self._lines = lines
        self._label = label
        label.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_text_scale(self._fit)

    def _fit(self) -> None:
        self.setFixedHeight(self._lines * self._label.fontMetrics().lineSpacing() + 4)

    def sizeHint(self) -> QSize:
        return QSize(1, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._label.setGeometry(self.rect())
        super().resizeEvent(event)
