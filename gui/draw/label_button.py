"""A button that says which digit something is."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton, QWidget

from gui.widgets.theme import current_colours, sized_font, text_pixels

TYPE = 14
HEIGHT, LEAST_WIDTH, BESIDE = 24, 22, 7
"""Of a button, and on either side of a longer text, in pixels at texts' actual size."""
CORNER = 5.0
DISABLED = 0.45
"""Opacity of the text of what cannot be pressed."""


class LabelButton(QToolButton):
    """Faint while nothing is asked, with a frame while its row asks. It paints itself: style sheets cost far more."""

    def __init__(self, text: str, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self._is_answered = self._is_asked = False
        self.setDefaultAction(action)
        self.setAccessibleName(action.text().replace("&", ""))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is

    @property
    def is_answered(self) -> bool:
        """Whether this is the label that was answered."""
        return self._is_answered

    @property
    def is_asked(self) -> bool:
        """Whether the row asks for a label."""
        return self._is_asked

    def show_state(self, *, is_answered: bool, is_asked: bool) -> None:
        """Mark the label that was answered, and show whether the row asks for one."""
        if (is_answered, is_asked) != (self._is_answered, self._is_asked):
            self._is_answered, self._is_asked = is_answered, is_asked
            self.update()

    # --- Qt -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._text) + 2 * text_pixels(BESIDE)
        return QSize(max(width, text_pixels(LEAST_WIDTH)), text_pixels(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, painter = current_colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_enabled = self.isEnabled()
        is_marked = self._is_answered and is_enabled
        ground = QColor(Qt.GlobalColor.transparent)
        if self.isDown():
            ground = QColor(colours.track)
        elif is_enabled and (self.underMouse() or is_marked):
            ground = QColor(colours.hover)
        is_framed = is_enabled and self._is_asked
        frame = colours.accent if self.hasFocus() else colours.border if is_framed else ""
        painter.setBrush(ground)
        painter.setPen(QPen(QColor(frame), 1.5 if self.hasFocus() else 1.0) if frame else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), CORNER, CORNER)
        strong = is_enabled and (is_marked or self._is_asked or self.underMouse())
        text = QColor(colours.text if strong else colours.faint_text)
        text.setAlphaF(1.0 if is_enabled else DISABLED)
        painter.setPen(text)
        painter.setFont(sized_font(self, TYPE, bold=is_marked))
        metrics = painter.fontMetrics()
        left = (self.width() - metrics.horizontalAdvance(self._text)) / 2
        painter.drawText(QPointF(left, (self.height() + metrics.capHeight()) / 2), self._text)
        painter.end()
