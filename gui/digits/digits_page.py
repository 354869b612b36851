"""The widgets of the page of the user's own digits; what they do is in `digits_tab`."""

from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from gui.digits.disagreements import Disagreements
from gui.digits.empty_view import EmptyView
from gui.digits.filter_bar import FilterBar
from gui.digits.layout import DigitsLayout
from gui.digits.sample_list import Shown
from gui.digits.sample_view import SampleView
from gui.digits.teach_panel import TeachPanel
from gui.digits.transfer_card import TransferCard
from gui.digits.writer_card import WriterCard
from gui.widgets.card import GAP, Card
from gui.widgets.labels import make_faint_label


class DigitsPage(QWidget):
    """The grid with what is above it, and the cards beside it."""

    def __init__(
        self,
        view: SampleView,
        choice: FilterBar,
        teach: TeachPanel,
        files: TransferCard,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.filter = choice
        self.status = make_faint_label()
        self.progress = QProgressBar()
        self.empty = EmptyView()
        self.disagreements = Disagreements()
        self.writer = WriterCard()
        self._pages = QStackedWidget()
        self._cards = [teach, self.disagreements, self.writer, files]
        self._lay_out(view)

    def show_samples(self, shown: Shown, *, has_shown: bool, has_any: bool, has_past: bool, deleted: int) -> None:
        """Show the grid, or say why there is nothing in it.

        Something can be undone where it `has_past`; the last step has `deleted` so many.
        """
        self._pages.setCurrentIndex(0 if has_shown else 1)
        self.filter.setVisible(has_any or has_past)
        self.status.setVisible(has_any)
        self.empty.explain(shown, has_any=has_any, deleted=deleted)

    def show_progress(self, share: float) -> None:
        """Show how many samples the model in use has read."""
        self.progress.setValue(round(100 * share))

    def reveal(self, card: QWidget) -> None:
        """Scroll to one of the cards."""
        self._layout.reveal_card(card)

    def _lay_out(self, view: SampleView) -> None:
        self.status.setObjectName("samplesStatus")
        self.status.setWordWrap(True)
        self.progress.setObjectName("samplesProgress")
        self.progress.setAccessibleName(self.tr("Reading your digits"))
        self.progress.hide()
        grid = Card()
        grid.fill_with(view)
        for page in (grid, self.empty):
            self._pages.addWidget(page)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for part in (self.filter, self.status, self.progress):
            column.addWidget(part)
        column.addWidget(self._pages, 1)
        self._layout = DigitsLayout(main, self._cards)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._layout)
