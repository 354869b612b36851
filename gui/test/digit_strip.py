"""A row of digits, as many as there is room for, and what they are."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from core.digits.arrays import SIDE, Image, Images
from gui.widgets.digit_pictures import Pictures
from gui.widgets.labels import make_faint_label
from gui.widgets.pixel_view import paint_frame
from gui.widgets.theme import current_colours, follow_text_scale, follow_theme, text_pixels

PICTURE, BETWEEN = 2 * SIDE, 6


@dataclass(frozen=True, slots=True, eq=False)
class _Digit:
    id: int
    image: Image


class DigitStrip(QWidget):
    """Shows up to `MOST` images with a caption."""

    MOST = 16

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.caption = make_faint_label()
        self._row = _Row()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addWidget(self._row)

    def show_images(self, images: Images, caption: str) -> None:
        """Show images uint8 `(n, 28, 28)`."""
        self.caption.setText(caption)
        self._row.setAccessibleName(caption)
        self._row.show_digits([_Digit(number, image) for number, image in enumerate(images[: self.MOST])])


class _Row(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._digits: list[_Digit] = []
        self._pictures = Pictures(DigitStrip.MOST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self._take_colours)
        follow_text_scale(self.updateGeometry)

    def show_digits(self, digits: list[_Digit]) -> None:
        self._digits = digits
        self._pictures.forget()
        self.update()

    def _take_colours(self) -> None:
        self._pictures.take_colours()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(DigitStrip.MOST * (text_pixels(PICTURE) + BETWEEN), text_pixels(PICTURE))

    def minimumSizeHint(self) -> QSize:
        return QSize(text_pixels(PICTURE), text_pixels(PICTURE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, side = QPainter(self), text_pixels(PICTURE)
        border = QColor(current_colours().border)
        for number, digit in enumerate(self._digits):
            place = QRect(number * (side + BETWEEN), 0, side, side)
            if place.right() >= self.width():
                break
            self._pictures.paint(painter, place, digit, self.devicePixelRatioF())
            paint_frame(painter, place, border)
        painter.end()
