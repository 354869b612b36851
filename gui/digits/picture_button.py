"""A button with pictures of samples on it, and what is said of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from core.digits.arrays import SIDE
from core.samples.sample import Sample
from gui.widgets.digit_pictures import Pictures
from gui.widgets.theme import current_colours, follow_text_scale, follow_theme, sized_font, text_pixels

PICTURE = 3 * SIDE // 2
CAPTION_PIXELS = 12
EDGE, BETWEEN = 6, 4


@dataclass(frozen=True, slots=True)
class Picture:
    """A sample, the caption below it, and the name of the caption's colour in `Colours`."""

    sample: Sample
    caption: str
    colour: str


class PictureButton(QAbstractButton):
    """Hidden while it has no pictures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: Sequence[Picture] = ()
        self._images = Pictures()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        follow_theme(self._take_colours)
        follow_text_scale(self.updateGeometry)

    def show_pictures(self, pictures: Sequence[Picture], said: str) -> None:
        """Show pictures; `said` is what they are, for screen readers and as a tool tip."""
        self.pictures = pictures
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.setVisible(bool(pictures))
        self.updateGeometry()
        self.update()

    def ids(self) -> list[int]:
        """The samples that are shown."""
        return [picture.sample.id for picture in self.pictures]

    def _take_colours(self) -> None:
        self._images.take_colours()
        self.update()

    def _paint_picture(self, painter: QPainter, picture: Picture, left: int) -> None:
        side = text_pixels(PICTURE)
        self._images.paint(painter, QRect(left, EDGE, side, side), picture.sample, self.devicePixelRatioF())
        painter.setPen(QColor(getattr(current_colours(), picture.colour)))
        room = QRect(left - EDGE, EDGE + side, side + 2 * EDGE, self.height() - EDGE - side)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, picture.caption)

    def sizeHint(self) -> QSize:
        side, count = text_pixels(PICTURE), max(len(self.pictures), 1)
        height = side + 2 * EDGE + text_pixels(CAPTION_PIXELS + 6)
        return QSize(count * side + (count - 1) * BETWEEN + 2 * EDGE, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setBrush(QColor(colours.hover))
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.border), 1))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.setFont(sized_font(self, CAPTION_PIXELS, bold=True))
        for number, picture in enumerate(self.pictures):
            self._paint_picture(painter, picture, EDGE + number * (text_pixels(PICTURE) + BETWEEN))
        painter.end()
