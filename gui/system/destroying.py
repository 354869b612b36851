"""Destroy Qt's objects at a moment of our own choice."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject


def destroy(*objects: QObject) -> None:
    """Destroy `objects` now, in this thread and in Qt's own order: Python's collector might do it in any other thread.

    A window has to be closed before.
    """
    for each in objects:
        each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
