"""The order in which Tab goes through the parts of a page."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_tab_order(*parts: QWidget) -> None:
    """Let Tab go through `parts` one after the other, and inside each in the order in which it was made."""
    inside = [widget for part in parts for widget in (part, *part.findChildren(QWidget))]
    for one, other in pairwise(widget for widget in inside if _is_tab_stop(widget, parts[0].window())):
        QWidget.setTabOrder(one, other)


def _is_tab_stop(widget: QWidget, window: QWidget) -> bool:
    """Whether Tab stops at `widget`; the list of a combo box is in a window of its own."""
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and widget.focusProxy() is None and widget.window() is window
