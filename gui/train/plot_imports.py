"""Importing pyqtgraph on the window's own thread, a little at a time.

PySide6 keeps what it knows of its classes in a table, in which Qt looks them up without Python's lock. A thread that
adds classes while the window looks one up moves the table away under its hands: with PySide6 6.11 on Python 3.11 about
one process in a hundred crashed. So no thread but the window's imports what makes classes of Qt's.
"""

import builtins
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets

from core.system.gc_pause import nothing_collected

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
    """What imports the plots, in steps that take milliseconds; in the last, longer one the window goes on."""
    modules = [partial(_import, name) for name in FIRST]
    return [*_class_steps(QtCore), *_class_steps(QtGui), *_class_steps(QtWidgets), *modules, _import_plot]


def _import(name: str) -> None:
    with nothing_collected():
        import_module(name)


def _import_plot() -> None:
    with _breathing():
        _import("gui.train.curve_plot")


@contextmanager
def _breathing() -> Iterator[None]:
    """Let the window live now and then after an `import` in one of the package's modules.

    Python then holds no other locks than those of the package's own modules, which no other thread imports: whatever an
    event waits for can go on. In a finder of `sys.meta_path` the lock of all imports would be held.
    """
    plain_import = builtins.__import__
    last = time.perf_counter()

    def import_and_breathe(
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002 - Python calls them so
        locals: Mapping[str, object] | None = None,  # noqa: A002
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        nonlocal last
        module = plain_import(name, globals, locals, fromlist, level)
        importer = str(globals.get("__name__")) if globals else ""
        if importer.startswith(PACKAGE) and time.perf_counter() - last >= BREATH_SECONDS:
            _live()
            last = time.perf_counter()
        return module

    builtins.__import__ = import_and_breathe
    try:
        yield
    finally:
        builtins.__import__ = plain_import


def _live() -> None:
    try:
        QtCore.QCoreApplication.processEvents()
    except Exception:  # of an event's own, which is no reason to go without curves
        sys.excepthook(*sys.exc_info())


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
