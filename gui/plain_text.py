"""Texts that users and files bring along, shown as they are."""

import textwrap

from PySide6 import QtGui

LINE = 44
"""Signs in a line of a tool tip: it fits into a small screen also where texts are twice as large."""


def plain_tool_tip(text: str) -> str:
    """`text` for `setToolTip`, in lines that fit every screen, and never taken for HTML: the name of a model, say.

    Qt breaks no lines of a tool tip that is not HTML.
    """
    lines = "\n".join(textwrap.fill(line, LINE, break_on_hyphens=False) for line in text.splitlines())
    if not QtGui.Qt.mightBeRichText(lines):
        return lines
    import html  # rarely needed, and not small

    return f"<div style='white-space: pre'>{html.escape(lines)}</div>"
