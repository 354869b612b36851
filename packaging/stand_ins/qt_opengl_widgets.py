"""In place of PySide6.QtOpenGLWidgets, of which pyqtgraph derives a class that is used where OpenGL is switched on."""

from PySide6.QtWidgets import QWidget


class QOpenGLWidget(QWidget):
    """No widget is one."""
