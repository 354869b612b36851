"""What is tested, and on what."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.test.data_choice import DataChoice
from gui.test.model_box import ModelBox
from gui.widgets.button_row import GAP
from gui.widgets.card import Card
from gui.widgets.side_by_side import SideBySide
from gui.widgets.theme import MARGIN, SPACING, follow_text_scale, set_text, text_pixels

FIELD_WIDTH = 204
CAPTION_PIXELS = 13


class ChoiceCard(Card):
    """The fields.

    Signals
    -------
    changed
        Another choice was made.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ModelBox("testModel", self.tr("Model"))
        self.other = ModelBox("testOther", self.tr("Beside"), self.tr("No other model"))
        self.data = DataChoice()
        self._fields = [
            _captioned(self.tr("Model"), self.model),
            _captioned(self.tr("Beside"), self.other),
            _captioned(self.tr("Digits"), self.data),
        ]
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = self.make_column(bottom=MARGIN)
        column.addWidget(SideBySide(*self._fields, shares=(1, 1, 1), spacing=SPACING))
        self.model.currentIndexChanged.connect(self.changed)
        self.other.currentIndexChanged.connect(self.changed)
        self.data.changed.connect(self.changed)
        follow_text_scale(self._fit)

    def problem(self) -> str:
        """Why nothing can be tested with what is chosen; "" if it can."""
        if self.model.entry() is None:
            return self.tr("There is no model to test.")
        return self.model.problem() or self.other.problem() or self.data.problem

    def _fit(self) -> None:
        for field in self._fields:
            field.setMinimumWidth(text_pixels(FIELD_WIDTH))


def _captioned(caption: str, field: QWidget) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP // 2)
    label = QLabel(caption)
    label.setProperty("faint", True)
    set_text(label, CAPTION_PIXELS)
    column.addWidget(label)
    column.addWidget(field)
    column.addStretch()
    return part
