"""How a run is going: one line of text, a progress bar, and the buttons that start, pause and stop it."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from core.training.events import (
    BatchDone,
    ChoiceNeeded,
    ChoiceReason,
    EpochDone,
    Event,
    RunEnded,
    RunStarted,
    StageBegan,
    StageProgress,
)
from core.wording.messages import sentences
from gui.train.phase import Phase
from gui.train.run_buttons import RunButtons
from gui.train.run_labels import make_material_label, make_status_label
from gui.train.run_pace import RunPace
from gui.train.run_texts import ended_text, place_text, progress_text
from gui.widgets.button_row import GAP
from gui.widgets.card import Card
from gui.widgets.fixed_size_label import FixedSizeLabel
from gui.widgets.flow_row import FlowRow
from gui.widgets.labels import NOTE_PIXELS, make_faint_label
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import MARGIN, set_look


class RunView(Card):
    """Shows a run, and requests what its buttons say. It follows the events, and owns no run.

    Signals
    -------
    start_requested, pause_requested, resume_requested, step_requested, stop_requested
        A button was pressed. The view shows the next phase already, except after start, which may fail.
    choice_made
        The answer to a `ChoiceNeeded`: True to keep, or to try again.
    models_requested
        The list of models is wanted.
    phase_changed
        The new `Phase` of the run.
    """

    start_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    step_requested = Signal()
    stop_requested = Signal()
    choice_made = Signal(bool)
    models_requested = Signal()
    phase_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: RunStarted | None = None
        self._last: BatchDone | None = None
        self._preparing = self._stage = ""
        self._is_idle = False
        self.status = make_status_label(self.tr("Status of the training"))
        self._status_area = FixedSizeLabel(self.status, lines=2)
        self.progress = QProgressBar()
        self.progress.setObjectName("trainProgress")
        self.progress.setAccessibleName(self.tr("Progress of the training"))
        self.progress.setTextVisible(False)
        self.buttons = RunButtons()
        self.buttons.start_pressed.connect(self.start_requested)
        self.buttons.pause_pressed.connect(self._pause_or_resume)
        self.buttons.step_pressed.connect(self._step)
        self.buttons.stop_pressed.connect(self._stop)
        self.buttons.answered.connect(self._choose)
        self.pace = RunPace()
        self.pace.hide()
        self.pace.speed_chosen.connect(self._say_progress)
        self.estimate = make_faint_label(pixels=NOTE_PIXELS)
        self.estimate.setObjectName("trainEstimate")
        self.models = QPushButton(self.tr("Models…"))
        self.models.setObjectName("trainModels")
        self.models.setToolTip(plain_tool_tip(self.tr("The models you have: use, rename, delete, export")))
        self.models.clicked.connect(self.models_requested)
        self.material = make_material_label()
        self.estimate.hide()
        self._lay_out()
        self._reset_progress()
        self._say_idle()

    def show_blocked(self, reason: str) -> None:
        """Say why no run can be started; "" when one can."""
        was_blocked = bool(self.buttons.blocked_by)
        self.buttons.block(reason)
        if self.phase == Phase.NONE and (reason or was_blocked):
            self._say_idle()

    def show_getting_ready(self, sentence: str) -> None:
        """Say what is being prepared for the first run, if there is nothing else to say; "" when all is ready."""
        self._preparing = sentence
        if self._is_idle:
            self._say_idle()

    def show_estimate(self, text: str) -> None:
        """Say what the next run will take and bring; "" where that is not known."""
        self.estimate.setText(text)
        self._show_estimate()

    def begin(self, learning_rate: float = 0.0) -> None:
        """A run was started, at such a rate; its events follow."""
        self._run = self._last = None
        self.pace.begin(learning_rate)
        self._show_material("")
        self._reset_progress()
        self._enter(Phase.PREPARING)
        self._say(self.tr("Starting…"))

    def show_event(self, event: Event) -> None:
        """Take what a run emits."""
        if isinstance(event, StageBegan):
            self._show_stage(event)
        elif isinstance(event, StageProgress):
            self._show_stage_progress(event)
        elif isinstance(event, RunStarted):
            self._show_started(event)
        elif isinstance(event, BatchDone):
            self._show_batch(event)
        elif isinstance(event, EpochDone):
            self._show_epoch(event)
        elif isinstance(event, ChoiceNeeded):
            self._ask(event)
        elif isinstance(event, RunEnded):
            self._show_ended(event)

    def show_failure(self, sentence: str) -> None:
        """The run ended with an error."""
        self._enter(Phase.NONE)
        self._reset_progress()
        self._say(sentence, problem=True)

    def show_stopping(self) -> None:
        """The run was asked to stop."""
        self._enter(Phase.STOPPING)
        self._say(self.tr("Stopping…"))

    # --- events ---------------------------------------------------------------------------------------------

    def _show_stage(self, stage: StageBegan) -> None:
        if self.phase == Phase.STOPPING and self._run is None:  # a stop takes effect once everything is loaded
            self._say(self.tr("Stopping… ({0} has to finish first)").format(stage.text[0].lower() + stage.text[1:]))
            return
        self._say(f"{stage.text}…")
        self._stage = stage.text
        if self._run is None:
            self._reset_progress()
        else:
            self.progress.setValue(self.progress.maximum())
            self._enter(Phase.FINISHING)

    def _show_stage_progress(self, progress: StageProgress) -> None:
        if self._run is None and self.phase == Phase.PREPARING:
            self.progress.setRange(0, progress.total)
            self.progress.setValue(progress.done)
            self._say(self.tr("{0}… {1:,} of {2:,} drawings").format(self._stage, progress.done, progress.total))

    def _show_started(self, run: RunStarted) -> None:
        self._run = run
        self._show_material(" ".join(sentences((*run.material, *filter(None, [run.engine])))))
        self.progress.setRange(0, run.epochs * run.batches_per_epoch)
        if self.phase == Phase.PREPARING:
            self._enter(Phase.TRAINING)
            self._say(self.tr("Building the network; the first batch takes longest…"))

    def _show_batch(self, batch: BatchDone) -> None:
        if self._run is None:
            return
        self._last = batch
        self.progress.setValue((batch.epoch - 1) * self._run.batches_per_epoch + batch.batch)
        self._say_progress()

    def _show_epoch(self, epoch: EpochDone) -> None:
        if self._run is not None and self.phase == Phase.TRAINING and epoch.epoch == self._run.epochs:
            self._enter(Phase.FINISHING)

    def _ask(self, choice: ChoiceNeeded) -> None:
        self.buttons.offer(choice.reason)
        self._enter(Phase.CHOOSING)
        self._say(choice.sentence, problem=choice.reason == ChoiceReason.SAVE_FAILED)

    def _show_ended(self, ended: RunEnded) -> None:
        self._enter(Phase.NONE)
        if ended.model is None:
            self._reset_progress()
        if ended.notes or ended.ending:
            self._show_material(" ".join(sentences((*ended.notes, *ended.ending))))
        self._say(ended_text(ended))

    # --- buttons --------------------------------------------------------------------------------------------

    def _pause_or_resume(self) -> None:
        is_paused = self.phase == Phase.PAUSED
        self._enter(Phase.TRAINING if is_paused else Phase.PAUSED)
        self._say_progress()
        (self.resume_requested if is_paused else self.pause_requested).emit()

    def _step(self) -> None:
        self._enter(Phase.PAUSED)
        self._say_progress()
        self.step_requested.emit()

    def _stop(self) -> None:
        self.show_stopping()
        self.stop_requested.emit()

    def _choose(self, keep: bool) -> None:
        self._enter(Phase.FINISHING if keep else Phase.STOPPING)
        self._say(self.tr("Saving the model…") if keep else self.tr("Stopping…"))
        self.choice_made.emit(keep)

    # --- what is shown --------------------------------------------------------------------------------------

    @property
    def phase(self) -> Phase:
        """What the run is doing."""
        return self.buttons.phase

    @property
    def epoch(self) -> int:
        """The current epoch of the run, or the last one of the run before: from 1; 0 before the first batch."""
        return self._last.epoch if self._last is not None else 0

    @property
    def has_learned(self) -> bool:
        """Whether the run, or the last one, has learned from a batch yet."""
        return self._last is not None

    def _enter(self, phase: Phase) -> None:
        self.buttons.enter(phase)
        can_be_steered = phase in (Phase.TRAINING, Phase.PAUSED)
        self._show_estimate()
        self.pace.setVisible(can_be_steered)
        self.pace.problem.setVisible(can_be_steered and bool(self.pace.problem.text()))
        self._status_area.settle()
        self.phase_changed.emit(phase)

    def _show_estimate(self) -> None:
        self.estimate.setVisible(self.phase is Phase.NONE and bool(self.estimate.text()))

    def _say_progress(self) -> None:
        is_paused = self.phase == Phase.PAUSED
        if self._run is None or self._last is None:
            self._say(self.tr("Paused") if is_paused else self.tr("Starting…"))
        elif is_paused:
            self._say(self.tr("Paused · {0}").format(place_text(self._run, self._last)))
        elif self.phase == Phase.TRAINING:
            self._say(progress_text(self._run, self._last, self.pace.batches_per_second))

    def _say_idle(self) -> None:
        self._say(self.buttons.blocked_by or self._preparing or self.tr("Ready"))
        self._is_idle = True

    def _say(self, text: str, *, problem: bool = False) -> None:
        self._is_idle = False
        self.status.setText(text)
        self.status.setToolTip(plain_tool_tip(text) if problem else "")
        set_look(self.status, "problem", problem)

    def _show_material(self, text: str) -> None:
        self.material.setText(text)
        self.material.setToolTip(plain_tool_tip(text))
        self.material.setVisible(bool(text))

    def _reset_progress(self) -> None:
        self.progress.setRange(0, 1)
        self.progress.setValue(0)

    def _lay_out(self) -> None:
        layout = self.make_column(top=GAP)
        layout.addWidget(self._status_area)
        layout.addWidget(self.progress)
        layout.addSpacing(2)
        layout.addWidget(FlowRow(self.buttons, self.pace, self.estimate, self.models, spacing=GAP, last_at_end=True))
        layout.addWidget(self.pace.problem)
        layout.addWidget(self.material)

    def sizeHint(self) -> QSize:
        """As wide as before a run: what it brings goes below where there is no room, and the page stays as it is."""
        parts = (self.buttons.start, self.buttons.pause, self.buttons.stop, self.models)
        width = sum(part.sizeHint().width() for part in parts) + (len(parts) - 1) * GAP + 2 * MARGIN
        return QSize(width, super().sizeHint().height())
