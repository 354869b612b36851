"""The pad: mouse, pen and touch in, smooth ink out."""

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QEventPoint,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from core.ink import NEUTRAL_PRESSURE, Drawing, line_width
from gui.ink_painting import paint_step, paint_stroke, paint_tail, tinted
from gui.pad_document import PAD_SIDE, PadDocument, PictureInk
from gui.theme import RADIUS, current_colours, sized_font

SMALLEST_SIDE = 240
ERASER_RADIUS = 22.0  # pad units


class Canvas(QWidget):
    """A square pad that shows a `PadDocument` and draws into it.

    Signals
    -------
    dropped
        `(QMimeData)`: something was dropped on the pad. It is gone once the signal's receivers have returned.
    """

    dropped = Signal(QMimeData)

    def __init__(self, document: PadDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Pad: draw a digit here"))
        self.setMinimumSize(SMALLEST_SIDE, SMALLEST_SIDE)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAcceptDrops(True)
        self.eraser_is_on = False
        self._document = document
        self._settled = QPixmap()  # everything that no further point can change
        self._pressed_by: Qt.MouseButton | int | None = None  # the button or the finger that draws
        self._is_erasing = False
        self._eraser_at: QPointF | None = None
        self._drop_is_over = False
        document.stroke_extended.connect(self._paint_newest_step)
        document.changed.connect(self._follow_document)

    @property
    def scale(self) -> float:
        """Pixels in one pad unit."""
        return self.width() / PAD_SIDE

    def set_eraser(self, on: bool) -> None:
        """Make the left button erase, as the right one always does."""
        self.eraser_is_on = on

    # --- drawing ------------------------------------------------------------------------------------------

    def _press(self, position: QPointF, *, erase: bool, pressure: float, time: float) -> None:
        self._end()  # a movement whose end was never told
        x, y = self._to_pad(position)
        if erase:
            self._is_erasing = True
            self._document.begin_erasing()
            self._erase_at(position)
        else:
            self._document.begin_stroke(x, y, pressure=pressure, time=time)

    def _move(self, position: QPointF, *, pressure: float, time: float) -> None:
        if self._is_erasing:
            self._erase_at(position)
        elif self._document.is_drawing:
            x, y = self._to_pad(position)
            self._document.extend_stroke(x, y, pressure=pressure, time=time)

    def _release(self) -> None:
        self._pressed_by = None
        self._end()

    def _end(self) -> None:
        if self._is_erasing:
            self._is_erasing = False
            self._eraser_at = None
            self._document.end_erasing()
            self.update()
        self._document.end_stroke()

    def _erase_at(self, position: QPointF) -> None:
        self._eraser_at = position
        x, y = self._to_pad(position)
        self._document.erase_at(x, y, ERASER_RADIUS)
        self.update()

    def _to_pad(self, position: QPointF) -> tuple[float, float]:
        """Pad units; beyond the edge counts as on the edge, so that all that is recognised can be seen."""
        side = max(self.width(), 1)
        return (
            min(max(position.x() / side, 0.0), 1.0) * PAD_SIDE,
            min(max(position.y() / side, 0.0), 1.0) * PAD_SIDE,
        )

    # --- painting -----------------------------------------------------------------------------------------

    def _line_width(self) -> float:
        return self._document.pen_width * self.width()

    def _ink_colour(self) -> QColor:
        return QColor(current_colours().ink)

    def _follow_document(self) -> None:
        if not self._document.is_drawing:
            self._settled = QPixmap()
            self.update()

    def _paint_newest_step(self) -> None:
        """Add what the newest point settled, and repaint only there."""
        if not self._document.is_drawing or self._settled.isNull():
            self._settled = QPixmap()
            self.update()
            return
        points, pressure = self._document.newest_points(3)
        pixels = [QPointF(x, y) * self.scale for x, y in points]
        width = line_width(self._line_width(), pressure)
        painter = QPainter(self._settled)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_step(painter, pixels, width=width, colour=self._ink_colour())
        painter.end()
        dirty = QRectF(pixels[0], pixels[0])
        for point in pixels[1:]:
            dirty |= QRectF(point, QPointF(point.x() + 0.1, point.y() + 0.1)).normalized()
        reach = self._line_width() / 2 + 2
        self.update(dirty.adjusted(-reach, -reach, reach, reach).toAlignedRect())

    def _repaint_settled(self) -> None:
        ratio = self.devicePixelRatioF()
        self._settled = QPixmap(self.size() * ratio)
        self._settled.setDevicePixelRatio(ratio)
        self._settled.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._settled)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        content = self._document.content
        if isinstance(content, PictureInk):
            if not self._document.is_drawing:
                self._paint_picture(painter, content)
        else:
            self._paint_strokes(painter, content)
        painter.end()

    def _paint_strokes(self, painter: QPainter, drawing: Drawing) -> None:
        for stroke in drawing.strokes:
            paint_stroke(painter, stroke, scale=self.scale, width=self._line_width(), colour=self._ink_colour())

    def _paint_picture(self, painter: QPainter, picture: PictureInk) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        margin = self.width() * 0.12
        box = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        image = tinted(picture.ink, self._ink_colour())
        size = image.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(box.center())
        painter.drawImage(target, image)

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

    def _paint_ink(self, painter: QPainter) -> None:
        if self._settled.isNull():
            self._repaint_settled()
            self._settle_current_stroke()
        painter.drawPixmap(0, 0, self._settled)

    def _settle_current_stroke(self) -> None:
        if not self._document.is_drawing:
            return
        painter = QPainter(self._settled)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stroke = self._document.current_stroke()
        paint_stroke(painter, stroke, scale=self.scale, width=self._line_width(), colour=self._ink_colour())
        painter.end()

    def _paint_unsettled(self, painter: QPainter) -> None:
        if self._document.is_drawing:
            points, pressure = self._document.newest_points(2)
            pixels = [QPointF(x, y) * self.scale for x, y in points]
            paint_tail(painter, pixels, width=line_width(self._line_width(), pressure), colour=self._ink_colour())

    def _paint_eraser(self, painter: QPainter) -> None:
        if self._eraser_at is not None:
            painter.setPen(QPen(QColor(current_colours().faint_text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            radius = ERASER_RADIUS * self.scale
            painter.drawEllipse(self._eraser_at, radius, radius)

    # --- Qt -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(560, 560)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_hint(painter)
        self._paint_ink(painter)
        self._paint_unsettled(painter)
        self._paint_eraser(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settled = QPixmap()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._settled = QPixmap()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        self._pressed_by = event.button()
        erase = self.eraser_is_on or event.button() == Qt.MouseButton.RightButton
        self._press(event.position(), erase=erase, pressure=NEUTRAL_PRESSURE, time=event.timestamp() / 1000)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(event.position(), pressure=NEUTRAL_PRESSURE, time=event.timestamp() / 1000)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == self._pressed_by:
            self._release()

    def tabletEvent(self, event: QTabletEvent) -> None:
        time = event.timestamp() / 1000
        if event.type() == QEvent.Type.TabletPress:
            erase = self.eraser_is_on or event.pointerType() == QPointingDevice.PointerType.Eraser
            self._press(event.position(), erase=erase, pressure=event.pressure(), time=time)
        elif event.type() == QEvent.Type.TabletMove:
            self._move(event.position(), pressure=event.pressure(), time=time)
        elif event.type() == QEvent.Type.TabletRelease:
            self._release()
        event.accept()  # or Qt would send the same movement again as the mouse's

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touch(event)
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        """The first finger draws; others are ignored."""
        if event.type() == QEvent.Type.TouchCancel:
            self._document.cancel_stroke()
            return
        event.accept()
        time = event.timestamp() / 1000
        if event.type() == QEvent.Type.TouchBegin:
            first = event.points()[0]
            self._pressed_by = first.id()
            self._press(first.position(), erase=self.eraser_is_on, pressure=NEUTRAL_PRESSURE, time=time)
            return
        for finger in event.points():
            if finger.id() != self._pressed_by:
                continue
            if finger.state() == QEventPoint.State.Released:
                self._release()
            else:
                self._move(finger.position(), pressure=NEUTRAL_PRESSURE, time=time)

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
