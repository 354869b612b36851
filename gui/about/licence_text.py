"""The licences as a formatted document."""

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from core.system.licences import Licences
from gui.widgets.theme import SPACING, Colours, text_pixels

PIXELS = 13
HEADINGS = {1: 1, 2: 0}
"""Qt's steps above the text's own size, by level."""
ABOVE_HEADING, BELOW_PARAGRAPH, CELL_PADDING = 14.0, 6.0, 5.0


def make_document(licences: Licences, font: QFont, colours: Colours, parent: QObject) -> QTextDocument:
    """The document in `colours`, which stay when those of the window change."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    font = QFont(font)
    font.setPixelSize(text_pixels(PIXELS))
    document.setDefaultFont(font)
    document.setDocumentMargin(SPACING)
    if licences.is_markdown:
        document.setMarkdown(licences.text)
        _format_document(document, colours)
    else:
        document.setPlainText(licences.text)
    return document


def _format_document(document: QTextDocument, colours: Colours) -> None:
    """Give it small headings, space between paragraphs, and thin lines in tables."""
    block = document.begin()
    while block.isValid():
        _format_block(block)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _format_table(frame, colours)


def _format_block(block: QTextBlock) -> None:
    cursor = QTextCursor(block)
    if cursor.currentTable() is not None:
        return
    layout, larger = block.blockFormat(), HEADINGS.get(block.blockFormat().headingLevel())
    layout.setBottomMargin(BELOW_PARAGRAPH)
    if larger is not None:
        layout.setTopMargin(ABOVE_HEADING if block.position() else 0)
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        heading = QTextCharFormat()
        heading.setProperty(QTextCharFormat.Property.FontSizeAdjustment, larger)
        cursor.mergeCharFormat(heading)
    cursor.setBlockFormat(layout)


def _format_table(table: QTextTable, colours: Colours) -> None:
    style = table.format()
    style.setBorder(1)
    style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    style.setBorderBrush(QBrush(QColor(colours.border)))
    style.setBorderCollapse(True)
    style.setCellPadding(CELL_PADDING)
    style.setCellSpacing(0)
    style.setTopMargin(BELOW_PARAGRAPH)
    style.setBottomMargin(BELOW_PARAGRAPH)
    style.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(style)
