"""Saving the curves: a picture of them, or the numbers that they are drawn from."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImageWriter

from core.errors import StorageError
from core.settings import SettingsFile
from core.system.safe_files import write_file
from core.wording.names import shown_name
from core.wording.storage_problems import StorageProblem
from gui.system.errors import report_problems
from gui.system.last_folder import LastFolder
from gui.system.save_dialog import ask_where_to_save
from gui.train.curve_points import BatchSeries
from gui.train.curves import Curves

KINDS = {"PNG (*.png)": "png", "CSV (*.csv)": "csv"}
COLUMNS = (
    *("epochs", "first batch", "last batch"),
    *("lowest loss", "highest loss", "mean loss"),
    *("lowest accuracy", "highest accuracy", "mean accuracy"),
    *("validation loss", "validation accuracy"),
)


Row = tuple[float | int | None, ...]
Validation = tuple[int, float, float]
"""An epoch, and loss and accuracy after it."""


class CurveFiles(QObject):
    """Saves `curves` on request, where a file dialog says.

    Signals
    -------
    problem
        A sentence: nothing was saved.
    information
        A sentence: where they were saved.
    """

    problem = Signal(str)
    information = Signal(str)

    def __init__(self, curves: Curves, settings: SettingsFile) -> None:
        super().__init__(curves)
        self._curves = curves
        self._folder = LastFolder(settings)
        curves.save_requested.connect(self.ask_and_save)

    def ask_and_save(self) -> None:
        path = ask_where_to_save(self._curves, self.tr("Save plot"), self._folder.find(), KINDS, "training")
        if path is not None:
            self.save_path(path)

    def save_path(self, path: Path) -> None:
        """Save the numbers as `.csv`, or a picture as `.png`."""
        if report_problems(self.problem.emit, lambda: self._save(path)):
            self.information.emit(self.tr("Saved as {0}").format(path))

    def _save(self, path: Path) -> None:
        match path.suffix.lower():
            case ".png":
                content = self._picture()
            case ".csv":
                content = self._numbers()
            case _:
                raise StorageError(StorageProblem.PLOT_SUFFIX, where=shown_name(path))
        write_file(path, content)
        self._folder.remember(path)

    def _picture(self) -> bytes:
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(self._curves.picture())
        return bytes(content.data())

    def _numbers(self) -> bytes:
        curves, text = self._curves, io.StringIO()
        validation = [
            (epoch, loss, accuracy)
            for (epoch, loss), (_, accuracy) in zip(curves.validation_loss, curves.validation_accuracy, strict=True)
        ]
        rows = csv.writer(text)
        rows.writerow(COLUMNS)
        rows.writerows(curve_rows(curves.loss, curves.accuracy, validation, batches_per_epoch=curves.batches_per_epoch))
        return text.getvalue().encode()


def curve_rows(
    loss: BatchSeries, accuracy: BatchSeries, validation: Iterable[Validation], *, batches_per_epoch: int
) -> list[Row]:
    """One row for each point of the curves, and one for the validation after each epoch, in the order of time.

    Batches are counted through all epochs. Where a run is so long that a point stands for several batches, the lowest
    and the highest of their numbers differ.
    """
    rows: list[Row] = []
    for cell, other in zip(loss.cells(), accuracy.cells(), strict=True):
        numbers = (cell.low, cell.high, cell.mean, other.low, other.high, other.mean)
        rows.append((cell.last / batches_per_epoch, cell.first, cell.last, *numbers, None, None))
    rows += [(float(epoch), None, epoch * batches_per_epoch, *[None] * 6, *scores) for epoch, *scores in validation]
    return sorted(rows, key=lambda row: row[0] or 0)
