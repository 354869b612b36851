"""Notices when a model that is shown is renamed or deleted, in whichever window."""

from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from core.errors import ModelError
from core.models.card import read_card
from core.models.library import ModelBundle


class ModelWatch(QObject):
    """Follows the cards of a few models on the disk.

    Signals
    -------
    changed
        A `ModelBundle` with its new card: the same model, under another name.
    gone
        A `ModelBundle` that was deleted.
    """

    changed = Signal(object)
    gone = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bundles: dict[str, ModelBundle] = {}
        self._watcher: QFileSystemWatcher | None = None

    def follow(self, *bundles: ModelBundle | None) -> None:
        """Follow these from now on, and no others. Shipped models never change."""
        self._bundles = {str(bundle.folder): bundle for bundle in bundles if bundle and not bundle.is_shipped}
        if self._bundles and self._watcher is None:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.directoryChanged.connect(self._look_at)
        if self._watcher is not None:
            watched = set(self._watcher.directories())
            if left := watched - self._bundles.keys():
                self._watcher.removePaths(sorted(left))
            if new := self._bundles.keys() - watched:
                self._watcher.addPaths(sorted(new))

    def look(self) -> None:
        """Look at the cards now."""
        for folder in list(self._bundles):
            self._look_at(folder)

    def _look_at(self, folder: str) -> None:
        bundle = self._bundles.get(folder)
        if bundle is None:
            return
        if not bundle.folder.exists():
            del self._bundles[folder]
            self.gone.emit(bundle)
            return
        with suppress(ModelError):  # damaged meanwhile; it is still in memory
            card = read_card(bundle.folder)
            if card != bundle.card and card.sha256 == bundle.card.sha256:
                self._bundles[folder] = replace(bundle, card=card)
                self.changed.emit(self._bundles[folder])
