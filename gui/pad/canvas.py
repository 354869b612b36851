"""The pad on the screen: ground, ink and eraser, and what is dropped on it."""

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from core.recognition.numbers import NumberReading
from gui.pad.digit_marks import DigitMarks
from gui.pad.document import PadDocument
from gui.pad.evidence_mark import EvidenceMark, paint_caption
from gui.pad.ink_layer import InkLayer
from gui.pad.mime_types import may_be_opened
from gui.pad.pad_input import ERASER_RADIUS, PadInput
from gui.widgets.theme import RADIUS, current_colours, sized_font, text_pixels

Reason = Qt.FocusReason
BY_KEYBOARD = (Reason.TabFocusReason, Reason.BacktabFocusReason, Reason.ShortcutFocusReason)
STAYS = (Reason.ActiveWindowFocusReason, Reason.PopupFocusReason, Reason.MenuBarFocusReason)
"""The focus leaves or returns only for a moment."""


class Canvas(PadInput):
    """A square pad that shows a `PadDocument` and draws into it.

    Signals
    -------
    dropped
        `(QMimeData)`: something was dropped on the pad. It exists only until the slots have returned.
    pointed
        `(int | None)`: the pointer is over this digit of the number on the pad, in reading order; None: over none.
    """

    dropped = Signal(QMimeData)
    pointed = Signal(object)

    def __init__(self, document: PadDocument, parent: QWidget | None = None) -> None:
        super().__init__(document, parent)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Pad: draw a digit or a number here"))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ink = InkLayer(document)
        self._marks = DigitMarks()
        self._evidence: EvidenceMark | None = None
        self._caption = ""
        self._drop_is_over = False
        self._focus_is_shown = False
        document.stroke_extended.connect(self._paint_newest_step)
        document.changed.connect(self._follow_document)

    def mark_digits(
        self, reading: NumberReading, selected: int | None, *, with_unread: bool, kept: tuple[int, ...] = ()
    ) -> None:
        """Mark which ink is which digit of a number, those that are looked at or kept, and what was not read."""
        if self._marks.show(reading, selected, with_unread=with_unread, kept=kept):
            self.update()

    def show_evidence(self, mark: EvidenceMark | None, caption: str = "") -> None:
        """Show on the ink what speaks for the answer; None: no longer, and only the `caption` if there is one."""
        self._evidence = mark
        self._caption = mark.caption if mark else caption
        self._ink.tint(mark.tint() if mark else None)
        self.setAccessibleDescription(self._caption)
        self.update()

    def close_cover(self) -> bool:
        """Close what is uppermost of that which lies over the pad. Returns whether there was anything."""
        covers = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        uppermost = next((cover for cover in reversed(covers) if cover.isEnabled()), None)
        if uppermost is not None:
            uppermost.close()
        return uppermost is not None

    # --- painting -----------------------------------------------------------------------------------------

    def _follow_document(self) -> None:
        if not self._document.is_drawing:
            self._ink.forget()
            self.update()

    def _paint_newest_step(self) -> None:
        self.update(self._ink.add_newest_step())

    def _paint_ground(self, painter: QPainter) -> None:
        colours = current_colours()
        is_marked = self._drop_is_over or self._focus_is_shown
        width = 2.0 if is_marked else 1.0
        painter.setPen(QPen(QColor(colours.accent if is_marked else colours.border), width))
        painter.setBrush(QColor(colours.card))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)

    def _show_focus(self, shown: bool) -> None:
        """Show or hide the focus: only keyboard users need to see it."""
        self._focus_is_shown = shown
        self.update()

    def _paint_hint(self, painter: QPainter) -> None:
        if not self._document.is_blank:
            return
        painter.setPen(QColor(current_colours().faint_text))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        room = self.rect().adjusted(2 * RADIUS, self.height() // 2 - text_pixels(30), -2 * RADIUS, 0)
        for text, pixels in ((self.tr("Draw a digit or a number"), 22), (self.tr("or drop a picture of one here"), 13)):
            painter.setFont(sized_font(self, pixels))
            painter.drawText(room, flags, text)
            room.setTop(painter.boundingRect(room, flags, text).bottom() + RADIUS)

    def _paint_marks(self, painter: QPainter) -> None:
        self._marks.paint(painter, self, self._document.widest_line() * self.width())

    def _paint_evidence(self, painter: QPainter) -> None:
        if self._evidence is not None:
            self._evidence.paint_ghost(painter, self._ink.scale)
        paint_caption(painter, self, self._caption)

    def _paint_eraser(self, painter: QPainter) -> None:
        if self._eraser_at is not None:
            painter.setPen(QPen(QColor(current_colours().faint_text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            radius = ERASER_RADIUS * self._ink.scale
            painter.drawEllipse(self._eraser_at, radius, radius)

    # --- Qt -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(560, 560)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_hint(painter)
        self._ink.paint(painter, self.width())
        self._paint_marks(painter)
        self._paint_evidence(painter)
        self._paint_eraser(painter)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            self.pointed.emit(self._marks.digit_at(*self._to_pad(event.position())))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ink.forget()  # so that what is drawn on another pad of the document costs nothing here

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._ink.forget()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._ink.forget()
            if self._evidence is not None:
                self._ink.tint(self._evidence.tint())
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in STAYS:
            self._show_focus(event.reason() in BY_KEYBOARD)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in STAYS:
            self._show_focus(False)
        super().focusOutEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_be_opened(event.mimeData()):
            _take_copy(event)
            self._drop_is_over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_is_over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_is_over = False
        self.update()
        self.dropped.emit(event.mimeData())
        _take_copy(event)


def _take_copy(event: QDropEvent) -> None:
    """Accept a drop as a copy: a move would remove the file from its folder."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
