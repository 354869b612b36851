"""Files and folders dropped anywhere on the training page are taken as training data."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.datasets.dropped import source_among
from core.errors import DataSetError
from gui.widgets.file_drops import FileDrops


class DataDrops(QObject):
    """Finds the source of digits among what is dropped.

    Signals
    -------
    dropped
        A source of digits, as `core.datasets.sources.find_source` takes it, that is not checked yet.
    refused
        A sentence: why what was dropped cannot be used.
    """

    dropped = Signal(str)
    refused = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        FileDrops(page).files_dropped.connect(self._take)

    def _take(self, paths: list[Path]) -> None:
        try:
            self.dropped.emit(str(source_among(paths)))
        except DataSetError as error:
            self.refused.emit(str(error))
