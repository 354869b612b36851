"""A label whose text may change many times a second."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.widgets.theme import follow_text_scale


class FixedSizeLabel(QWidget):
    """Holds a label, and keeps its size whatever the label says, unless that does not fit at all.

    A label in a layout updates it with every new text. All pages are then laid out and painted again, which takes
    longer than painting what has changed. The label in here is in no layout.
    """

    def __init__(self, label: QLabel, lines: int = 1, parent: QWidget | None = None) -> None:
        """There is room for `lines` of text; a longer one makes it higher until `settle` is called."""
        super().__init__(parent)
        self._lines = lines
        self._label = label
        label.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_text_scale(self.settle)

    def settle(self) -> None:
        """Shrink to the height that is needed: something new begins, and may move what is below."""
        self.setFixedHeight(max(self._lines * self._label.fontMetrics().lineSpacing() + 4, self._needed()))

    def _needed(self) -> int:
        return self._label.heightForWidth(self.width()) if self._label.wordWrap() and self.isVisible() else 0

    def sizeHint(self) -> QSize:
        return QSize(1, self.minimumHeight())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self._needed() > self.height():  # the text has changed
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
