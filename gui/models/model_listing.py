"""Listing the models in the background."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from core.models.library import MODEL_FILES, ModelLibrary
from gui.models.model_table import Entry
from gui.system.background import Background


class ModelListing(QObject):
    """Lists a library: first from the cards alone, then again if verifying the files changes something.

    Signals
    -------
    listed
        The entries, `list[Entry]`: after every refresh, and again where verifying the files changed something.
    failed
        A sentence: the library cannot be read.
    """

    listed = Signal(object)
    failed = Signal(str)

    def __init__(self, library: ModelLibrary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._work: Background | None = None
        self._verify: Sequence[str] = ()
        self._entries: list[Entry] | None = None
        self._is_outdated = False

    def refresh(self) -> None:
        """List the models again, soon: what has not changed is not read again."""
        self._is_outdated = True
        if self._work is None:
            self._begin(())
        elif self._verify:
            self._work.cancel()

    def _begin(self, verify: Sequence[str]) -> None:
        self._verify = verify
        if not verify:
            self._is_outdated, self._entries = False, None
        self._work = Background(
            lambda checkpoint: self._library.entries(verify=verify, checkpoint=checkpoint), "Listing the models"
        )
        self._work.done.connect(self._take)
        self._work.failed.connect(self.failed)
        self._work.finished.connect(self._go_on)
        self._work.begin()

    def _take(self, entries: list[Entry]) -> None:
        if entries != self._entries:
            self._entries = entries
            self.listed.emit(entries)

    def _go_on(self) -> None:
        self._work = None
        if self._is_outdated:
            self._begin(())
        elif self._entries is not None and not self._verify:
            self._begin(MODEL_FILES)
