"""Where the parts of the training page stand."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui.theme import MARGIN, SPACING
from gui.train_parts import TrainParts

FORM_WIDTH = 340
SIDE_WIDTH = 272
LOWER_HEIGHT = 226


def lay_out_page(page: QWidget, parts: TrainParts, side: QWidget) -> None:
    """Fill `page`: settings on the left, the run on the right, with `side` beside the table of its epochs.

    From the outside in: a widget that gets another parent takes all its children through their styles again.
    """
    layout = QHBoxLayout(page)
    layout.setContentsMargins(MARGIN, SPACING, MARGIN, MARGIN)
    layout.setSpacing(SPACING)
    form = _make_form_place()
    layout.addWidget(form)
    form.setWidget(parts.form)
    right = QVBoxLayout()
    right.setSpacing(SPACING)
    layout.addLayout(right, 1)
    lower = QWidget()
    lower.setMinimumHeight(LOWER_HEIGHT)
    for part in (parts.curves, lower):  # share the height in the same way, whatever is in them
        part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    right.addWidget(parts.run)
    right.addWidget(parts.curves, 1)
    right.addWidget(lower, 1)
    below = QHBoxLayout(lower)
    below.setContentsMargins(0, 0, 0, 0)
    below.setSpacing(SPACING)
    below.addWidget(parts.table, 3)
    below.addWidget(side, 2)
    side.setMinimumWidth(SIDE_WIDTH)


def _make_form_place() -> QScrollArea:
    place = QScrollArea()
    place.setWidgetResizable(True)
    place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    place.setFixedWidth(FORM_WIDTH)
    place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return place
