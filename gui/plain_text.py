"""Texts that users and files bring along, shown as they are."""

from PySide6 import QtGui


def plain_tool_tip(text: str) -> str:
    """`text` for `setToolTip`, which takes anything that looks like HTML for HTML: the name of a model, say."""
    if not QtGui.Qt.mightBeRichText(text):
        return text
    import html  # rarely needed, and not small

    return f"<div style='white-space: pre-wrap'>{html.escape(text)}</div>"
