"""Saving a test: its report as a web page or as PDF, its answers as a table."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.judging.disputed import DisputedLabels
from core.judging.model_tests import JudgedModel, ModelTest
from core.judging.robustness import Robustness
from core.settings import SettingsFile
from core.wording.names import file_name
from gui.system.background import Background
from gui.system.last_folder import LastFolder
from gui.system.save_dialog import ask_where_to_save

KINDS = {"html": "HTML (*.html)", "pdf": "PDF (*.pdf)", "csv": "CSV (*.csv)"}
Damages = list[tuple[JudgedModel, Robustness]]


class ReportFiles(QObject):
    """Writes one file at a time, in the background.

    Signals
    -------
    problem, information
        A sentence: why it was not saved, or where it was.
    """

    problem = Signal(str)
    information = Signal(str)

    def __init__(self, settings: SettingsFile, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._folder = LastFolder(settings)
        self._thread: Background | None = None
        self._path = Path()

    @property
    def is_busy(self) -> bool:
        """Whether a file is being written."""
        return self._thread is not None

    def ask_and_save(self, suffix: str, test: ModelTest, disputed: DisputedLabels, damages: Damages) -> None:
        """Ask where to save a test, and do it."""
        kinds = {KINDS[suffix]: suffix}
        name = file_name(f"{test.model.title} on {test.origin}")
        path = ask_where_to_save(self._parent, self.tr("Save"), self._folder.find(), kinds, name)
        if path is not None:
            self.save(path, test, disputed, damages)

    def save(self, path: Path, test: ModelTest, disputed: DisputedLabels, damages: Damages) -> None:
        """Save a test, as the suffix of `path` says: `.html`, `.pdf` or `.csv`."""
        if self._thread is not None:
            self.problem.emit(self.tr("Wait until the file before is saved."))
            return
        self._path = path
        self._thread = Background(lambda checkpoint: _save(path, test, disputed, damages), "Saving the test")
        self._thread.done.connect(self._tell)
        self._thread.failed.connect(self.problem)
        self._thread.finished.connect(self._end)
        self._thread.begin()

    def _tell(self) -> None:
        self._folder.remember(self._path)
        self.information.emit(self.tr("Saved as {0}").format(self._path))

    def _end(self) -> None:
        self._thread = None


def _save(path: Path, test: ModelTest, disputed: DisputedLabels, damages: Damages) -> None:
    from core.system.safe_files import write_file

    makers: dict[str, Callable[[], bytes]] = {
        ".csv": lambda: _table(test, disputed),
        ".pdf": lambda: _pdf(test, disputed, damages),
    }
    write_file(path, makers.get(path.suffix.lower(), lambda: _page(test, disputed, damages).encode())())


def _page(test: ModelTest, disputed: DisputedLabels, damages: Damages) -> str:
    from core.judging.report import make_report

    return make_report(test, disputed, damages)


def _pdf(test: ModelTest, disputed: DisputedLabels, damages: Damages) -> bytes:
    from gui.test.pdf_pages import pdf_of

    return pdf_of(_page(test, disputed, damages), test.model.title)


def _table(test: ModelTest, disputed: DisputedLabels) -> bytes:
    from core.judging.answer_table import answer_table

    return answer_table(test, disputed)
