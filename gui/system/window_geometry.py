"""How large a window may be, and where: geometry without a window."""

from PySide6.QtCore import QMargins, QRect, QSize

FRAME = QMargins(8, 40, 8, 8)
"""The widest frame that systems put around windows; the real one is known only when the window is shown."""


def fitting_size(wanted: QSize, available: QRect) -> QSize:
    """`wanted`, as far as it fits with its frame into the `available` part of a screen."""
    return wanted.boundedTo(available.marginsRemoved(FRAME).size())


def fitting_geometry(geometry: QRect, available: QRect) -> QRect:
    """`geometry`, without its frame, made small enough for what is `available`, and moved into it."""
    size = geometry.size().boundedTo(available.size())
    left = min(max(geometry.left(), available.left()), available.left() + available.width() - size.width())
    top = min(max(geometry.top(), available.top()), available.top() + available.height() - size.height())
    return QRect(left, top, size.width(), size.height())
