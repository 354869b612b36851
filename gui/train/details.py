"""What can be looked at more closely beside the curves, one thing at a time: epochs, earlier runs, and so on."""

from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gui.widgets.card import Card
from gui.widgets.flow_row import FlowRow
from gui.widgets.theme import SPACING

BUTTON_STYLE = """
    QToolButton { padding: 5px 10px; }
    QToolButton:!focus { border-color: transparent; }
"""
"""Quieter than other buttons: they only turn pages."""


class Detail(Enum):
    """The pages, in the order of their buttons."""

    EPOCHS = "Epochs"
    RUNS = "Runs"
    CONFUSION = "Confusion"
    MAPS = "Maps"


class Details(Card):
    """A card with pages. All pages but the first are made when they are looked at for the first time.

    Signals
    -------
    wanted
        A `Detail` that is looked at and was not put in yet; the receiver calls `put`.
    """

    wanted = Signal(object)

    def __init__(self, epochs: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainDetails")
        self._buttons = self._make_buttons()
        self._group = QButtonGroup(self)
        for number, button in enumerate(self._buttons):
            self._group.addButton(button, number)
        self._pages = QStackedWidget()
        self._made = [Detail.EPOCHS]
        epochs.setProperty("card", False)  # it is in one now
        self._pages.addWidget(epochs)
        self._lay_out()
        self._buttons[0].setChecked(True)
        self._group.idToggled.connect(self._turn_to)

    def show_detail(self, detail: Detail) -> None:
        """Turn to `detail`."""
        self._buttons[list(Detail).index(detail)].setChecked(True)

    def put(self, detail: Detail, page: QWidget) -> None:
        """Put in the page that was wanted, and show it."""
        self._made.append(detail)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def _turn_to(self, number: int, is_checked: bool) -> None:
        detail = list(Detail)[number]
        if not is_checked:
            return
        if detail in self._made:
            self._pages.setCurrentIndex(self._made.index(detail))
        else:
            self.wanted.emit(detail)

    def _make_buttons(self) -> list[QToolButton]:
        titles = {
            Detail.EPOCHS: (self.tr("Epochs"), self.tr("The epochs of this run")),
            Detail.RUNS: (self.tr("Runs"), self.tr("Earlier runs, with their settings and results")),
            Detail.CONFUSION: (self.tr("Confusion"), self.tr("Which digits are mistaken for which")),
            Detail.MAPS: (self.tr("Feature maps"), self.tr("What each layer makes of your digit")),
        }
        return [_make_button(detail, *texts) for detail, texts in titles.items()]

    def _lay_out(self) -> None:
        row = FlowRow(*self._buttons, spacing=2)
        top = QVBoxLayout()
        top.setContentsMargins(3, 0, 3, 0)
        top.addWidget(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5, 6, 5, SPACING - 6)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(self._pages, 1)


def _make_button(detail: Detail, title: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(f"trainDetail{detail.value}")
    button.setText(title)
    button.setToolTip(tip)
    button.setCheckable(True)
    button.setStyleSheet(BUTTON_STYLE)
    return button
