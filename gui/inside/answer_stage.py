"""The end of the network: where the answer is seen, logits and probabilities."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.explaining.map_shares import class_map
from core.explaining.network import LayeredNetwork
from core.ink.arrays import FloatArray
from gui.inside.answer_view import AnswerView
from gui.inside.class_map_view import ClassMapView
from gui.inside.looking import LayersSeen
from gui.inside.terms import Term
from gui.inside.word import Word
from gui.widgets.flow_row import FlowRow
from gui.widgets.labels import make_faint_label
from gui.widgets.theme import SPACING


class AnswerStage(QWidget):
    """Shows the class activation map, where the network has one, and a row for each answer."""

    def __init__(self, network: LayeredNetwork, activations: list[FloatArray], temperature: float) -> None:
        """`activations` are those of any image; `temperature` is that of the model."""
        super().__init__()
        self.setObjectName("answerStage")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self.class_map: ClassMapView | None = None
        self.sum_text = make_faint_label(pixels=13)
        self.sum_text.setObjectName("classMapSum")
        self.sum_text.setWordWrap(True)
        any_map = class_map(network, activations, 0)
        if any_map is not None:
            self.class_map = ClassMapView(*any_map.cells.shape)
            self._layout.addWidget(Word(self.tr("Where the answer is seen"), Term.CLASS_MAP, bold=True))
            self._layout.addWidget(self.class_map)
            self._layout.addWidget(self.sum_text)
            self._layout.addSpacing(SPACING)
        self.view = AnswerView(network.classes)
        self._add_answer(network.classes, temperature)

    def show_seen(self, seen: LayersSeen) -> None:
        """Show how the answer to a drawing comes about."""
        self.view.show_answer(seen.activations[-1][0].tolist(), seen.answer)
        if self.class_map is not None and seen.class_map is not None:
            self.class_map.show_map(seen.class_map)
            self.sum_text.setText(self.class_map.sentence())

    def _add_answer(self, classes: int, temperature: float) -> None:
        self._layout.addWidget(Word(self.tr("Answer"), Term.DENSE, Term.LOGIT, Term.SOFTMAX, bold=True))
        words = [
            Word(self.tr("Logits"), Term.LOGIT, Term.DENSE),
            Word(self.tr("Softmax"), Term.SOFTMAX),
            Word(self.tr("temperature {0}").format(f"{temperature:.2f}"), Term.TEMPERATURE),
        ]
        if classes > 10:
            words.append(Word(self.tr("no digit"), Term.NO_DIGIT))
        self._layout.addWidget(FlowRow(*words, spacing=SPACING))
        self._layout.addWidget(self.view)
