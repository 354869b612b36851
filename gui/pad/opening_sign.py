"""A sign on the pad while something is being opened: what it is, how far that is, and a way to cancel it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QCloseEvent
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QVBoxLayout, QWidget

from gui.system.timers import single_shot
from gui.widgets.button_row import make_button
from gui.widgets.card import GAP, Card
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import follow_text_scale, set_text, text_pixels

PATIENCE_MS = 300
"""What is open sooner shows no sign: nothing flashes."""
STEPS = 1000
EDGE, EDGES = 8, (12, 8, 8, 8)
"""Between the pad's edge and the sign, and within the sign."""
WIDTH, LEAST_BAR = 300, 60

Direction = QBoxLayout.Direction


class OpeningSign(Card):
    """Lies at the top of a pad while something takes long to open. Enabled, and closed by Esc, from the beginning on.

    Signals
    -------
    cancelled
        It is not to be opened any more.
    """

    cancelled = Signal()

    def __init__(self, pad: QWidget) -> None:
        super().__init__(pad)
        self._pad = pad
        self.setObjectName("openingSign")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # or the pad below would draw
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._text = ElidedLabel()
        self._text.setObjectName("openingText")
        set_text(self._text, 14, lines=1)
        self.progress = QProgressBar()
        self.progress.setObjectName("openingProgress")
        self.progress.setAccessibleName(self.tr("Progress of opening"))
        self.progress.setTextVisible(False)
        self._cancel = make_button("openingCancel", self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Cancel (Esc)"))
        self._cancel.clicked.connect(self.close)
        self._row = QBoxLayout(Direction.LeftToRight)
        self._row.setSpacing(GAP)
        self._row.addWidget(self.progress, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*EDGES)
        layout.setSpacing(GAP // 2)
        layout.addWidget(self._text)
        layout.addLayout(self._row)
        self._patience = single_shot(self, self._appear, PATIENCE_MS)
        pad.installEventFilter(self)
        self.setEnabled(False)
        self.hide()
        follow_text_scale(self._fit)

    def show_name(self, name: str) -> None:
        """`name` is being opened; "" ends that. A sign that is shown stays while one source replaces another."""
        self._patience.stop()
        if not name:
            self._end()
            return
        self.setEnabled(True)
        self.raise_()
        self.progress.setRange(0, 0)  # nobody knows yet
        self._text.show_name(name, before=self.tr("Opening "), after="…")
        self._text.setToolTip(plain_tool_tip(self._text.text()))
        if self.isHidden():
            self._patience.start()

    def show_progress(self, share: float) -> None:
        """What is being opened is a page, of which this share is read, in [0, 1)."""
        if self.isEnabled():
            self.progress.setRange(0, STEPS)
            self.progress.setValue(round(share * STEPS))
            self._text.setText(self.tr("Reading the page…"))

    def _end(self) -> None:
        if self.isEnabled():
            had_focus = self._cancel.hasFocus()
            self.setEnabled(False)
            self.hide()
            if had_focus:
                self._pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _appear(self) -> None:
        self._fit()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))

    def _fit(self) -> None:
        """Take the middle of the pad's upper edge; where that is narrow, the button stands below the bar.

        Over a page, whose upper edge says what it is, take the middle.
        """
        width = min(text_pixels(WIDTH), self._pad.width() - 2 * EDGE)
        beside = width - EDGES[0] - EDGES[2] - GAP - self._cancel.sizeHint().width()
        self._row.setDirection(Direction.LeftToRight if beside >= LEAST_BAR else Direction.TopToBottom)
        height = self.sizeHint().height()
        is_over_page = self._pad.findChild(QWidget, "pageView", Qt.FindChildOption.FindDirectChildrenOnly) is not None
        top = (self._pad.height() - height) // 2 if is_over_page else EDGE
        self.setGeometry((self._pad.width() - width) // 2, top, width, height)

    # --- Qt -----------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.isEnabled():
            self.cancelled.emit()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)
