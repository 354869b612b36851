"""How large a window may be, and where."""

from PySide6.QtCore import QByteArray, QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

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


def restore_geometry(window: QWidget, saved: str, first: QSize) -> None:
    """Give `window` the place and size that Qt `saved` as base64, on the screen as it is; by default the `first` size.

    A window that was closed in full screen comes back as a window.
    """
    window.resize(fitting_size(first, window.screen().availableGeometry()))
    if window.restoreGeometry(QByteArray.fromBase64(saved.encode())):
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
        if not window.isMaximized():
            window.setGeometry(fitting_geometry(window.geometry(), window.screen().availableGeometry()))
