"""The model in use, named in the status bar."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.wording.percentages import counted_accuracy_text
from gui.recognition.active_model import ActiveModel
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import MARGIN

INDENT = MARGIN - 4
"""The status bar has a margin of its own."""


class ModelLabel(ElidedLabel):
    """Its name, its accuracy, and how long an answer takes; the tool tip has the whole name and the folder."""

    def __init__(self, model: ActiveModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("modelInUse")
        self.setTextFormat(Qt.TextFormat.PlainText)  # users name models
        self.setContentsMargins(INDENT, 3, MARGIN, 3)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._model = model
        model.changed.connect(self._show_model)

    def _show_model(self) -> None:
        bundle = self._model.bundle
        if bundle is None:
            self.setText(self.tr("No model"))
            self.setToolTip("")
            return
        facts = [""]
        score = bundle.card.common_score  # the same test for every model, so that they can be compared
        if score is not None:
            facts.append(f"{counted_accuracy_text(score.accuracy, score.images)} ({score.data})")
        facts.append(f"{self._model.seconds * 1000:.1f} ms")
        self.show_name(bundle.card.name, before=self.tr("Model: "), after="  ·  ".join(facts))
        self.setToolTip(plain_tool_tip(f"{bundle.card.name}\n{bundle.folder}"))
