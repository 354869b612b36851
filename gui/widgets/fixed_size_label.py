"""A place for a label whose text changes many times a second."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.widgets.theme import follow_text_scale


class SteadyPlace(QWidget):
    """Keeps its size whatever its label says, unless that has no room at all.

    A label tells the layout that it is in of every new text. All pages are laid out again then, and painted as a whole,
    which takes longer than all that is new on them. Here it is in none.
    """

    def __init__(self, label: QLabel, lines: int = 1, parent: QWidget | None = None) -> None:
        """`lines` of its text have room; a longer one makes it higher until `settle` is called."""
        super().__init__(parent)
        self._lines = lines
        self._label = label
        label.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_text_scale(self.settle)

    def settle(self) -> None:
        """Be no higher than need be: something new begins, and may move what is beneath."""
        self.setFixedHeight(max(self._lines * self._label.fontMetrics().lineSpacing() + 4, self._needed()))

    def _needed(self) -> int:
        return self._label.heightForWidth(self.width()) if self._label.wordWrap() and self.isVisible() else 0

    def sizeHint(self) -> QSize:
        return QSize(1, self.minimumHeight())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self._needed() > self.height():  # there is another text
            self.settle()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._label.setGeometry(self.rect())
        if event.size().width() != event.oldSize().width():
            self.settle()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self.settle()
        super().showEvent(event)
