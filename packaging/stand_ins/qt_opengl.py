"""In place of PySide6.QtOpenGL: pyqtgraph imports it, and uses it only where OpenGL is switched on."""
