"""What can be looked at more closely beside the curves, one thing at a time: epochs, earlier runs, and so on."""

from enum import IntEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from gui.widgets.card import Card
from gui.widgets.theme import SPACING


class Detail(IntEnum):
    """The pages, in the order of their tabs."""

    EPOCHS = 0
    RUNS = 1


class Details(Card):
    """A card with tabs. All pages but the first are made when they are looked at for the first time.

    Signals
    -------
    wanted
        A `Detail` that is looked at and was not put in yet; the receiver calls `put`.
    """

    wanted = Signal(object)

    def __init__(self, epochs: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainDetails")
        self.tabs = QTabBar()
        self.tabs.setObjectName("trainDetailsTabs")
        self.tabs.setAccessibleName(self.tr("Details of the training"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        titles = {Detail.EPOCHS: self.tr("Epochs"), Detail.RUNS: self.tr("Runs")}
        for detail in Detail:
            self.tabs.addTab(titles[detail])
        self._pages = QStackedWidget()
        self._made = [Detail.EPOCHS]
        epochs.setProperty("card", False)  # it is in one now
        self._pages.addWidget(epochs)
        self._lay_out()
        self.tabs.currentChanged.connect(self._turn_to)

    @property
    def shown(self) -> Detail:
        """What is looked at."""
        return Detail(self.tabs.currentIndex())

    def show_detail(self, detail: Detail) -> None:
        """Turn to `detail`."""
        self.tabs.setCurrentIndex(detail)

    def put(self, detail: Detail, page: QWidget) -> None:
        """Put in the page that was wanted."""
        self._made.append(detail)
        self._pages.addWidget(page)
        self._turn_to(self.tabs.currentIndex())

    def _turn_to(self, index: int) -> None:
        detail = Detail(index)
        if detail in self._made:
            self._pages.setCurrentIndex(self._made.index(detail))
        else:
            self.wanted.emit(detail)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5, 2, 5, SPACING - 6)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self._pages, 1)
