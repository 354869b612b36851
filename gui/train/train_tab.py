"""The training page: settings on the left; progress, curves, epochs and the result on the right."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.datasets.source import TestDigits
from core.digits.normalize import NormalizedDigit
from core.errors import DigitPadError, ModelError
from core.models.library import ModelLibrary
from core.training.control import TrainingControl
from core.training.engines import KnownEngines
from core.training.events import ChoiceNeeded, Event, RunEnded, RunStarted
from core.training.past_runs import PastRun
from core.training.run_times import KnownTimes
from core.wording.messages import sentences
from gui.recognition.active_model import ActiveModel
from gui.recognition.live_recognition import LiveRecognition
from gui.system.background import join_background
from gui.system.turn import Turn
from gui.system.waiting import wait_for_any
from gui.train.data_drops import DataDrops
from gui.train.layout import TrainLayout
from gui.train.parts import TrainParts
from gui.train.phase import Phase
from gui.train.run_result import RunResult
from gui.train.run_views import RunViews
from gui.train.tensorflow_loading import TensorFlowLoading
from gui.train.training_thread import TrainingThread, train

if TYPE_CHECKING:
    from gui.models.models_dialog import ModelsDialog

log = logging.getLogger(__name__)

SMALL_JOBS_MS = 2_000


class TrainTab(QWidget):
    """Starts runs, one at a time, and shows their events in every part of the page.

    When it has been shown for the first time, it starts to load what a run needs.

    Signals
    -------
    problem, information
        A sentence for the user that has no better place on the page.
    started
        A run began, of the preset with this name.
    shown
        An event of the run, after the page has shown it.
    asked
        The run waits for an answer.
    finished
        A run is over, however it ended; another one can be started.
    """

    problem = Signal(str)
    information = Signal(str)
    started = Signal(str)
    shown = Signal(object)
    asked = Signal()
    finished = Signal()

    def __init__(
        self,
        library: ModelLibrary,
        model: ActiveModel,
        recognition: LiveRecognition,
        loading: TensorFlowLoading | None = None,
        engines: KnownEngines | None = None,
        parts: TrainParts | None = None,
        digits: Path | None = None,
        turn: Turn | None = None,
        times: KnownTimes | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        parts = parts or TrainParts()
        self.loading = loading or TensorFlowLoading(self)
        self._library = library
        self._engines = engines
        self._model = model
        self._recognition = recognition
        self._thread: TrainingThread | None = None
        self._digits = digits
        self._turn = turn or Turn(self)
        self._models: ModelsDialog | None = None
        self.form = parts.form
        self.run = parts.run
        self.curves = parts.curves
        self.table = parts.table
        self.guess = parts.guess
        self.result = RunResult(model)
        self.result.hide()
        self._views = RunViews(parts, library, times, self)
        self.details, self.book, self.machine = self._views.details, self._views.book, self._views.machine
        self._layout = self._lay_out(parts)
        self._connect()
        self._show_model_in_form()
        self._show_blocked()

    def is_running(self) -> bool:
        """Whether a run is under way, from its start until its thread has ended."""
        return self._thread is not None

    def start(self) -> None:
        """Start a run with the form's settings."""
        if self.is_running() or self.form.problem() or self._turn.reason:
            return
        try:
            spec = self.form.spec()
        except DigitPadError as error:
            self.run.show_failure(str(error))
            return
        control, library, engines, digits = TrainingControl(), self._library, self._engines, self._digits
        digit = self._recognition.digit
        control.show_digit(digit.image if digit else None)
        self._thread = TrainingThread(lambda emit: train(spec, control, emit, library, engines, digits), control)
        self._thread.emitted.connect(self._show_event)
        self._thread.failed.connect(self._show_failure)
        self._thread.finished.connect(self._end)
        self._turn.take(self.tr("A network is being trained. Wait until it is done."))
        self.form.setEnabled(False)
        self.result.clear()
        self.result.hide()
        self._views.begin(spec, control)
        self._layout.reveal_results(self.guess if digit else self.curves)
        log.info("training starts: %s", spec)
        self._thread.begin()
        self.started.emit(spec.preset)

    def start_again(self, run: PastRun) -> None:
        """Put the settings of an earlier run into the form and start it, unless its data has to be checked first."""
        if not self.is_running():
            self.form.show_spec(run.spec)
            self.form.data.check()
            self.start()

    def choose_data(self, source: str) -> None:
        """Put `source`, which is what `core.datasets.sources.find_source` takes, into the form."""
        self.form.data.choose(source)

    def take_data(self, source: str) -> None:
        """Put `source`, which was just dropped, into the form and check it; not while a run is under way."""
        if self.is_running():
            self.problem.emit(self.tr("A network is being trained. Drop the data again afterwards."))
            return
        self.choose_data(source)
        self.form.data.check_again()
        self.form.show_data()

    def stop_and_wait(self, timeout_ms: int) -> bool:
        """Stop a run without keeping anything, and wait for its end. Returns False if it does not end in time.

        The window is repainted meanwhile, but takes no input. Other background work is cancelled, and gets a moment to
        end; where something could be lost, the end of the process waits for the rest.
        """
        if self._thread is not None:
            self.run.show_stopping()
            self._thread.cancel()
            wait_for_any(timeout_ms, self.finished)
        if self.is_running():
            return False
        join_background(SMALL_JOBS_MS, leave=True)
        return True

    def wait_until_saved(self, timeout_ms: int) -> bool:
        """Wait in the same way until a run has saved its model. Returns False if it does not, in time, or asks."""
        if self.is_running() and self.run.phase is not Phase.CHOOSING:
            wait_for_any(timeout_ms, self.finished, self.asked)
        return not self.is_running()

    def take_focus(self) -> None:
        """Move the keyboard focus to the button for the next step."""
        if self.result.isVisible() and self.result.use.isEnabled():
            self.result.use.setFocus()
        else:
            self.run.buttons.take_focus()

    def show_models(self) -> None:
        """Open the list of models."""
        from gui.models.models_dialog import ModelsDialog

        if self._models is None:
            self._models = ModelsDialog(self._library, self._model, self)
        self._models.show()
        self._models.raise_()
        self._models.activateWindow()

    def show_digit(self, digit: NormalizedDigit | None) -> None:
        """Show the digit on the pad; None for a blank pad."""
        self._views.show_digit(digit.image if digit else None)

    # --- a run's signals, in the window's thread ------------------------------------------------------------

    def _show_event(self, event: Event) -> None:
        self._views.show_event(event)
        if isinstance(event, RunStarted) and event.notes:
            self.problem.emit(" ".join(sentences(event.notes)))
        elif isinstance(event, RunEnded) and event.model is not None:
            self.form.name.clear()  # else the next model would get the same name
            control = self._views.steering.control
            assert control is not None and control.tests is not None, "the model was tested on them"
            self._show_result(event.model, control.tests)
        elif isinstance(event, ChoiceNeeded):
            self.asked.emit()
        self.shown.emit(event)

    def _show_failure(self, sentence: str) -> None:
        self._views.fail(sentence)
        self.problem.emit(sentence)

    def _show_result(self, slug: str, tests: TestDigits) -> None:
        try:
            bundle = self._library.bundle(slug)
        except ModelError as error:  # another window may have deleted it already
            self.problem.emit(str(error))
            return
        self.result.show_model(bundle, tests)
        self.result.show()
        self._layout.reveal_results(self.result)

    def _end(self) -> None:
        self._thread = None
        self._views.end()
        self.form.setEnabled(True)
        self._show_model_in_form()
        self._turn.give_back()  # which shows whether another run can be started
        log.info("training ended: %s", self.run.status.text())
        self.finished.emit()

    # --- what the buttons ask for ---------------------------------------------------------------------------

    def _follow_recommendation(self, is_recommended: bool) -> None:
        self.run.buttons.make_start_primary(not is_recommended)

    def _show_blocked(self) -> None:
        self._views.pages.allow_start(not self.is_running() and not self._turn.reason)
        if not self.is_running():
            self.run.show_blocked(self.form.problem() or self._turn.reason)

    def _show_model_in_form(self) -> None:
        bundle = self._model.bundle
        if not self.is_running() or self.form.continue_box.shows(
            bundle
        ):  # during a run it shows what the run was started with
            self.form.show_model(bundle)

    def _show_loading(self) -> None:
        stage = self.loading.stage
        progress = self.tr("Getting TensorFlow ready ({0})…").format(stage) if stage else ""
        self.run.show_getting_ready(self.loading.problem or progress)

    def _lay_out(self, parts: TrainParts) -> TrainLayout:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        content = TrainLayout(parts, self.result, self.details, self)
        layout.addWidget(content)
        return content

    def _connect(self) -> None:
        self.loading.changed.connect(self._show_loading)
        self.curves.settled.connect(self.loading.begin)
        self.form.changed.connect(self._show_blocked)
        self.form.edited.connect(self._views.show_estimate)
        self._turn.changed.connect(self._show_blocked)
        self._model.changed.connect(self._show_model_in_form)
        self.run.start_requested.connect(self.start)
        self._views.pages.again_requested.connect(self.start_again)
        self.run.models_requested.connect(self.show_models)
        self.run.phase_changed.connect(self.guess.show_phase)
        self.result.problem.connect(self.problem)
        self._views.keeping.problem.connect(self.problem)
        self._views.keeping.information.connect(self.information)
        self.result.recommended.connect(self._follow_recommendation)
        self._recognition.answered.connect(self.show_digit)
        drops = DataDrops(self)
        drops.dropped.connect(self.take_data)
        drops.refused.connect(self.problem)

    def showEvent(self, event: QShowEvent) -> None:
        self.loading.announce()
        self.book.refresh()
        super().showEvent(event)
