"""The feature maps of a layer as tiles: to be looked at, pointed at, and chosen."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.ink.arrays import FloatArray
from gui.inside.mosaic import TileGrid, fit_tiles, mosaic_image
from gui.inside.scales import number_text
from gui.widgets.theme import current_colours

EDGE = 3
"""Pixels around the tiles, for the frames of those at the edge."""
Key = Qt.Key


class TileView(QWidget):
    """All maps of a layer, painted as one picture. Tiles are chosen by a click, or by arrow keys and Enter.

    Signals
    -------
    chosen
        `(int)`: the number of the map, from 0, that somebody wants to see large.
    """

    chosen = Signal(int)

    def __init__(self, name: str, count: int, height: int, width: int, parent: QWidget | None = None) -> None:
        """`count` maps of `height` x `width` cells; `name` is what screen readers call them."""
        super().__init__(parent)
        self.setObjectName("tiles")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shape = count, height, width
        self._values: FloatArray | None = None
        self._image: QImage | None = None
        self._scale = 1.0
        self._most: int | None = None
        self._open: int | None = None
        self._pointed: int | None = None
        self._current = 0
        self.grid: TileGrid = fit_tiles(count, height, width, 1)
        self._fit(self.minimumSizeHint().width())

    @property
    def values(self) -> FloatArray | None:
        """What is shown, float32 `(height, width, channels)`."""
        return self._values

    @property
    def most(self) -> int | None:
        """The map that says most."""
        return self._most

    @property
    def open_map(self) -> int | None:
        """The map that is shown large."""
        return self._open

    def show_maps(self, values: FloatArray, scale: float, most: int | None) -> None:
        """Show `values`, float32 `(height, width, channels)`, and mark the map that says most."""
        self._values, self._scale, self._most = values, scale, most
        self._image = None  # made when it is painted: what is scrolled out of sight costs nothing
        self._describe()
        self.update()

    def mark_open(self, channel: int | None) -> None:
        """Mark the map that is shown large."""
        if channel != self._open:
            self._open = channel
            if channel is not None:
                self._current = min(channel, self.grid.count - 1)
            self.update()

    def tile_rect(self, channel: int) -> QRect:
        """Where a map is in the view."""
        return self.grid.rect(channel).translated(EDGE, EDGE)

    def _fit(self, width: int) -> None:
        count, rows, columns = self._shape
        self.grid = fit_tiles(count, rows, columns, width - 2 * EDGE)
        self._image = None
        self.setFixedHeight(self.grid.size[1] + 2 * EDGE)

    def _point_at(self, channel: int | None) -> None:
        if channel != self._pointed:
            for changed in (channel, self._pointed):
                self._update_tile(changed)
            self._pointed = channel
            self.setToolTip("" if channel is None else self._text(channel))

    def _move_to(self, channel: int) -> None:
        before, self._current = self._current, min(max(channel, 0), self.grid.count - 1)
        for changed in (before, self._current):
            self._update_tile(changed)
        self._describe()

    def _text(self, channel: int) -> str:
        text = self.tr("Map {0}").format(channel + 1)
        if self._values is not None:
            text += self.tr(": at most {0}").format(number_text(float(self._values[:, :, channel].max())))
        return text

    def _describe(self) -> None:
        said = [] if self._most is None else [self.tr("map {0} says most").format(self._most + 1)]
        if self.hasFocus():
            said.insert(0, self._text(self._current))
        self.setAccessibleDescription("; ".join(said))

    def _update_tile(self, channel: int | None) -> None:
        if channel is not None:
            self.update(self.tile_rect(channel).adjusted(-EDGE, -EDGE, EDGE, EDGE))

    # --- painting -----------------------------------------------------------------------------------------

    def _paint_maps(self, painter: QPainter) -> None:
        width, height = self.grid.size
        if self._values is None:
            return
        if self._image is None:
            self._image = mosaic_image(self._values, self.grid, self._scale)
        painter.drawImage(QRect(EDGE, EDGE, width, height), self._image)

    def _paint_frames(self, painter: QPainter) -> None:
        colours = current_colours()
        for channel, colour, thick in (
            (self._pointed, colours.faint_text, 1),
            (self._open, colours.text, 2),
            (self._most, colours.accent, 3),
            (self._current if self.hasFocus() else None, colours.text, 1),
        ):
            if channel is not None and channel < self.grid.count:
                around = thick / 2
                painter.setPen(QPen(QColor(colour), thick, j=Qt.PenJoinStyle.MiterJoin))
                painter.drawRect(QRectF(self.tile_rect(channel)).adjusted(-around, -around, around, around))

    # --- Qt -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(max(min(self._shape[2] * 2, 120), 60) + 2 * EDGE, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_maps(painter)
        self._paint_frames(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(self.width())
        super().resizeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._point_at(self.grid.tile_at(place.x() - EDGE, place.y() - EDGE))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        channel = self.grid.tile_at(place.x() - EDGE, place.y() - EDGE)
        if channel is not None and event.button() == Qt.MouseButton.LeftButton:
            self._move_to(channel)
            self.chosen.emit(channel)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Key.Key_Left: -1, Key.Key_Right: 1, Key.Key_Up: -self.grid.columns, Key.Key_Down: self.grid.columns}
        key = Key(event.key())
        if key in steps:
            target = self._current + steps[key]
            if 0 <= target < self.grid.count:
                self._move_to(target)
        elif key in (Key.Key_Home, Key.Key_End):
            self._move_to(0 if key == Key.Key_Home else self.grid.count - 1)
        elif key in (Key.Key_Return, Key.Key_Enter, Key.Key_Space):
            self.chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._describe()
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._describe()
        self.update()
        super().focusOutEvent(event)
