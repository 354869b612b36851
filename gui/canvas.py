"""The pad as it is seen: ground, ink, eraser; and what is dropped on it."""

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from gui.ink_layer import InkLayer
from gui.pad_document import PadDocument
from gui.pad_input import ERASER_RADIUS, PadInput
from gui.theme import RADIUS, current_colours, sized_font

SMALLEST_SIDE = 240


class Canvas(PadInput):
    """A square pad that shows a `PadDocument` and draws into it.

    Signals
    -------
    dropped
        `(QMimeData)`: something was dropped on the pad. It is gone once the signal's receivers have returned.
    """

    dropped = Signal(QMimeData)

    def __init__(self, document: PadDocument, parent: QWidget | None = None) -> None:
        super().__init__(document, parent)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Pad: draw a digit here"))
        self.setMinimumSize(SMALLEST_SIDE, SMALLEST_SIDE)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAcceptDrops(True)
        self._ink = InkLayer(document, self)
        self._drop_is_over = False
        document.stroke_extended.connect(self._paint_newest_step)
        document.changed.connect(self._follow_document)

    # --- painting -----------------------------------------------------------------------------------------

    def _follow_document(self) -> None:
        if not self._document.is_drawing:
            self._ink.forget()
            self.update()

    def _paint_newest_step(self) -> None:
        self.update(self._ink.add_newest_step())

    def _paint_ground(self, painter: QPainter) -> None:
        colours = current_colours()
        border = QColor(colours.accent if self._drop_is_over else colours.border)
        painter.setPen(QPen(border, 2 if self._drop_is_over else 1))
        painter.setBrush(QColor(colours.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _paint_hint(self, painter: QPainter) -> None:
        if not self._document.is_blank:
            return
        painter.setPen(QColor(current_colours().faint_text))
        painter.setFont(sized_font(self, 22))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Draw a digit"))
        painter.setFont(sized_font(self, 13))
        below = self.rect().adjusted(0, 64, 0, 0)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.tr("or drop a picture of one here"))

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
        self._ink.paint(painter)
        self._paint_eraser(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._ink.forget()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._ink.forget()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._drop_is_over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_is_over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_is_over = False
        self.update()
        self.dropped.emit(event.mimeData())
        event.acceptProposedAction()
