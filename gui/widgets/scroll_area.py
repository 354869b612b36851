"""The scroll area of pages and dialogs."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QScrollArea, QScrollBar, QSlider, QWidget
from shiboken6 import isValid

AROUND_FOCUS = 28
"""Pixels shown around what has the focus: enough for the name above a field."""
LEAST_HEIGHT = 80


class ScrollArea(QScrollArea):
    """Scrolls what does not fit, in both directions, and has no scroll bars if everything fits.

    Whatever gets the focus inside is scrolled into view. Where there is something to scroll, the wheel always does
    that: a field under the pointer keeps its value, even if it has the focus.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._revealed: QWidget | None = None
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.actionTriggered.connect(self._leave_to_user)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def reveal(self, part: QWidget) -> None:
        """Scroll just far enough to show `part`, or its beginning if it is too large.

        It stays visible while sizes change, until the user scrolls.
        """
        self._revealed = part
        self._show_revealed()

    def _show_revealed(self) -> None:
        content, part = self.widget(), self._revealed
        if content is None or part is None or not isValid(part) or not content.isAncestorOf(part):
            return
        if (layout := content.layout()) is not None:
            layout.activate()  # else its position may be outdated
        place, room = QRect(part.mapTo(content, QPoint(0, 0)), part.size()), self.viewport().size()
        _show_span(self.horizontalScrollBar(), place.left(), place.right() + 1, room.width())
        _show_span(self.verticalScrollBar(), place.top() - AROUND_FOCUS, place.bottom() + AROUND_FOCUS, room.height())

    def _leave_to_user(self) -> None:
        self._revealed = None

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), LEAST_HEIGHT)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()  # it takes what there is

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Scroll nested areas from the inside out: positions depend on the inner ones."""
        areas = list(areas_around(now)) if now is not None else []
        if now is None or not areas or areas[0] is not self:
            return
        for area in areas:
            area.reveal(now)

    def _guard_fields(self) -> None:
        content = self.widget()
        for part in content.findChildren(QWidget) if content is not None else ():
            if _is_field(part):
                part.installEventFilter(self)  # once: a second time moves it to the front

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and _is_field(watched) and _can_scroll(watched):
            event.ignore()  # so that Qt sends it to the widget around
            return True
        is_done = super().eventFilter(watched, event)
        if watched is self.widget() and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._show_revealed()
        return is_done

    def showEvent(self, event: QShowEvent) -> None:
        self._guard_fields()
        super().showEvent(event)


def _show_span(bar: QScrollBar, start: int, end: int, room: int) -> None:
    if start < bar.value() or end - start > room:
        bar.setValue(start)
    elif end > bar.value() + room:
        bar.setValue(end - room)


def _is_field(part: QObject) -> bool:
    """Whether the wheel would change its value."""
    return isinstance(part, QAbstractSpinBox | QComboBox | QSlider)


def _can_scroll(part: QObject) -> bool:
    areas = areas_around(part) if isinstance(part, QWidget) else ()
    return any(area.verticalScrollBar().maximum() > 0 for area in areas)


def areas_around(part: QWidget) -> Iterator[ScrollArea]:
    """The scroll areas that `part` is in, from the inside out."""
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, ScrollArea):
            yield around
        around = around.parentWidget()
