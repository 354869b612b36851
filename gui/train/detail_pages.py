"""Makes the pages of the details when they are looked at, and connects them with the rest of the training page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.training.past_runs import PastRun
from gui.train.curves import Curves
from gui.train.details import Detail, Details
from gui.train.run_book import RunBook
from gui.train.time_machine import TimeMachine

if TYPE_CHECKING:
    from gui.train.runs_page import RunsPage


class DetailPages(QObject):
    """Shows earlier runs in their table and behind the curves, and the epoch that is looked back at.

    Signals
    -------
    again_requested
        A `PastRun` is to be started again.
    run_selected
        Another `PastRun` is looked at in the table; None when none is.
    """

    again_requested = Signal(object)
    run_selected = Signal(object)

    def __init__(
        self,
        details: Details,
        book: RunBook,
        machine: TimeMachine,
        curves: Curves,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._machine = machine
        self._details = details
        self._book = book
        self._curves = curves
        self._runs: RunsPage | None = None
        self._selected: PastRun | None = None
        self._may_start = True
        details.wanted.connect(self._make)
        book.changed.connect(self._show_earlier)
        machine.changed.connect(self._show_epoch)

    def allow_start(self, is_allowed: bool) -> None:
        """Say whether a run can be started now."""
        self._may_start = is_allowed
        if self._runs is not None:
            self._runs.allow_start(is_allowed)

    def _make(self, detail: Detail) -> None:
        match detail:
            case Detail.RUNS:
                self._details.put(detail, self._make_runs())
            case Detail.CONFUSION:
                from gui.train.confusion_page import ConfusionPage

                self._details.put(detail, ConfusionPage(self._machine))
            case Detail.MAPS:
                from gui.train.maps_page import MapsPage

                self._details.put(detail, MapsPage(self._machine))

    def _make_runs(self) -> "RunsPage":
        from gui.train.runs_page import RunsPage

        self._runs = RunsPage(self._book)
        self._runs.allow_start(self._may_start)
        self._runs.again_requested.connect(self.again_requested)
        self._runs.selected.connect(self._select)
        return self._runs

    def _show_epoch(self) -> None:
        self._curves.look_back(self._machine.replayed_epoch)

    def _select(self, run: PastRun | None) -> None:
        self._selected = run
        self.run_selected.emit(run)
        self._show_earlier()

    def _show_earlier(self) -> None:
        """Show the ticked runs behind the curves, and the selected one in any case, unless the curves are of it."""
        shown, selected = self._book.shown, self._selected
        if selected is not None and selected.epochs and selected not in shown and not self._book.is_present(selected):
            shown = [*shown, selected]
        self._curves.show_earlier(shown, selected)
