"""Everything on the training page that follows a run, and what it asks of the run."""

from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject

from core.digits.arrays import Image
from core.errors import DigitPadError
from core.models.library import ModelLibrary
from core.training.control import TrainingControl
from core.training.events import Event
from core.training.run_times import KnownTimes, RunTimer
from core.training.snapshots import Snapshots
from core.training.spec import TrainingSpec
from gui.train.detail_pages import DetailPages
from gui.train.details import Details
from gui.train.epoch_keeping import EpochKeeping
from gui.train.estimate import estimate_text
from gui.train.parts import TrainParts
from gui.train.run_book import RunBook
from gui.train.steering import Steering
from gui.train.time_machine import TimeMachine


class RunViews(QObject):
    """Passes a run's events on to all views, and the digit on the pad to the run.

    Attributes
    ----------
    details, pages
        The tabs below the curves, and what makes their pages.
    book
        The earlier runs.
    machine, keeping
        Looks back at the epochs of the run, and keeps them with its model.
    steering
        Has the control of the run that is under way.
    """

    def __init__(
        self,
        parts: TrainParts,
        library: ModelLibrary,
        times: KnownTimes | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`times` are those of runs on this machine; None remembers none."""
        super().__init__(parent)
        self._times = times
        self._timer: RunTimer | None = None
        self._digit: Image | None = None
        self._form = parts.form
        self._run, self._curves, self._table, self._guess = parts.run, parts.curves, parts.table, parts.guess
        self.details = Details(self._table)
        self.book = RunBook(library, self)
        self.machine = TimeMachine(self._guess.slider, self)
        self.keeping = EpochKeeping(self._guess.slider, self.machine, library, self)
        self.pages = DetailPages(self.details, self.book, self.machine, self._curves, self)
        self.steering = Steering(self._run, self)
        self.machine.changed.connect(self._show_replayed)
        self.book.changed.connect(self.show_estimate)
        self.pages.run_selected.connect(self.keeping.show_run)

    def begin(self, spec: TrainingSpec, control: TrainingControl) -> None:
        """A run begins, with such settings."""
        control.snapshots = Snapshots()
        self.steering.control = control
        self._curves.clear()
        self._table.clear()
        self.machine.begin(control.snapshots)
        self.book.begin(spec)
        self._run.begin(spec.completed().learning_rate)
        self._timer = RunTimer(spec, self._times) if self._times is not None else None

    def show_event(self, event: Event) -> None:
        """Take what the run emits."""
        for view in (self._run, self._curves, self._table, self._guess, self.book, self.machine, self.keeping):
            view.show_event(event)
        if self._timer is not None:
            self._timer.take(event)

    def fail(self, sentence: str) -> None:
        """The run ended with an error."""
        self.book.fail()
        self._run.show_failure(sentence)

    def end(self) -> None:
        """The run is over, in whatever way."""
        self.steering.control = None
        self.machine.end()
        self.keeping.end()
        self.show_estimate()

    def show_estimate(self) -> None:
        """Say what a run with the settings in the form will take and bring, as far as that is known."""
        text = ""
        if not self._form.problem():
            with suppress(DigitPadError):  # said when it is started
                spec = replace(self._form.spec(), name="")
                text = estimate_text(spec, self._form.data.digits(), self._times, self.book.runs)
        self._run.show_estimate(text)

    def show_digit(self, image: Image | None) -> None:
        """Show the digit on the pad, uint8 `(28, 28)`; None for a blank pad."""
        self._digit = image
        self._guess.show_digit(image)
        self.machine.show_digit(image)
        self.steering.show_digit(image)

    def _show_replayed(self) -> None:
        look = self.machine.look() if self.machine.is_replaying else None
        if look is not None:
            self._guess.show_replayed(look.probabilities)
        elif self._guess.is_replaying:
            self._guess.show_live()
            self.steering.show_digit(self._digit)  # a run that is paused answers it at once
