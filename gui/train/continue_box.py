"""The choice between a new network and the model in use."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from core.models.library import ModelBundle
from core.training.presets import Preset
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import follow_text_scale, text_pixels

NAME_WIDTH = 170  # pixels of a name, in the width of the form


class ContinueBox(QCheckBox):
    """If ticked, training continues from the model in use, which must be of the chosen preset."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainGoOn")
        self._bundle: ModelBundle | None = None
        self._preset: Preset | None = None
        follow_text_scale(self._show)

    def start(self) -> str:
        """The `start` of a `TrainingSpec`: the model's folder, which never changes, or "" for a new network."""
        return str(self._bundle.folder) if self._bundle and self.isChecked() else ""

    def shows(self, bundle: ModelBundle | None) -> bool:
        """Whether it offers `bundle`, perhaps under a former name."""
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
            self.setText(self.tr("Continue from the model in use"))
            self._allow(False, self.tr("No model is in use."))
            return
        name = bundle.card.name
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, text_pixels(NAME_WIDTH))
        self.setText(self.tr("Continue from “{0}”").format(shown.replace("&", "&&")))
        if bundle.card.preset == preset.name:
            how = self.tr("Train “{0}” further, at a lower learning rate, for instance on your own digits.")
            self._allow(True, how.format(name))
        else:
            why = self.tr(
                "“{0}” is another kind of network. To continue from one of this kind, use that first (Models…)."
            )
            self._allow(False, why.format(name))

    def _allow(self, allowed: bool, explanation: str) -> None:
        if not allowed:
            self.setChecked(False)
        self.setEnabled(allowed)
        self.setToolTip(plain_tool_tip(explanation))
