"""Replaces PySide6.QtOpenGL, which pyqtgraph imports, and uses only when OpenGL is switched on."""
