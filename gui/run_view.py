"""How a run is going: one line of text, a progress bar, and the buttons that start, pause and stop it."""

from enum import Enum, auto

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.runs import BatchDone, ChoiceNeeded, EpochDone, Event, RunEnded, RunStarted, StageBegan
from gui.icons import icon
from gui.run_texts import choice_texts, ended_text, place_text, progress_text
from gui.theme import MARGIN, SPACING, current_colours


class Phase(Enum):
    """What the run does, as far as the buttons care."""

    NONE = auto()
    PREPARING = auto()
    TRAINING = auto()
    PAUSED = auto()
    STOPPING = auto()
    CHOOSING = auto()
    FINISHING = auto()


class RunView(QFrame):
    """Shows a run and asks for what its buttons say. It follows the events and what is asked for; it owns no run.

    Signals
    -------
    start_requested, pause_requested, resume_requested, stop_requested
        A button was pressed. The view has already changed to what follows, except for start, which may fail.
    choice_made
        The answer to a `ChoiceNeeded`: True to keep, or to try again.
    models_requested
        The list of models is wanted.
    """

    start_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal()
    choice_made = Signal(bool)
    models_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.phase = Phase.NONE
        self._run: RunStarted | None = None
        self._last: BatchDone | None = None
        self._blocked_by = ""
        self.status = self._make_status()
        self.progress = QProgressBar()
        self.progress.setObjectName("trainProgress")
        self.progress.setAccessibleName(self.tr("Progress of the training"))
        self.progress.setTextVisible(False)
        self.start = _button("trainStart", self.tr("Start training"), self.start_requested, primary=True)
        self.pause = _button("trainPause", self.tr("Pause"), self._pause_or_resume)
        self.stop = _button("trainStop", self.tr("Stop"), self._stop)
        self.models = _button("trainModels", self.tr("Models…"), self.models_requested)
        self.models.setToolTip(self.tr("The models you have: use, rename, delete, export"))
        self.keep = _button("trainKeep", "", self._keep, primary=True)
        self.discard = _button("trainDiscard", "", self._discard)
        self._actions = self._make_actions()
        self._lay_out()
        self._reset_progress()
        self._enter(Phase.NONE)
        self._say(self.tr("Ready"))

    def show_blocked(self, reason: str) -> None:
        """Say why no run can be started; "" when one can."""
        was_blocked, self._blocked_by = bool(self._blocked_by), reason
        if self.phase == Phase.NONE and (reason or was_blocked):
            self._say(reason or self.tr("Ready"), problem=False)
        self._update_buttons()

    def begin(self) -> None:
        """A run was started; its events come next."""
        self._run = self._last = None
        self._reset_progress()
        self._enter(Phase.PREPARING)
        self._say(self.tr("Starting…"))

    def show_event(self, event: Event) -> None:
        """Take what a run emits."""
        if isinstance(event, StageBegan):
            self._show_stage(event)
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
        """The run ended by an error."""
        self._enter(Phase.NONE)
        self._reset_progress()
        self._say(sentence, problem=True)

    def show_closing(self) -> None:
        """The run is stopped from outside."""
        self._enter(Phase.STOPPING)
        self._say(self.tr("Stopping…"))

    # --- events ---------------------------------------------------------------------------------------------

    def _show_stage(self, stage: StageBegan) -> None:
        if self.phase == Phase.STOPPING and self._run is None:  # a stop takes effect once all is loaded
            self._say(self.tr("Stopping… ({0} has to end first)").format(stage.text[0].lower() + stage.text[1:]))
            return
        self._say(f"{stage.text}…")
        if self._run is not None:
            self.progress.setValue(self.progress.maximum())
            self._enter(Phase.FINISHING)

    def _show_started(self, run: RunStarted) -> None:
        self._run = run
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
        keep, discard = choice_texts(choice.reason)
        for button, name, text in zip(
            (self.keep, self.discard), choice_names(choice.reason), (keep, discard), strict=True
        ):
            button.setObjectName(name)
            button.setText(text)
        self._enter(Phase.CHOOSING)
        self._say(choice.sentence, problem=choice.reason == "save_failed")

    def _show_ended(self, ended: RunEnded) -> None:
        self._enter(Phase.NONE)
        if ended.model is None:
            self._reset_progress()
        self._say(ended_text(ended))

    # --- buttons --------------------------------------------------------------------------------------------

    def _pause_or_resume(self) -> None:
        if self.phase == Phase.PAUSED:
            self._enter(Phase.TRAINING)
            self._say_progress()
            self.resume_requested.emit()
        else:
            self._enter(Phase.PAUSED)
            self._say_progress()
            self.pause_requested.emit()

    def _stop(self) -> None:
        self.show_closing()
        self.stop_requested.emit()

    def _keep(self) -> None:
        self._choose(True)

    def _discard(self) -> None:
        self._choose(False)

    def _choose(self, keep: bool) -> None:
        self._enter(Phase.FINISHING if keep else Phase.STOPPING)
        self._say(self.tr("Saving the model…") if keep else self.tr("Stopping…"))
        self.choice_made.emit(keep)

    # --- looks ----------------------------------------------------------------------------------------------

    def _enter(self, phase: Phase) -> None:
        had_focus = self._has_focus_inside()
        self.phase = phase
        self._actions.setCurrentIndex(1 if phase == Phase.CHOOSING else 0)
        self.pause.setText(self.tr("Resume") if phase == Phase.PAUSED else self.tr("Pause"))
        self._update_buttons()
        if had_focus:
            self._keep_focus()

    def _update_buttons(self) -> None:
        is_idle = self.phase == Phase.NONE
        self.start.setEnabled(is_idle and not self._blocked_by)
        self.start.setToolTip(self._blocked_by if is_idle else "")
        self.pause.setEnabled(self.phase in (Phase.TRAINING, Phase.PAUSED))
        self.stop.setEnabled(self.phase in (Phase.PREPARING, Phase.TRAINING, Phase.PAUSED))
        self._colour_icons()

    def _has_focus_inside(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self._actions.isAncestorOf(focused)

    def _keep_focus(self) -> None:
        """A button that is switched off must not drop the keyboard's focus somewhere else on the page."""
        for button in (self.keep, self.pause, self.stop, self.start):
            if button.isVisible() and button.isEnabled():
                button.setFocus()
                return

    def _say_progress(self) -> None:
        if self._run is None or self._last is None:
            if self.phase == Phase.PAUSED:
                self._say(self.tr("Paused"))
        elif self.phase == Phase.PAUSED:
            self._say(self.tr("Paused · {0}").format(place_text(self._run, self._last)))
        elif self.phase == Phase.TRAINING:
            self._say(progress_text(self._run, self._last))

    def _say(self, text: str, *, problem: bool = False) -> None:
        self.status.setText(text)
        self.status.setToolTip(text if problem else "")
        if self.status.property("problem") != problem:
            self.status.setProperty("problem", problem)
            self.status.style().polish(self.status)

    def _reset_progress(self) -> None:
        self.progress.setRange(0, 1)
        self.progress.setValue(0)

    def _make_status(self) -> QLabel:
        status = QLabel()
        status.setObjectName("trainStatus")
        status.setAccessibleName(self.tr("Status of the training"))
        status.setTextFormat(Qt.TextFormat.PlainText)
        status.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        status.setWordWrap(True)
        status.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        status.setFixedHeight(2 * status.fontMetrics().lineSpacing() + 4)
        return status

    def _make_actions(self) -> QStackedWidget:
        stack = QStackedWidget()
        for buttons in ((self.start, self.pause, self.stop), (self.keep, self.discard)):
            page = QWidget()
            row = QHBoxLayout(page)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            for button in buttons:
                row.addWidget(button)
            row.addStretch()
            stack.addWidget(page)
        self.pause.setMinimumWidth(104)  # "Resume" must not push "Stop" aside
        stack.setFixedHeight(stack.sizeHint().height())
        return stack

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._actions, 1)
        row.addWidget(self.models)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 8, MARGIN, SPACING)
        layout.setSpacing(8)
        layout.addWidget(self.status)
        layout.addWidget(self.progress)
        layout.addSpacing(2)
        layout.addLayout(row)

    def _colour_icons(self) -> None:
        colours = current_colours()
        self.start.setIcon(icon("play", colours.on_accent))
        self.pause.setIcon(icon("play" if self.phase == Phase.PAUSED else "pause"))
        self.stop.setIcon(icon("stop"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_actions"):
            self._colour_icons()
        super().changeEvent(event)


def choice_names(reason: str) -> tuple[str, str]:
    """Object names of the two buttons of a choice."""
    return ("trainRetry", "trainGiveUp") if reason == "save_failed" else ("trainKeep", "trainDiscard")


def _button(name: str, text: str, slot: object, *, primary: bool = False) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setProperty("primary", primary)
    button.clicked.connect(slot)
    return button
