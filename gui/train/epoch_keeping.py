"""Keeps the snapshots of a run beside its model, and shows those of earlier runs again."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.models.library import ModelLibrary
from core.training.events import Event, RunEnded, RunStarted
from core.training.kept_snapshots import has_kept_snapshots, keep_snapshots, read_snapshots
from core.training.past_runs import PastRun
from core.training.snapshots import Snapshots
from gui.system.background import Background
from gui.train.epoch_slider import EpochSlider
from gui.train.time_machine import TimeMachine

log = logging.getLogger(__name__)


class EpochKeeping(QObject):
    """Writes and reads in the background; during a run, it does neither.

    Signals
    -------
    problem
        A sentence: why the epochs could not be kept, or shown.
    information
        A sentence: the epochs are kept.
    """

    problem = Signal(str)
    information = Signal(str)

    def __init__(
        self, slider: EpochSlider, machine: TimeMachine, library: ModelLibrary, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._slider = slider
        self._machine = machine
        self._library = library
        self._model: Path | None = None
        self._is_running = False
        self._reading: Background | None = None
        slider.keep_requested.connect(self._keep)

    def show_event(self, event: Event) -> None:
        """Take what a run emits."""
        if isinstance(event, RunStarted):
            self._is_running, self._reading = True, None
        elif isinstance(event, RunEnded):
            self._model = self._library.folder / event.model if event.model is not None else None

    def end(self) -> None:
        """The run is over; its epochs can be kept if it left a model."""
        self._is_running = False
        self._slider.allow_keeping(self._model is not None and bool(self._machine.snapshots.epochs))

    def show_run(self, run: PastRun | None) -> None:
        """Look back at `run`, if its epochs were kept."""
        if run is None or self._is_running or not has_kept_snapshots(Path(run.key)):
            return
        folder = Path(run.key)
        self._reading = Background(lambda checkpoint: read_snapshots(folder), "Reading the epochs", can_be_left=True)
        self._reading.done.connect(self._take_kept)
        self._reading.failed.connect(self.problem)
        self._reading.begin()

    def _take_kept(self, snapshots: Snapshots) -> None:
        if self.sender() is self._reading and not self._is_running:
            self._model = None
            self._machine.show_kept(snapshots)

    def _keep(self) -> None:
        folder, snapshots = self._model, self._machine.snapshots
        if folder is None:
            return
        self._slider.allow_keeping(False)
        keeping = Background(lambda checkpoint: keep_snapshots(snapshots, folder), "Keeping the epochs")
        keeping.done.connect(self._say_kept)
        keeping.failed.connect(self._say_failure)
        keeping.begin()

    def _say_kept(self) -> None:
        self.information.emit(self.tr("The epochs are kept with the model. Choose it under Runs to look back at them."))

    def _say_failure(self, sentence: str) -> None:
        self._slider.allow_keeping(self._model is not None and not self._is_running)
        self.problem.emit(sentence)
