"""The map of the training digits, with the drawing on it; it is zoomed and moved."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from gui.inside.map_ground import MapGround
from gui.inside.map_points import WIDTH, MapPoints, square_at
from gui.pad.page_zoom import PageZoom
from gui.widgets.theme import current_colours, follow_theme, sized_font, text_pixels

HEIGHT = 380
NOTCH, STEP = 120.0, 1.25
PAN = 60
"""Pixels for each arrow key."""
REACH = 12.0
"""Pixels around a digit in which the pointer is on it."""
RING = 18.0
LEAST_DRAG = 4
Key = Qt.Key
ZOOMS = {Key.Key_Plus: STEP, Key.Key_Equal: STEP, Key.Key_Minus: 1 / STEP, Key.Key_0: 0.0}
PANS = {Key.Key_Left: (PAN, 0), Key.Key_Right: (-PAN, 0), Key.Key_Up: (0, PAN), Key.Key_Down: (0, -PAN)}


class MapView(QWidget):
    """Shows `MapPoints`, and a ring where the drawing is.

    Signals
    -------
    pointed
        `(int | None)`: the digit that the pointer is on, or that is nearest to the middle after a key.
    taken
        `(int)`: somebody wants this digit on the pad.
    """

    pointed = Signal(object)
    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapView")
        self.setAccessibleName(self.tr("Map of training digits"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self._points: MapPoints | None = None
        self._ground: MapGround | None = None
        self.zoom = PageZoom(WIDTH, WIDTH, 1.0, 1.0)
        self._own: tuple[float, float] | None = None
        self._pointed: int | None = None
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        follow_theme(self._paint_again)

    @property
    def points(self) -> MapPoints | None:
        """What is shown."""
        return self._points

    @property
    def own_place(self) -> QPointF | None:
        """Where the drawing is in the view."""
        return None if self._own is None else QPointF(*self.zoom.to_view(*self._own))

    def show_points(self, points: MapPoints | None) -> None:
        """Show another map, all of it."""
        self._points, self._own, self._pointed = points, None, None
        self._ground = MapGround(points) if points is not None else None
        if points is not None:
            self.zoom = PageZoom(WIDTH, points.height, self.width(), self.height()).settled()
        self.update()

    def show_own(self, place: tuple[float, float] | None) -> None:
        """Move the ring to a place of the index; None for no ring. Only what it leaves and covers is painted."""
        for_ring = None if place is None or self._points is None else self._points.point_of(place)
        self._update_ring()
        self._own = for_ring
        self._update_ring()

    def zoom_by(self, factor: float) -> None:
        """Zoom about the drawing if it is in view, else about the middle; 0 shows the whole map."""
        own = self.own_place
        about = own if own is not None and QRectF(self.rect()).contains(own) else QPointF(self.rect().center())
        self._change_zoom(self.zoom.zoomed(factor, about.x(), about.y()))

    def _change_zoom(self, zoom: PageZoom) -> None:
        if zoom != self.zoom:
            self.zoom = zoom
            self.update()

    def _point_at(self, index: int | None) -> None:
        if index != self._pointed:
            self._pointed = index
            self.setCursor(Qt.CursorShape.ArrowCursor if index is None else Qt.CursorShape.PointingHandCursor)
            self.update()
            self.pointed.emit(index)

    def _digit_at(self, place: QPointF, within: float = REACH) -> int | None:
        return None if self._points is None else self._points.nearest(self.zoom, place.x(), place.y(), within)

    def _update_ring(self) -> None:
        own = self.own_place
        if own is not None:
            self.update(square_at(own.x(), own.y(), text_pixels(RING) + 12).toAlignedRect())

    def _paint_again(self) -> None:
        if self._ground is not None:
            self._ground.forget()
        self.update()

    # --- painting -----------------------------------------------------------------------------------------

    def _paint_pointed(self, painter: QPainter) -> None:
        if self._pointed is None or self._points is None:
            return
        x, y = self.zoom.to_view(*self._points.points[self._pointed].tolist())
        painter.setPen(QPen(QColor(current_colours().text), 1.5))
        painter.drawEllipse(square_at(x, y, max(self.zoom.factor * 4, 10.0)))

    def _paint_own(self, painter: QPainter) -> None:
        own = self.own_place
        if own is None:
            return
        ring = square_at(own.x(), own.y(), text_pixels(RING))
        for colour, thick in ((current_colours().card, 7), (current_colours().accent, 4)):
            painter.setPen(QPen(QColor(colour), thick))
            painter.drawEllipse(ring)

    def _paint_frame(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        colour = current_colours().accent if self.hasFocus() else current_colours().border
        painter.setPen(QPen(QColor(colour), 2 if self.hasFocus() else 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    # --- Qt -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(500, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._ground is not None:
            self._ground.paint(painter, self.zoom, sized_font(self, 26, bold=True))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._paint_pointed(painter)
        self._paint_own(painter)
        self._paint_frame(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.zoom = self.zoom.in_room(self.width(), self.height())
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            place = event.position()
            self._change_zoom(self.zoom.zoomed(1 + event.value(), place.x(), place.y()))
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                place = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self._change_zoom(self.zoom.zoomed(pinch.scaleFactor(), place.x(), place.y()))
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        place = event.position()
        self._change_zoom(self.zoom.zoomed(STEP ** (event.angleDelta().y() / NOTCH), place.x(), place.y()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if not event.buttons():
            self._pressed_at = self._dragged_from = None
            self._point_at(self._digit_at(place))
        elif self._dragged_from is not None:
            step, self._dragged_from = place - self._dragged_from, place
            self._change_zoom(self.zoom.moved(step.x(), step.y()))
        elif self._pressed_at is not None and (place - self._pressed_at).manhattanLength() >= LEAST_DRAG:
            self._dragged_from = place

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_click = self._pressed_at is not None and self._dragged_from is None
        self._pressed_at = self._dragged_from = None
        index = self._digit_at(event.position()) if is_click else None
        if index is not None:
            self.taken.emit(index)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Key(event.key())
        if key in (Key.Key_Return, Key.Key_Enter) and self._pointed is not None:
            self.taken.emit(self._pointed)
            return
        if key in PANS:
            self._change_zoom(self.zoom.moved(*PANS[key]))
        elif key in ZOOMS:
            self.zoom_by(ZOOMS[key])
        else:
            super().keyPressEvent(event)
            return
        self._point_at(self._digit_at(QPointF(self.rect().center()), within=WIDTH * self.zoom.scale))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)
