"""Texts that users and files bring along, shown as they are."""

import re
import textwrap

from PySide6 import QtGui, QtWidgets

LINE = 44
"""Signs in a line of a tool tip: it fits into a small screen also where texts are twice as large."""
LONG_WORD = 17
BREAK = "\u200b"
"""A space of no width: a line may end there."""


def breakable(text: str) -> str:
    """`text` with places where a path or a long name may be broken into lines; short words stay as they are."""
    return re.sub(rf"\S{{{LONG_WORD},}}", lambda word: _broken(word[0]), text)


def _broken(word: str) -> str:
    """At what separates its parts; inside a part only where that is too long as well."""
    parts = re.split(r"(?<=[/\\_.-])", word)
    return BREAK.join(BREAK.join(part) if len(part) >= LONG_WORD else part for part in parts)


def plain_tool_tip(text: str) -> str:
    """`text` for `setToolTip`, in lines that fit every screen, and never taken for HTML: the name of a model, say.

    Qt breaks no lines of a tool tip that is not HTML.
    """
    lines = "\n".join(textwrap.fill(line, LINE, break_on_hyphens=False) for line in text.splitlines())
    if not QtGui.Qt.mightBeRichText(lines):
        return lines
    import html  # rarely needed, and not small

    return f"<div style='white-space: pre'>{html.escape(lines)}</div>"


def wrap_tool_tips(page: QtWidgets.QWidget) -> None:
    """Break the tool tips of all that is on a `page` into lines that fit every screen."""
    for part in page.findChildren(QtWidgets.QWidget):
        tip = part.toolTip()
        if any(len(line) > LINE for line in tip.splitlines()) and not QtGui.Qt.mightBeRichText(tip):
            part.setToolTip(plain_tool_tip(tip))
