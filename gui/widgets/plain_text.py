"""Texts from users and files, shown literally."""

import re
import textwrap

from PySide6 import QtGui, QtWidgets

LINE = 44
"""Characters in a line of a tool tip, which fits a small screen also with texts twice as large."""
LONG_WORD = 17
BREAK = "\u200b"
"""A zero-width space: a line may end there."""


def breakable(text: str) -> str:
    """`text` with invisible places where paths and long names may be broken; short words stay as they are."""
    return re.sub(rf"\S{{{LONG_WORD},}}", lambda word: _broken(word[0]), text)


def _broken(word: str) -> str:
    """Break between the parts of a word, and inside a part only if that is too long as well."""
    parts = re.split(r"(?<=[/\\_.-])", word)
    return BREAK.join(BREAK.join(part) if len(part) >= LONG_WORD else part for part in parts)


def plain_tool_tip(text: str) -> str:
    """`text` for `setToolTip`, in lines that fit every screen, and never taken for HTML, such as the name of a model.

    Qt does not wrap the lines of a tool tip that is not HTML.
    """
    lines = "\n".join(textwrap.fill(line, LINE, break_on_hyphens=False) for line in text.splitlines())
    if not QtGui.Qt.mightBeRichText(lines):
        return lines
    import html  # rarely needed, and not small

    return f"<div style='white-space: pre'>{html.escape(lines)}</div>"


def wrap_tool_tips(page: QtWidgets.QWidget) -> None:
    """Wrap the tool tips of all widgets on a `page` into lines that fit every screen."""
    for part in page.findChildren(QtWidgets.QWidget):
        tip = part.toolTip()
        if any(len(line) > LINE for line in tip.splitlines()) and not QtGui.Qt.mightBeRichText(tip):
            part.setToolTip(plain_tool_tip(tip))
