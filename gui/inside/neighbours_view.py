"""The training digits most like the drawing, side by side."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.digits.arrays import SIDE
from core.explaining.neighbours import NEIGHBOURS, Neighbour
from gui.widgets.theme import current_colours, follow_text_scale, sized_font, text_pixels

ZOOM, GAP, EDGE = 3, 10, 2
PICTURE = SIDE * ZOOM
LABEL, DISTANCE = 18, 12
Key = Qt.Key


class NeighboursView(QWidget):
    """A picture for each, with its label and distance; painted as one. A click or Enter takes one.

    Signals
    -------
    taken
        `(Neighbour)`: somebody wants it on the pad.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nearest")
        self.setAccessibleName(self.tr("Similar training digits"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._neighbours: list[Neighbour] = []
        self._current = 0
        self._pointed: int | None = None
        follow_text_scale(self._fit)

    @property
    def neighbours(self) -> list[Neighbour]:
        """What is shown, the most similar first."""
        return self._neighbours

    def show_neighbours(self, neighbours: list[Neighbour]) -> None:
        """Show them; what has not changed is not painted again."""
        before, self._neighbours = self._neighbours, neighbours
        if len(before) != len(neighbours):
            self._fit()
            self.update()
        for place, (old, new) in enumerate(zip(before, neighbours, strict=False)):
            if (old.index, f"{old.distance:.3f}") != (new.index, f"{new.distance:.3f}"):
                self.update(self.cell(place))
        self._describe()

    def cell(self, place: int) -> QRect:
        """Where one is, with its texts."""
        width, height = self._cell_size()
        row, column = divmod(place, self._columns())
        return QRect(EDGE + column * (width + GAP), EDGE + row * (height + GAP), width, height)

    def text_of(self, place: int) -> str:
        """One in words."""
        one = self._neighbours[place]
        text = self.tr("a {0}, at distance {1}, number {2:,} of {3}")
        return text.format(one.label, f"{one.distance:.3f}", one.index + 1, one.source)

    def _cell_size(self) -> tuple[int, int]:
        return max(PICTURE, text_pixels(70)), PICTURE + text_pixels(LABEL + DISTANCE) + 10

    def _columns(self) -> int:
        fitting = max((self.width() - 2 * EDGE + GAP) // (self._cell_size()[0] + GAP), 1)
        return fitting if fitting >= NEIGHBOURS else max(NEIGHBOURS // 2 if fitting >= NEIGHBOURS // 2 else fitting, 1)

    def _fit(self) -> None:
        rows = -(-max(len(self._neighbours), 1) // self._columns())
        self.setFixedHeight(rows * (self._cell_size()[1] + GAP) - GAP + 2 * EDGE)

    def _place_at(self, x: int, y: int) -> int | None:
        places = range(len(self._neighbours))
        return next((place for place in places if self.cell(place).contains(x, y)), None)

    def _point_at(self, place: int | None) -> None:
        if place != self._pointed:
            for changed in (place, self._pointed):
                if changed is not None:
                    self.update(self.cell(changed).adjusted(-EDGE, -EDGE, EDGE, EDGE))
            self._pointed = place
            self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)
            self.setToolTip("" if place is None else self.tr("Put on the pad: {0}").format(self.text_of(place)))

    def _describe(self) -> None:
        texts = list(map(self.text_of, range(len(self._neighbours))))
        if self.hasFocus() and texts:
            texts = [texts[min(self._current, len(texts) - 1)]]
        self.setAccessibleDescription("; ".join(texts))

    def _move_to(self, place: int) -> None:
        self._current = min(max(place, 0), max(len(self._neighbours) - 1, 0))
        self._describe()
        self.update()

    # --- Qt -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(NEIGHBOURS * (self._cell_size()[0] + GAP), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._cell_size()[0] + 2 * EDGE, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place in range(len(self._neighbours)):
            if event.region().intersects(self.cell(place)):
                self._paint_one(painter, place)
        painter.end()

    def _paint_one(self, painter: QPainter, place: int) -> None:
        one, cell, colours = self._neighbours[place], self.cell(place), current_colours()
        picture = QRect(cell.left() + (cell.width() - PICTURE) // 2, cell.top(), PICTURE, PICTURE)
        painter.drawImage(picture, QImage(one.image.tobytes(), SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8))
        if place == self._pointed or (self.hasFocus() and place == self._current):
            painter.setPen(QPen(QColor(colours.accent), 2, j=Qt.PenJoinStyle.MiterJoin))
            painter.drawRect(QRectF(picture).adjusted(-1, -1, 1, 1))
        top = picture.bottom() + 5
        for text, pixels, colour, is_bold in (
            (str(one.label), LABEL - 2, colours.text, True),
            (f"{one.distance:.3f}", DISTANCE, colours.faint_text, False),
        ):
            painter.setFont(sized_font(self, pixels, bold=is_bold))
            painter.setPen(QColor(colour))
            room = QRect(cell.left(), top, cell.width(), text_pixels(pixels + 2))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
            top = room.bottom() + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._point_at(self._place_at(place.x(), place.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint().x(), event.position().toPoint().y())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.taken.emit(self._neighbours[place])

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = self._columns()
        steps = {Key.Key_Left: -1, Key.Key_Right: 1, Key.Key_Up: -columns, Key.Key_Down: columns}
        key = Key(event.key())
        if key in steps:
            self._move_to(self._current + steps[key])
        elif key in (Key.Key_Return, Key.Key_Enter, Key.Key_Space) and self._current < len(self._neighbours):
            self.taken.emit(self._neighbours[self._current])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._move_to(self._current)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._describe()
        self.update()
        super().focusOutEvent(event)
