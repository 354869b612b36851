"""A sign on the pad: something is being opened, and the pad will show it in a moment."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.widgets.theme import set_text

TOP = 14
SIDES = 40


class OpeningSign(QLabel):
    """Stands at the upper edge of the pad, and lets the pen through."""

    def __init__(self, pad: QWidget) -> None:
        super().__init__(pad)
        self._pad = pad
        self._name = ""
        self.setObjectName("openingSign")
        self.setProperty("faint", True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_text(self, 15)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        pad.installEventFilter(self)
        self.hide()

    def show_name(self, name: str) -> None:
        """Say that `name` is being opened; "" for nothing."""
        self._name = name
        self._place()
        self.setVisible(bool(name))

    def _place(self) -> None:
        text = self.tr("Opening {0}…").format(self._name)
        room = self._pad.width() - 2 * SIDES
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room))
        self.adjustSize()
        self.move((self._pad.width() - self.width()) // 2, TOP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._name:
            self._place()
        return super().eventFilter(watched, event)
