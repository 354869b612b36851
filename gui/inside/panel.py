"""What all panels of the page have in common: content, or a sentence in its place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.explaining.explainer import Explainer
from gui.inside.looking import Insight
from gui.widgets.labels import make_faint_label


class InsidePanel(QWidget):
    """Shows what was found about a drawing, or says why there is nothing to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = make_faint_label()
        self.sentence.setObjectName("sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._content = QWidget()
        self.content = QVBoxLayout(self._content)
        self.content.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.sentence)
        layout.addWidget(self._content)
        self._content.hide()

    @property
    def shows_content(self) -> bool:
        """Whether there is content instead of a sentence."""
        return not self._content.isHidden()

    def say(self, sentence: str) -> None:
        """Show a sentence in the place of the content."""
        self.sentence.setText(sentence)
        self.sentence.show()
        self._content.hide()

    def show_content(self) -> None:
        """Show the content in the place of the sentence."""
        self._content.show()
        self.sentence.hide()

    def show_explainer(self, explainer: Explainer) -> None:
        """Another model is explained from now on."""

    def show_insight(self, insight: Insight) -> None:
        """Show what was found: each kind of panel shows its own part of it."""
