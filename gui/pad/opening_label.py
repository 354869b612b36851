"""A label on the pad while something is being opened."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.widgets.theme import set_text

TOP = 14
SIDES = 40


class OpeningLabel(QLabel):
    """Sits at the top of the pad; mouse and pen pass through it."""

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
        """Show that `name` is being opened; "" hides the label."""
        self._name = name
        self._update_position()
        self.setVisible(bool(name))

    def _update_position(self) -> None:
        text = self.tr("Opening {0}…").format(self._name)
        room = self._pad.width() - 2 * SIDES
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room))
        self.adjustSize()
        self.move((self._pad.width() - self.width()) // 2, TOP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._name:
            self._update_position()
        return super().eventFilter(watched, event)
