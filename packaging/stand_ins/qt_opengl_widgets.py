"""Replaces PySide6.QtOpenGLWidgets: pyqtgraph derives a class from it that it uses only when OpenGL is switched on."""

from PySide6.QtWidgets import QWidget


class QOpenGLWidget(QWidget):
    """A base class that is never instantiated."""
