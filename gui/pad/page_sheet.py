"""The page itself in its view: digits to be pointed at, and taken to the pad; the wheel zooms, dragging moves it."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.pad.page import Page
from gui.pad.page_painting import PageMarks, PagePicture
from gui.pad.page_zoom import PageZoom
from gui.widgets.theme import current_colours

MARGIN = 3.0
"""Pixels around a digit in which the pointer is on it."""
LEAST_DRAG = 4
NOTCH, STEP = 120.0, 1.25
ZOOMS = {Qt.Key.Key_Plus: STEP, Qt.Key.Key_Equal: STEP, Qt.Key.Key_Minus: 1 / STEP, Qt.Key.Key_0: 0.0}
Key = Qt.Key


class PageSheet(QWidget):
    """Shows a page.

    Signals
    -------
    pointed
        `(int | None)`: the digit, in reading order, that the pointer is on or the arrow keys came to.
    taken
        `(list[int])`: these digits are wanted on the pad.
    """

    pointed = Signal(object)
    taken = Signal(list)

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageSheet")
        self.setAccessibleName(self.tr("Page of digits"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.page = page
        self.zoom = PageZoom(float(page.size[0]), float(page.size[1]), 1.0, 1.0)
        self._picture, self._marks = PagePicture(page.pixels), PageMarks(page)
        self._selected: int | None = None
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None

    @property
    def selected(self) -> int | None:
        """The digit that is pointed at, or that the keys came to."""
        return self._selected

    def digit_at(self, place: QPointF) -> int | None:
        """The digit at a point of the view: of several, the one whose middle is nearest."""
        x, y = self.zoom.to_page(place.x(), place.y())
        around = MARGIN / self.zoom.scale
        found = [
            (abs(box[0] + box[2] - 2 * x) + abs(box[1] + box[3] - 2 * y), index)
            for index, box in enumerate(digit.box for digit in self.page.reading.digits)
            if box[0] - around <= x <= box[2] + around and box[1] - around <= y <= box[3] + around
        ]
        return min(found)[1] if found else None

    def select(self, index: int | None) -> None:
        """Look at a digit, and move the page so that it is seen; None: at none."""
        if index is not None:
            self._change_zoom(self.zoom.showing(self.page.reading.digits[index].box))
        self._select(index)

    def _select(self, index: int | None) -> None:
        if index != self._selected:
            self._selected = index
            self.update()
            self.pointed.emit(index)

    def _take(self, index: int, *, with_row: bool) -> None:
        self.taken.emit(self.page.row_of(index) if with_row else [index])

    def _change_zoom(self, zoom: PageZoom) -> None:
        if zoom != self.zoom:
            self.zoom = zoom
            self.update()

    def _neighbour(self, key: int) -> int | None:
        """The digit that an arrow key goes to; None for another key."""
        if key not in (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End):
            return None
        last, rows = len(self.page.reading.digits) - 1, self.page.rows
        if self._selected is None or key == Key.Key_Home:
            return 0
        if key == Key.Key_End:
            return last
        if key in (Key.Key_Left, Key.Key_Right):
            return min(max(self._selected + (1 if key == Key.Key_Right else -1), 0), last)
        at = next(number for number, row in enumerate(rows) if self._selected in row)
        target = rows[min(max(at + (1 if key == Key.Key_Down else -1), 0), len(rows) - 1)]
        middle = self._middle(self._selected)
        return min(target, key=lambda index: abs(self._middle(index) - middle))

    def _middle(self, index: int) -> float:
        box = self.page.reading.digits[index].box
        return (box[0] + box[2]) / 2

    # --- Qt -----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect().adjusted(-1, -1, 1, 1), QColor(current_colours().track))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._picture.paint(painter, self.zoom)
        self._marks.paint(painter, self, self.zoom, selected=self._selected, has_focus=self.hasFocus())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.zoom = self.zoom.in_room(self.width(), self.height())
        super().resizeEvent(event)

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
            self._select(self.digit_at(place))
        elif self._dragged_from is not None:
            step, self._dragged_from = place - self._dragged_from, place
            self._change_zoom(self.zoom.moved(step.x(), step.y()))
        elif self._pressed_at is not None and (place - self._pressed_at).manhattanLength() >= LEAST_DRAG:
            self._dragged_from = place

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_click = self._pressed_at is not None and self._dragged_from is None
        self._pressed_at = self._dragged_from = None
        index = self.digit_at(event.position()) if is_click else None
        if index is not None:
            self._select(index)
            self._take(index, with_row=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.digit_at(event.position())
        if index is not None:
            self._take(index, with_row=True)

    def leaveEvent(self, event: QEvent) -> None:
        self._select(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, neighbour = event.key(), self._neighbour(event.key())
        if neighbour is not None:
            self.select(neighbour)
        elif key in (Key.Key_Return, Key.Key_Enter) and self._selected is not None:
            self._take(self._selected, with_row=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in ZOOMS:
            middle = self.rect().center()
            self._change_zoom(self.zoom.zoomed(ZOOMS[Key(key)], middle.x(), middle.y()))
        else:
            super().keyPressEvent(event)
