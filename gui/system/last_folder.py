"""Where the file dialogs open: in the folder that was used last, if it still answers."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from core.settings import SettingsFile
from gui.system.background import Background

PATIENCE_MS = 200
"""A folder that is there answers within a few milliseconds; one on a network that is gone, perhaps never."""


class LastFolder:
    """Remembers it in the settings."""

    def __init__(self, settings: SettingsFile) -> None:
        self._settings = settings
        self._silent: dict[str, Background] = {}

    def find(self) -> str:
        """That folder; where it does not answer, the folder for documents, or the user's home."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folders = (self._settings.values.last_folder, documents)
        return next((folder for folder in folders if folder and self._is_there(folder)), str(Path.home()))

    def remember(self, path: Path) -> None:
        """The file at `path` was used."""
        folder = str(path.absolute().parent)
        if folder != self._settings.values.last_folder:
            self._settings.remember(last_folder=folder)

    def _is_there(self, folder: str) -> bool:
        """Whether it is known to be, soon; a folder that is still being asked is not asked again."""
        silent = self._silent.pop(folder, None)
        if silent is not None and not silent.is_over():
            self._silent[folder] = silent
            return False
        place, answers = Path(folder), list[bool]()
        question = Background(lambda checkpoint: answers.append(place.is_dir()), "Checking a folder", can_be_left=True)
        question.begin()
        if not question.wait(PATIENCE_MS):
            self._silent[folder] = question
        return answers == [True]
