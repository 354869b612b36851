"""Pictures of results: paper-white pages with text in the app's own typeface."""

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QImage, QPainter

from core.ink.arrays import GrayImage
from core.system.paths import assets_folder
from core.system.safe_files import write_file

PAPER, INK, FAINT, GRID = QColor("#ffffff"), QColor("#1d2433"), QColor("#6b7385"), QColor("#e3e6ec")
GOOD, BAD, ACCENT = QColor("#0072b2"), QColor("#d55e00"), QColor("#0072b2")
"""Okabe and Ito's colours, which colour-blind eyes tell apart."""


class Page:
    """A white page to paint on, twice as fine as its coordinates."""

    SCALE = 2

    def __init__(self, width: int, height: int) -> None:
        _start_fonts()
        self.width, self.height = width, height
        self.image = QImage(width * self.SCALE, height * self.SCALE, QImage.Format.Format_RGB32)
        self.image.fill(PAPER)
        self.painter = QPainter(self.image)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.scale(self.SCALE, self.SCALE)

    def text(
        self, place: tuple[float, float, float, float], words: str, *, size: int = 13, bold: bool = False,
        colour: QColor = INK, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:  # fmt: skip
        """Write `words` on one line into the box `(left, top, width, height)`, upright in its middle."""
        font = QFont("Inter")
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        self.painter.setFont(font)
        self.painter.setPen(colour)
        self.painter.drawText(QRectF(*place), align | Qt.AlignmentFlag.AlignVCenter, words)

    def pixels(self, place: tuple[float, float, float, float], gray: GrayImage) -> None:
        """Show a grey picture, uint8 `(h, w)`, enlarged into the box, each pixel a square."""
        content = np.ascontiguousarray(gray)
        image = QImage(content.data, gray.shape[1], gray.shape[0], gray.shape[1], QImage.Format.Format_Grayscale8)
        self.painter.drawImage(QRectF(*place), image)

    def save(self, path: Path) -> None:
        """Write the page as PNG. Raises StorageError."""
        self.painter.end()
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.image.save(buffer, "PNG")  # type: ignore[call-overload]
        write_file(path, bytes(content.data()))


def paint_rows(rows: Mapping[str, GrayImage]) -> Page:
    """A page with a named row of images, uint8 `(n, h, w)`, for each entry."""
    side, gap, name_width, margin = 56, 6, 150, 20
    columns = max(len(images) for images in rows.values())
    page = Page(2 * margin + name_width + columns * (side + gap), 2 * margin + len(rows) * (side + gap))
    for row, (name, images) in enumerate(rows.items()):
        top = margin + row * (side + gap)
        page.text((margin, top, name_width, side), name)
        for column, image in enumerate(images):
            page.pixels((margin + name_width + column * (side + gap), top, side, side), image)
    return page


def _start_fonts() -> None:
    """Text needs a Qt application; it needs no display."""
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        global _application
        _application = QGuiApplication([])
    if "Inter" not in QFontDatabase.families():
        for file in sorted((assets_folder() / "fonts").glob("*.otf")):
            QFontDatabase.addApplicationFont(str(file))


_application: QGuiApplication | None = None
"""Kept, or Qt would end it at once."""
