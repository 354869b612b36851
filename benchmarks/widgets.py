"""Widgets of the benchmarks."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject


def destroy(*objects: QObject) -> None:
    """Destroy Qt's objects now, in this thread: Python's collector might come upon them in any other."""
    for each in objects:
        each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
