"""How the maps are shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.inside.terms import Term
from gui.inside.word import Word
from gui.widgets.flow_row import FlowRow
from gui.widgets.named_combo_box import NamedComboBox
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import SPACING

EACH, ALL = "each", "all"


class LayerChoices(FlowRow):
    """Before or after the ReLU, and one colour scale for each layer or for all.

    Signals
    -------
    changed
        Something else was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.before_relu = QCheckBox()
        self.before_relu_word = Word("?", Term.BEFORE_RELU, Term.RELU)
        self.scale_word = Word("Colours", Term.SCALE)
        self.scale = NamedComboBox("mapScale", "Colours")
        super().__init__(
            self.before_relu, self.before_relu_word, self.scale_word, self.scale, spacing=SPACING, parent=parent
        )
        self.before_relu.setObjectName("beforeRelu")
        self.before_relu.setText(self.tr("Before the ReLU"))
        self.before_relu.setToolTip(plain_tool_tip(Term.BEFORE_RELU))
        self.before_relu.setAccessibleDescription(Term.BEFORE_RELU)
        self.before_relu.toggled.connect(self.changed)
        self.scale.addItem(self.tr("one scale for each layer"), EACH)
        self.scale.addItem(self.tr("one scale for all layers"), ALL)
        self.scale.setToolTip(plain_tool_tip(Term.SCALE))
        self.scale.setAccessibleDescription(Term.SCALE)
        self.scale.currentIndexChanged.connect(self.changed)

    @property
    def is_shared(self) -> bool:
        """Whether all layers share one scale."""
        return bool(self.scale.currentData() == ALL)

    def offer(self, *, before_relu: bool, scale: bool) -> None:
        """Show only what makes a difference for the network."""
        for part in (self.before_relu, self.before_relu_word):
            part.setVisible(before_relu)
        for other in (self.scale_word, self.scale):
            other.setVisible(scale)
