"""What is painted around the samples: headings, and the rubber band."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.widgets.sections import Section
from gui.widgets.theme import current_colours, sized_font, text_pixels

BAND_OPACITY = 40


def paint_heading(painter: QPainter, rect: QRect, section: Section, widget: QWidget) -> None:
    """Paint the title of a section, and how much there is in it."""
    colours = current_colours()
    font, left = sized_font(widget, 15, bold=True), rect.left() + text_pixels(7)
    metrics = QFontMetrics(font)
    baseline = rect.center().y() + metrics.capHeight() // 2
    painter.setFont(font)
    painter.setPen(QColor(colours.text))
    painter.drawText(left, baseline, section.title)
    painter.setFont(sized_font(widget, 13))
    painter.setPen(QColor(colours.faint_text))
    beside = left + metrics.horizontalAdvance(section.title) + text_pixels(8)
    painter.drawText(beside, baseline, f"{section.count:,}")


def paint_band(painter: QPainter, band: QRect) -> None:
    """Paint the rubber band; nothing where there is none."""
    if band.isNull():
        return
    colour = QColor(current_colours().accent)
    painter.setPen(QPen(colour, 1))
    colour.setAlpha(BAND_OPACITY)
    painter.setBrush(colour)
    painter.drawRect(band.adjusted(0, 0, -1, -1))
