"""Labels as the pages use them. Their text is plain: it may be the name of a model or a file."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gui.widgets.theme import set_text

NOTE_PIXELS = 13


def make_heading(text: str = "", *, wraps: bool = False) -> QLabel:
    """The title of a card or a section."""
    heading = QLabel(text)
    heading.setProperty("heading", True)
    heading.setWordWrap(wraps)
    return heading


def make_faint_label(text: str = "", *, pixels: int = 0) -> QLabel:
    """A line in the colour of secondary text; 0 `pixels`: as large as other texts."""
    label = QLabel(text)
    label.setProperty("faint", True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if pixels:
        set_text(label, pixels)
    return label


def make_note(name: str, *, lines: int, pixels: int = NOTE_PIXELS) -> QLabel:
    """A faint paragraph, found as `name`, with room for `lines`; a longer one makes it higher."""
    note = make_faint_label()
    note.setObjectName(name)
    note.setWordWrap(True)
    note.setAlignment(Qt.AlignmentFlag.AlignTop)
    set_text(note, pixels, lines=lines, may_be_higher=True)
    return note
