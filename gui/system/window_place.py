"""How large a window may be: geometry without a window."""

from PySide6.QtCore import QMargins, QRect, QSize

FRAME = QMargins(8, 40, 8, 8)
"""Of the widest frames that systems put around windows; the real one is known once the window is shown."""


def fitting_size(wanted: QSize, available: QRect) -> QSize:
    """`wanted`, or what of it fits with its frame into the `available` part of a screen."""
    return wanted.boundedTo(available.marginsRemoved(FRAME).size())


def fitting_place(geometry: QRect, available: QRect) -> QRect:
    """`geometry`, without its frame, no larger than what is `available` and moved into it."""
    size = geometry.size().boundedTo(available.size())
    left = min(max(geometry.left(), available.left()), available.left() + available.width() - size.width())
    top = min(max(geometry.top(), available.top()), available.top() + available.height() - size.height())
    return QRect(left, top, size.width(), size.height())
