"""What Qt for Python itself must not do."""

import sys

from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication


def test_qt_does_not_use_up_none(qapp: QApplication) -> None:
    """PySide6 6.12.0 gives back one reference to None too many with every call; Python 3.11 dies of it soon."""
    pixmap = QPixmap(10, 10)
    painter = QPainter(pixmap)
    before = sys.getrefcount(None)
    for _ in range(1000):
        painter.setBrush(QColor("white"))
    painter.end()
    assert sys.getrefcount(None) > before - 500
