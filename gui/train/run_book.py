"""The runs there were: those whose models are in the library, and those of this window that left none."""

from PySide6.QtCore import QObject, Signal

from core.models.library import ModelLibrary
from core.training.events import Event, RunEnded
from core.training.past_runs import PastRun, RunRecord, runs_in
from core.training.spec import TrainingSpec
from gui.system.background import Background, Checkpoint

SHOWN_FIRST = 3
"""Runs that are shown behind the curves until somebody chooses others."""


class RunBook(QObject):
    """Knows the earlier runs, the latest first, and which of them are shown behind the curves.

    Signals
    -------
    changed
        There are other runs, or others are shown.
    """

    changed = Signal()

    def __init__(self, library: ModelLibrary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._saved: list[PastRun] = []
        self._unsaved: list[PastRun] = []
        self._chosen: dict[str, bool] = {}
        self._record: RunRecord | None = None
        self._present = ""
        self._begun = 0
        self._work: Background | None = None
        self._is_outdated = False

    @property
    def runs(self) -> list[PastRun]:
        """All of them."""
        dated = [(run.ended.isoformat() if run.ended else "", run) for run in (*self._unsaved, *self._saved)]
        return [run for _, run in sorted(dated, key=lambda pair: pair[0], reverse=True)]

    @property
    def shown(self) -> list[PastRun]:
        """Those shown behind the curves; never the run that the curves are of."""
        drawn = [run for run in self.runs if run.epochs and run.key != self._present]
        return [run for number, run in enumerate(drawn) if self._chosen.get(run.key, number < SHOWN_FIRST)]

    def is_present(self, run: PastRun) -> bool:
        """Whether the curves are of `run`."""
        return run.key == self._present

    def show(self, run: PastRun, shown: bool) -> None:
        """Show `run` behind the curves, or no longer."""
        self._chosen[run.key] = shown
        self.changed.emit()

    def refresh(self) -> None:
        """Read the cards again, in the background; those that have not changed are not read again."""
        self._is_outdated = True
        if self._work is None:
            self._begin_reading()

    def begin(self, spec: TrainingSpec) -> None:
        """A run begins."""
        self._begun += 1
        self._record = RunRecord(f"run {self._begun}", spec)
        self._present = ""
        self.changed.emit()

    def show_event(self, event: Event) -> None:
        """Take what the run emits."""
        if self._record is None:
            return
        self._record.take(event)
        if isinstance(event, RunEnded):
            self._end(event)

    def fail(self) -> None:
        """The run ended with an error."""
        self._end(None)

    def _end(self, ended: RunEnded | None) -> None:
        record, self._record = self._record, None
        run = record.ended(ended) if record is not None else None
        if run is not None:
            self._unsaved.append(run)
            self._present = run.key
        elif ended is not None and ended.model is not None:
            self._present = str(self._library.folder / ended.model)
        self.changed.emit()
        self.refresh()

    def _begin_reading(self) -> None:
        self._is_outdated = False
        library = self._library

        def read(checkpoint: Checkpoint) -> list[PastRun]:
            return runs_in(library.entries(verify=(), checkpoint=checkpoint))

        self._work = Background(read, "Reading the runs", can_be_left=True)
        self._work.done.connect(self._take_saved)
        self._work.finished.connect(self._go_on)
        self._work.begin()

    def _take_saved(self, runs: list[PastRun]) -> None:
        if runs != self._saved:
            self._saved = runs
            self.changed.emit()

    def _go_on(self) -> None:
        self._work = None
        if self._is_outdated:
            self._begin_reading()
