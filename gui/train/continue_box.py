"""The choice between a fresh network and the model in use."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from core.models.library import ModelBundle
from core.training.presets import Preset
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import follow_text_scale, text_pixels

NAME_WIDTH = 170  # pixels of a name, in the width of the form


class GoOnBox(QCheckBox):
    """Ticked, training goes on from the model in use; it can be where that model is of the preset chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainGoOn")
        self._bundle: ModelBundle | None = None
        self._preset: Preset | None = None
        follow_text_scale(self._show)

    def start(self) -> str:
        """What a `TrainingSpec` names as its start: the model's folder, whatever it is called, or nothing."""
        return str(self._bundle.folder) if self._bundle and self.isChecked() else ""

    def shows(self, bundle: ModelBundle | None) -> bool:
        """Whether it is about `bundle`, perhaps under a former name."""
        return bundle is not None and self._bundle is not None and bundle.folder == self._bundle.folder

    def show_model(self, bundle: ModelBundle | None) -> None:
        """Take the model in use."""
        self._bundle = bundle
        self._show()

    def show_preset(self, preset: Preset) -> None:
        """Take the preset chosen."""
        self._preset = preset
        self._show()

    def _show(self) -> None:
        bundle, preset = self._bundle, self._preset
        if bundle is None or preset is None:
            self.setText(self.tr("Go on from the model in use"))
            self._allow(False, self.tr("No model is in use."))
            return
        name = bundle.card.name
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, text_pixels(NAME_WIDTH))
        self.setText(self.tr("Go on from “{0}”").format(shown.replace("&", "&&")))
        if bundle.card.preset == preset.name:
            way = self.tr("Learn on top of what “{0}” knows, at a lower learning rate: your own digits, for instance.")
            self._allow(True, way.format(name))
        else:
            why = self.tr("“{0}” is another kind of network. To go on from one of this kind, first use that (Models…).")
            self._allow(False, why.format(name))

    def _allow(self, allowed: bool, explanation: str) -> None:
        if not allowed:
            self.setChecked(False)
        self.setEnabled(allowed)
        self.setToolTip(plain_tool_tip(explanation))
