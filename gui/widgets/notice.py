"""Where sentences for the user appear in the window: beside the tabs, where nothing is covered or moved."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabWidget, QToolButton

from gui.system.timers import single_shot
from gui.widgets.card import Card
from gui.widgets.icons import icon
from gui.widgets.theme import MARGIN, follow_text_scale, follow_theme, set_look, text_pixels

INFORMATION_MS = 6_000
OFFER_MS = 30_000
NARROWEST, WIDEST = 320, 860
TOP = 2
EDGES = (12, 5, 4, 5)
BORDER = 1


class Notice(Card):
    """A bar in the free part of a row of tabs, or below it if that is too short.

    A problem stays until it is closed or replaced; information disappears by itself.

    Signals
    -------
    followed
        The link of an offer was pressed.
    """

    followed = Signal()

    def __init__(self, tabs: QTabWidget) -> None:
        super().__init__(tabs)
        self._tabs = tabs
        self.setObjectName("notice")
        self.text = QLabel()
        self.text.setObjectName("noticeText")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.link = QToolButton()
        self.link.setObjectName("noticeLink")
        self.link.setProperty("link", True)
        self.link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.link.clicked.connect(self.hide)
        self.link.clicked.connect(self.followed)
        self._close = QToolButton()
        self._close.setObjectName("noticeClose")
        self._close.setToolTip(self.tr("Close"))
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.hide)
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(*EDGES)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.link, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self._timer = single_shot(self, self.hide, INFORMATION_MS)
        tabs.installEventFilter(self)
        self.hide()
        follow_theme(self._draw_icon)
        follow_text_scale(self._update_geometry)

    def show_problem(self, sentence: str) -> None:
        """Say what went wrong, until the notice is closed or replaced."""
        self._timer.stop()
        self._say(sentence, is_problem=True)

    def show_information(self, sentence: str) -> None:
        """Say what was done, for a few seconds."""
        self._timer.start(INFORMATION_MS)
        self._say(sentence, is_problem=False)

    def show_offer(self, sentence: str, link: str) -> None:
        """Say what could be done, with a `link` to it, for half a minute; drawing does not hide it."""
        self._timer.start(OFFER_MS)
        self._say(sentence, is_problem=False, link=link)

    def hide_outdated(self) -> None:
        """What it says is about something that has changed; an offer still holds."""
        if not self.link.text():
            self.hide()

    def _say(self, sentence: str, *, is_problem: bool, link: str = "") -> None:
        self.text.setText(sentence)
        self.link.setText(link)
        self.link.setVisible(bool(link))
        set_look(self, "problem", is_problem)
        self._update_geometry()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self.text, QAccessible.Event.Alert))

    def _draw_icon(self) -> None:
        self._close.setIcon(icon("close"))

    def _update_geometry(self) -> None:
        bar, page = self._tabs.tabBar().sizeHint(), self._tabs.width()
        beside = page - bar.width() - 2 * MARGIN
        is_beside = beside >= text_pixels(NARROWEST)
        width = min(beside, text_pixels(WIDEST)) if is_beside else page - 2 * MARGIN
        top = TOP if is_beside else bar.height() + TOP
        self.setGeometry(page - MARGIN - width, top, width, self._height(width))

    def _height(self, width: int) -> int:
        left, top, right, bottom = EDGES
        close = self._close.sizeHint()
        link = self.link.sizeHint().width() + self._layout.spacing() if self.link.text() else 0
        room = width - left - right - self._layout.spacing() - link - close.width() - 2 * BORDER
        return max(self.text.heightForWidth(room), close.height()) + top + bottom + 2 * BORDER

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._update_geometry()
        return super().eventFilter(watched, event)
