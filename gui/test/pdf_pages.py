"""A report as PDF, by Qt's own writer."""

import base64
import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtSvg import QSvgRenderer

RESOLUTION = 96
"""Dots in an inch: a pixel of the web page is a point of the document."""
SHARPER = 3
"""Pixels of a figure for one of the web page."""
MARGIN_MM = 16.0

_FIGURE = re.compile(r"<svg.*?</svg>", re.DOTALL)


def pdf_of(html: str, title: str) -> bytes:
    """The pages of a report, in A4, with page breaks where they fall. It may be called in any thread."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("DigitPad")
    writer.setResolution(RESOLUTION)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setPageSize(QSizeF(writer.width(), writer.height()))
    document.setHtml(_FIGURE.sub(_picture, html))
    document.print_(writer)
    buffer.close()
    return bytes(content.data())


def _picture(figure: re.Match[str]) -> str:
    """A figure, which Qt's documents cannot hold as SVG, as the picture of it."""
    renderer = QSvgRenderer(QByteArray(figure[0].encode()))
    size = renderer.defaultSize()
    image = QImage(size * SHARPER, QImage.Format.Format_ARGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    png = base64.b64encode(content.data()).decode("ascii")
    return f"<p><img src='data:image/png;base64,{png}' width='{size.width()}' height='{size.height()}'></p>"
