"""What the network sees: the stages of preprocessing, and what was measured on the way."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.digits.arrays import SIDE, Image
from core.digits.normalize import MNIST_STROKE_RANGE, NormalizedDigit
from gui.pad.document import PAD_SIDE, Content, PictureInk
from gui.pad.ink_painting import paint_picture, paint_stroke
from gui.widgets.card import Card
from gui.widgets.labels import make_faint_label, make_heading
from gui.widgets.pixel_view import PixelView, paint_frame, paint_ground
from gui.widgets.theme import MARGIN, SPACING, current_colours, set_text, sized_font

SMALLEST_ZOOM, LARGEST_ZOOM = 3, 7
"""Screen pixels for each of the 28: whole, so that the image is sharp."""
CAPTION, FACTS = 12, 13
TIGHT = 8
"""The margin above and below where there is little room."""
LONGEST_FACTS = "Line 10.0 px wide, redrawn at 2.7 px like MNIST. Moved 10 px right and 10 px down to centre its mass."
STAGE_SHARE = 15
"""Approximate side of a stage in the same unit; rounded, so that the 20 pixels of the tile are sharp, too."""


class NetworkView(Card):
    """Shows a `NormalizedDigit` beside the ink it came from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("networkView")
        self.pad = PadThumbnail()
        self.box = PixelView(self.tr("the ink in its box"))
        self.tile = PixelView(self.tr("20 by 20 pixels"))
        self.image = PixelView(self.tr("the 28 by 28 image that the network sees"))
        self.facts = make_faint_label()
        self.facts.setObjectName("facts")
        self.facts.setWordWrap(True)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._digit: NormalizedDigit | None = None
        self._is_explained = False
        self._lay_out()
        self.fit(0, 0)
        self.show_digit(None, None)

    def show_digit(self, digit: NormalizedDigit | None, content: Content | None) -> None:
        """Show the stages of `digit`, which came from `content`."""
        self.pad.show_content(content, digit)
        self.box.show_pixels(digit.ink if digit else None)
        self.tile.show_pixels(digit.tile if digit else None)
        self._digit = digit
        if digit is None or not self._is_explained:  # else it keeps its colours until there are new ones
            self.image.show_pixels(digit.image if digit else None)
        self.facts.setText(facts_text(digit) if digit else self.tr("Every digit becomes an image like MNIST's."))

    def show_evidence(self, colours: Image | None) -> None:
        """Show the network's input in the colours of evidence, uint8 `(28, 28, 3)`; None: in its own."""
        self._is_explained = colours is not None
        plain = self._digit.image if self._digit else None
        self.image.show_pixels(plain if colours is None else colours)

    def _lay_out(self) -> None:
        heading = make_heading(self.tr("What the network sees"), wraps=True)
        stages = QHBoxLayout()
        stages.setSpacing(8)
        for view, caption in ((self.pad, "ink"), (self.box, "box"), (self.tile, "20×20")):
            stages.addLayout(_captioned(view, caption))
        stages.addStretch()
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(heading)
        left.addLayout(stages)
        left.addStretch()
        self._top = top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.setSpacing(SPACING)
        top.addLayout(left)
        top.addStretch()
        top.addLayout(_captioned(self.image, "28×28, centred"))
        self._layout = layout = self.make_column()
        layout.addLayout(top)
        layout.addWidget(self.facts)

    def set_tight(self, is_tight: bool) -> None:
        """Leave as little room as possible above and below, or the usual one."""
        edge = TIGHT if is_tight else SPACING
        self._layout.setContentsMargins(MARGIN, edge, MARGIN, edge)

    def fit(self, width: int, height: int) -> None:
        """Make the images as large as fits into `width` x `height` pixels, but never too small to see."""
        room = width - 2 * MARGIN
        set_text(self.facts, FACTS, lines=self._lines_of_facts(room))
        around = 2 * SPACING + 8 + self._caption_height() + self.facts.height()
        across = (room - 2 * 8 - 2 * SPACING) // (SIDE + 3 * STAGE_SHARE)
        down = (height - around) // SIDE
        self._zoom(min(max(min(across, down), SMALLEST_ZOOM), LARGEST_ZOOM))
        self._top.setDirection(QBoxLayout.Direction.LeftToRight)
        self._layout.activate()  # else the sizes of texts may be outdated
        if room < self._top.minimumSize().width():
            self._top.setDirection(QBoxLayout.Direction.TopToBottom)

    def _lines_of_facts(self, width: int) -> int:
        metrics = QFontMetrics(sized_font(self, FACTS))
        wrap = Qt.TextFlag.TextWordWrap
        place = metrics.boundingRect(0, 0, max(width, 200) * 9 // 10, 0, wrap, LONGEST_FACTS)
        return round(place.height() / metrics.lineSpacing())

    def _caption_height(self) -> int:
        return QFontMetrics(sized_font(self, CAPTION)).lineSpacing() + 3

    def _zoom(self, pixels: int) -> None:
        """Show the image `pixels` times as large as it is, and the stages to match."""
        self.image.setFixedSize(SIDE * pixels, SIDE * pixels)
        side = 20 * round(pixels * STAGE_SHARE / 20)
        for stage in (self.pad, self.box, self.tile):
            stage.setFixedSize(side, side)


class PadThumbnail(QWidget):
    """The whole pad, small, with the box that is cut out of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("the pad and the box around the ink"))
        self._content: Content | None = None
        self._digit: NormalizedDigit | None = None

    def show_content(self, content: Content | None, digit: NormalizedDigit | None) -> None:
        self._content, self._digit = content, digit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = paint_ground(painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._digit is not None and self._content is not None:
            scale = self.width() / PAD_SIDE
            self._paint_content(painter, self._content, scale)
            left, top, side = self._digit.box
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor("#56b4e9"), 1))
            painter.drawRect(QRectF(left * scale, top * scale, side * scale, side * scale))
        paint_frame(painter, rect, QColor(current_colours().border))
        painter.end()

    def _paint_content(self, painter: QPainter, content: Content, scale: float) -> None:
        white = QColor(Qt.GlobalColor.white)
        if isinstance(content, PictureInk):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            paint_picture(painter, content, scale=scale, colour=white)
            content = content.drawing()
        for stroke in content.strokes:
            width = max(content.width_of(stroke) * self.width(), 1.5)
            paint_stroke(painter, stroke, scale=scale, width=width, colour=white)


def facts_text(digit: NormalizedDigit) -> str:
    """What was measured: the stroke width beside MNIST's, and how far the digit was moved."""
    low, high = MNIST_STROKE_RANGE
    if digit.drawn_width is not None:
        width = f"Line {digit.drawn_width:.1f} px wide, redrawn at {digit.stroke_width:.1f} px like MNIST."
    else:
        # Compared as it is shown: “2.0 px wide, unlike MNIST (2.0 to 4.4 px)” would contradict itself.
        relation = "like" if low <= round(digit.stroke_width, 1) <= high else "unlike"
        width = f"Line {digit.stroke_width:.1f} px wide, {relation} MNIST ({low:.1f} to {high:.1f} px)."
    return f"{width} {movement_text(*digit.shift)}"


def movement_text(right: int, down: int) -> str:
    """A shift in whole pixels, in words."""
    parts = []
    if right:
        parts.append(f"{abs(right)} px {'right' if right > 0 else 'left'}")
    if down:
        parts.append(f"{abs(down)} px {'down' if down > 0 else 'up'}")
    if not parts:
        return "Its centre of mass was already in the middle."
    return f"Moved {' and '.join(parts)} to centre its mass."


def _captioned(view: QWidget, caption: str) -> QVBoxLayout:
    label = make_faint_label(caption, pixels=CAPTION)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addWidget(view, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addWidget(label)
    return column
