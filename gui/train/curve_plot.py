"""One live plot, which can be looked at more closely."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QNativeGestureEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.train import plot_painting
from gui.train.curve_points import BatchSeries, Cell
from gui.train.earlier_curves import EarlierCurve, paint_earlier
from gui.train.plot_axes import Span, decimals_of, pan, tick_step, ticks, zoom
from gui.train.plot_painting import Frame, Tick
from gui.train.plot_quantities import Quantity
from gui.train.read_out import Mark, numbers, place_text
from gui.widgets.scroll_area import areas_around
from gui.widgets.theme import current_colours, follow_text_scale, sized_font, text_pixels

SMALLEST = (140, 110)
AXIS_WIDTH, AXIS_HEIGHT = 46, 22
"""Room for the widest tick label, so that the plot does not move when the labels change."""
OVERHANG = 9
"""Room for half a tick label beyond each end of an axis."""
TEXT_PIXELS = 12
PADDING = 0.015, 0.03
"""Of the axes, across and up, in shares."""
MOST_TICKS = 6
ROOM_FOR_TICK = 36, 26
"""Pixels, across and up."""
LEAST_BATCHES = 10
"""The fewest that a plot shows when it is zoomed."""
ZOOM_PER_UNIT = 1.0015
"""The unit of the wheel is an eighth of a degree; most have notches of 15 degrees, which zoom by a fifth."""
NEAR = 6
"""Pixels around a mark in which the pointer snaps to it."""


class CurvePlot(QWidget):
    """Training batch by batch, light with its running mean, and validation as a mark at the end of each epoch.

    The wheel zooms around the pointer and dragging pans, both along the epochs only; the other axis fits what is shown.
    On a page that scrolls, the wheel scrolls, and zooms with Ctrl.

    Attributes
    ----------
    whole, across
        All epochs, and those that are shown, each a `Span`.

    Signals
    -------
    span_chosen
        The plot was zoomed or panned: the `Span` of epochs to show from now on.
    whole_requested
        All epochs are to be shown again.
    pointed
        The epoch under the pointer; None when the pointer has left.
    """

    span_chosen = Signal(object)
    whole_requested = Signal()
    pointed = Signal(object)

    def __init__(self, quantity: Quantity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quantity = quantity
        self._series = BatchSeries(1)
        self._marks: Sequence[Mark] = ()
        self._earlier: Sequence[EarlierCurve] = ()
        self._batches_per_epoch = 1
        self.whole = self.across = Span(0, 1).padded(PADDING[0])
        self._pointed: float | None = None
        self._moment: float | None = None
        self._dragged_from: float | None = None
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what is behind it need not be painted again
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        follow_text_scale(self._fit_text)

    def show_curve(
        self,
        series: BatchSeries,
        marks: Sequence[Mark],
        *,
        epochs: int,
        batches_per_epoch: int,
        chosen: Span | None = None,
    ) -> None:
        """Show the curve of `epochs`, or only the `chosen` part of it: `marks` are (epoch, number)."""
        self._series, self._marks, self._batches_per_epoch = series, marks, batches_per_epoch
        self.whole = Span(0, epochs).padded(PADDING[0])
        self.across = chosen or self.whole
        self.update()

    def show_earlier(self, curves: Sequence[EarlierCurve]) -> None:
        """Show the curves of earlier runs behind."""
        self._earlier = curves
        self.update()

    def point_at(self, epoch: float | None) -> None:
        """Read out what is nearest to `epoch`, or nothing."""
        if epoch != self._pointed:
            self._pointed = epoch
            self.update()

    def look_back(self, epoch: float | None) -> None:
        """Mark the end of `epoch`, or nothing."""
        self._moment = epoch
        self.update()

    # --- geometry -------------------------------------------------------------------------------------------

    def _area(self) -> QRectF:
        overhang = text_pixels(OVERHANG)
        return QRectF(self.rect()).adjusted(text_pixels(AXIS_WIDTH), overhang, -overhang, -text_pixels(AXIS_HEIGHT))

    def frame(self) -> Frame:
        """The area of the curves in pixels, and the part of the data that it shows."""
        first, last = self.across
        positions, smooth = self._series.smooth()
        epochs = positions / self._batches_per_epoch
        seen = smooth[(epochs >= first) & (epochs <= last)]
        marks = [value for epoch, value in self._marks if first <= epoch <= last]
        if not len(smooth):
            marks += [value for curve in self._earlier for value in curve.values.tolist()]
        up = self._quantity.limits(seen if len(seen) else smooth, marks)
        return Frame(self._area(), self.across, up.padded(PADDING[1]))

    def _ticks_across(self, frame: Frame) -> list[Tick]:
        most = min(frame.area.width() / text_pixels(ROOM_FOR_TICK[0]), MOST_TICKS)
        step = tick_step(frame.across.size / (1 + 2 * PADDING[0]), most)
        return [(value, f"{value:,.{decimals_of(step)}f}") for value in ticks(frame.across, step) if value >= 0]

    def _ticks_up(self, frame: Frame) -> list[Tick]:
        most = frame.area.height() / text_pixels(ROOM_FOR_TICK[1])
        step = tick_step(frame.up.size / (1 + 2 * PADDING[1]), most)
        return [(value, self._quantity.tick_text(value, step)) for value in ticks(frame.up, step)]

    def _least(self) -> float:
        return LEAST_BATCHES / self._batches_per_epoch

    # --- painting -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        frame, font = self.frame(), sized_font(self, TEXT_PIXELS)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(current_colours().card))
        plot_painting.paint_axes(painter, frame, across=self._ticks_across(frame), up=self._ticks_up(frame), font=font)
        painter.save()
        painter.setClipRect(frame.area.adjusted(0, -plot_painting.MARK_RADIUS, plot_painting.MARK_RADIUS, 0))
        self._paint_curves(painter, frame)
        if self._moment is not None:
            plot_painting.paint_moment(painter, frame, self._moment)
        painter.restore()
        if (cell := self._pointed_cell()) is not None:
            self._paint_read_out(painter, frame, cell)
        painter.end()

    def _paint_curves(self, painter: QPainter, frame: Frame) -> None:
        paint_earlier(painter, frame, self._earlier)
        positions, values = self._series.spread()
        plot_painting.paint_spread(painter, frame.line(positions / self._batches_per_epoch, values))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        positions, values = self._series.smooth()
        plot_painting.paint_mean(painter, frame.line(positions / self._batches_per_epoch, values))
        plot_painting.paint_marks(painter, frame.points(self._marks))

    def _paint_read_out(self, painter: QPainter, frame: Frame, cell: Cell) -> None:
        point = QPointF(frame.x(cell.last / self._batches_per_epoch), frame.y(cell.mean))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot_painting.paint_pointer(painter, frame, point)
        plot_painting.paint_read_out(
            painter,
            place_text(cell, self._batches_per_epoch),
            numbers(cell, self._marks, self._batches_per_epoch, self._quantity),
            beside=point,
            room=QRectF(self.rect()).adjusted(1, 1, -2, -2),
            font=sized_font(self, TEXT_PIXELS),
        )

    # --- reading out ----------------------------------------------------------------------------------------

    def read_out(self) -> str:
        """The text of the read-out, line by line; "" while there is none."""
        cell = self._pointed_cell()
        if cell is None:
            return ""
        rows = numbers(cell, self._marks, self._batches_per_epoch, self._quantity)
        return "\n".join((place_text(cell, self._batches_per_epoch), *(f"{row.name} {row.number}" for row in rows)))

    def _pointed_cell(self) -> Cell | None:
        """The cell nearest to the pointer, if it is in sight."""
        if self._pointed is None:
            return None
        cell = self._series.cell_at(self._pointed * self._batches_per_epoch)
        is_seen = cell is not None and self.across.low <= cell.last / self._batches_per_epoch <= self.across.high
        return cell if is_seen else None

    # --- looking closer -------------------------------------------------------------------------------------

    def _choose(self, span: Span) -> None:
        self.span_chosen.emit(span)
        self._show_cursor()

    def _zoom(self, factor: float, position: QPointF) -> None:
        around = self.frame().value_at(position.x())
        self._choose(zoom(self.across, factor, around=around, whole=self.whole, least=self._least()))

    def _show_cursor(self) -> None:
        """Show whether the plot can be dragged."""
        if self.across == self.whole:
            self.unsetCursor()
        else:
            is_dragging = self._dragged_from is not None
            self.setCursor(Qt.CursorShape.ClosedHandCursor if is_dragging else Qt.CursorShape.OpenHandCursor)

    def _epoch_at(self, x: float) -> float:
        """The epoch at the pixel `x`; close to a mark, the epoch of the mark."""
        frame = self.frame()
        near = [epoch for epoch, _ in self._marks if abs(frame.x(epoch) - x) <= NEAR]
        return min(near, key=lambda epoch: abs(frame.x(epoch) - x)) if near else frame.value_at(x)

    def _scrolls_page(self) -> bool:
        return any(area.verticalScrollBar().maximum() > 0 for area in areas_around(self))

    def _fit_text(self) -> None:
        self.setMinimumSize(*(text_pixels(side) for side in SMALLEST))

    def wheelEvent(self, event: QWheelEvent) -> None:
        is_meant = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) or not self._scrolls_page()
        turn = event.angleDelta().y()
        if is_meant and turn:
            self._zoom(ZOOM_PER_UNIT**turn, event.position())
            event.accept()
        else:
            event.ignore()  # so that the page scrolls

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from = event.position().x()
            self._show_cursor()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._dragged_from is not None:
            distance = (self._dragged_from - x) * self.across.size / self._area().width()
            self._dragged_from = x
            self._choose(pan(self.across, distance, whole=self.whole))
        self.pointed.emit(self._epoch_at(x))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from = None
            self._show_cursor()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.whole_requested.emit()
            self._show_cursor()
        else:
            super().mouseDoubleClickEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._show_cursor()
        self.pointed.emit(self._epoch_at(event.position().x()))
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        is_pinch = (
            isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        )
        if isinstance(event, QNativeGestureEvent) and is_pinch:
            self._zoom(1 + event.value(), event.position())
            return True
        return super().event(event)
