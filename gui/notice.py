"""One place in the window where sentences for the user appear: beside the tabs, where nothing is covered or moved."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from gui.icons import icon
from gui.theme import MARGIN, current_colours

INFORMATION_MS = 6000
WIDEST = 860
TOP = 4


class Notice(QFrame):
    """A bar in the free part of a row of tabs. A problem stays until it is closed, or until something newer is said;
    information fades by itself."""

    def __init__(self, parent: QWidget, taken: int) -> None:
        """`taken` pixels at the left end of `parent`'s upper edge belong to the tabs."""
        super().__init__(parent)
        self._page = parent
        self._taken = taken
        self.setObjectName("notice")
        self.setProperty("card", True)
        self.text = QLabel()
        self.text.setObjectName("noticeText")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setObjectName("noticeClose")
        self._close.setToolTip(self.tr("Close"))
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.hide)
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 4, 4)
        layout.addWidget(self.text, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def show_problem(self, sentence: str) -> None:
        """Say what went wrong, until it is closed or something newer is said."""
        self._timer.stop()
        self._say(sentence, current_colours().bad)

    def show_information(self, sentence: str) -> None:
        """Say what was done, for a few seconds."""
        self._timer.start(INFORMATION_MS)
        self._say(sentence, current_colours().accent)

    def _say(self, sentence: str, edge: str) -> None:
        colours = current_colours()
        self.setStyleSheet(
            f"#notice {{ background: {colours.card}; border: 1px solid {edge}; }}"
            f"#noticeClose {{ border: none; padding: 2px; background: transparent; }}"
        )
        self._close.setIcon(icon("close"))
        self.text.setText(sentence)
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self.text, QAccessible.Event.Alert))

    def _place(self) -> None:
        page, layout = self._page, self._layout
        width = min(page.width() - self._taken - MARGIN, WIDEST)
        height = max(layout.heightForWidth(width), layout.minimumSize().height())
        self.setGeometry(page.width() - MARGIN - width, TOP, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
