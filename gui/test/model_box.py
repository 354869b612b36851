"""A box with the models of a library."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.models.library import DamagedBundle, ModelBundle
from gui.models.model_table import titles_of
from gui.widgets.named_combo_box import NamedComboBox
from gui.widgets.plain_text import plain_tool_tip

Entry = ModelBundle | DamagedBundle


class ModelBox(NamedComboBox):
    """Offers models by name; with `none`, also that one is chosen."""

    def __init__(self, object_name: str, name: str, none: str = "", parent: QWidget | None = None) -> None:
        super().__init__(object_name, name, parent)
        self._none = none
        self._entries: dict[str, Entry] = {}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if none:
            self.addItem(none, "")
        self.currentIndexChanged.connect(self._explain)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Offer these models. The chosen one stays chosen as long as it is there."""
        chosen = self.currentData()
        self._entries = {str(entry.folder): entry for entry in entries}
        with QSignalBlocker(self):
            self.clear()
            if self._none:
                self.addItem(self._none, "")
            for entry, title in zip(entries, titles_of(list(entries)), strict=True):
                self.addItem(title, str(entry.folder))
            self.setCurrentIndex(max(self.findData(chosen), 0))
        self._explain()

    def choose(self, bundle: ModelBundle) -> None:
        """Choose a model, if it is there."""
        index = self.findData(str(bundle.folder))
        if index >= 0:
            self.setCurrentIndex(index)

    def entry(self) -> Entry | None:
        """The model that is chosen."""
        return self._entries.get(self.currentData() or "")

    def bundle(self) -> ModelBundle | None:
        """The same, if it can be used."""
        entry = self.entry()
        return entry if isinstance(entry, ModelBundle) else None

    def problem(self) -> str:
        """Why the chosen model cannot be used; "" where it can."""
        entry = self.entry()
        return entry.problem if isinstance(entry, DamagedBundle) else ""

    def _explain(self) -> None:
        entry = self.entry()
        self.setToolTip(plain_tool_tip(entry.title) if entry is not None else "")
