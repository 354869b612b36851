"""Importing pyqtgraph on the window's own thread, a little at a time.

PySide6 keeps what it knows of its classes in a table, in which Qt looks them up without Python's lock. A thread that
adds classes while the window looks one up moves the table away under its hands: with PySide6 6.11 on Python 3.11 about
one process in a hundred crashed. So no thread but the window's imports what makes classes of Qt's.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.abc import MetaPathFinder
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets

from core.garbage import nothing_collected

CLASSES_AT_ONCE = 40
FIRST = (
    *("subprocess", "decimal", "cProfile", "colorama", "xml.etree.ElementTree", "pydoc", "multiprocessing.connection"),
    *("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtTest"),
)
"""Modules that pyqtgraph imports, each a step of its own."""

PACKAGE = "pyqtgraph"
BREATH_SECONDS = 0.008
"""For so long the window waits at least while the package is imported."""


def plot_import_steps() -> list[Callable[[], object]]:
    """What imports `gui.curve_plot`, in steps that take milliseconds; in the last, longer one the window goes on."""
    modules = [partial(_import, name) for name in (*FIRST, "gui.curve_plot")]
    return [*_class_steps(QtCore), *_class_steps(QtGui), *_class_steps(QtWidgets), *modules]


class _Breath(MetaPathFinder):
    """Finds no module, but lets the window live where the next one of a package is looked for.

    Only the window's thread imports that package, and only once: no event can wait for what is being imported.
    """

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def find_spec(self, name: str, path: object, target: object = None) -> None:
        if name.startswith(f"{PACKAGE}.") and time.perf_counter() - self._last >= BREATH_SECONDS:
            QtCore.QCoreApplication.processEvents()
            self._last = time.perf_counter()


@contextmanager
def _breathing() -> Iterator[None]:
    breath = _Breath()
    sys.meta_path.insert(0, breath)
    try:
        yield
    finally:
        sys.meta_path.remove(breath)


def _import(name: str) -> None:
    with nothing_collected(), _breathing():
        import_module(name)


def _class_steps(module: ModuleType) -> list[Callable[[], object]]:
    """What makes all classes of `module`, which PySide6 otherwise makes when pyqtgraph asks for them: all at once."""
    names = dir(module)
    return [
        partial(_make_classes, module, names[first : first + CLASSES_AT_ONCE])
        for first in range(0, len(names), CLASSES_AT_ONCE)
    ]


def _make_classes(module: ModuleType, names: Sequence[str]) -> None:
    for name in names:
        getattr(module, name, None)
