"""The buttons of a run: start, pause and stop, or the two answers when the run asks something."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from core.training.events import ChoiceReason
from gui.train.phase import Phase
from gui.widgets.button_row import make_button, make_button_row, set_primary
from gui.widgets.icons import icon
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import current_colours, follow_text_scale, follow_theme, text_pixels

PAUSE_WIDTH = 104
"""Wide enough for “Resume”, so that “Stop” does not move."""


class RunButtons(QStackedWidget):
    """Shows what can be done in a phase. Pressing a button changes nothing by itself: the receiver enters a new phase.

    Signals
    -------
    start_pressed, pause_pressed, step_pressed, stop_pressed
        The pause button also resumes.
    answered
        A choice was made: True to keep, or to try again.
    """

    start_pressed = Signal()
    pause_pressed = Signal()
    step_pressed = Signal()
    stop_pressed = Signal()
    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Training"))
        self._phase = Phase.NONE
        self._blocked_by = ""
        self._pause_icon = ""
        self.start = make_button("trainStart", self.tr("Start training"), is_primary=True)
        self.pause = make_button("trainPause", self.tr("Pause"))
        self.step = make_button("trainStep", self.tr("Step"))
        self.step.setToolTip(self.tr("Learn from one batch, then pause"))
        self.stop = make_button("trainStop", self.tr("Stop"))
        self.keep = make_button("trainKeep", self.tr("Keep it"), is_primary=True)
        self.discard = make_button("trainDiscard", self.tr("Discard it"))
        self.retry = make_button("trainRetry", self.tr("Try again"), is_primary=True)
        self.give_up = make_button("trainGiveUp", self.tr("Give up"))
        self._run_row = make_button_row(self.start, self.pause, self.step, self.stop)
        self._answer_rows = {
            ChoiceReason.STOPPED: make_button_row(self.keep, self.discard),
            ChoiceReason.SAVE_FAILED: make_button_row(self.retry, self.give_up),
        }
        for row in (self._run_row, *self._answer_rows.values()):
            self.addWidget(row)
        self._choice = ChoiceReason.STOPPED
        follow_text_scale(self._fit_pause)
        self.start.clicked.connect(self.start_pressed)
        self.pause.clicked.connect(self.pause_pressed)
        self.step.clicked.connect(self.step_pressed)
        self.stop.clicked.connect(self.stop_pressed)
        for yes, no in ((self.keep, self.discard), (self.retry, self.give_up)):
            yes.clicked.connect(self._answer_yes)
            no.clicked.connect(self._answer_no)
        follow_theme(self._colour_icons)
        self.enter(Phase.NONE)

    @property
    def phase(self) -> Phase:
        """The phase that the buttons are for."""
        return self._phase

    @property
    def blocked_by(self) -> str:
        """Why no run can be started; "" when one can."""
        return self._blocked_by

    def enter(self, phase: Phase) -> None:
        """Show the buttons for `phase`."""
        self._phase = phase
        self._update_buttons()

    def block(self, reason: str) -> None:
        """Say why no run can be started; "" when one can."""
        self._blocked_by = reason
        self._update_buttons()

    def make_start_primary(self, is_primary: bool) -> None:
        """Make Start the primary button of the page, or not, while another one is: there is never more than one."""
        if self.start.property("primary") != is_primary:
            self.start.setMinimumWidth(self.start.sizeHint().width())  # no narrower when it is not bold
            set_primary(self.start, is_primary)
            self._colour_start()

    def _update_buttons(self) -> None:
        had_focus = self._has_focus_inside()
        phase, is_idle = self._phase, self._phase == Phase.NONE
        self.setCurrentWidget(self._answer_rows[self._choice] if phase == Phase.CHOOSING else self._run_row)
        self.start.setEnabled(is_idle and not self._blocked_by)
        self.start.setToolTip(plain_tool_tip(self._blocked_by) if is_idle else "")
        self.start.setVisible(is_idle)  # a step takes its place
        self.step.setVisible(not is_idle)
        self.step.setEnabled(phase in (Phase.TRAINING, Phase.PAUSED))
        self.pause.setText(self.tr("Resume") if phase == Phase.PAUSED else self.tr("Pause"))
        self.pause.setEnabled(phase in (Phase.TRAINING, Phase.PAUSED))
        self.stop.setEnabled(phase in (Phase.PREPARING, Phase.TRAINING, Phase.PAUSED))
        self._show_pause_icon()
        if had_focus:
            self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard's focus on the first button that can be pressed.

        A button that becomes disabled would pass it to something else on the page: while none can be pressed, the row
        itself holds it for the next one that can.
        """
        buttons = (self.keep, self.retry, self.pause, self.stop, self.start)
        holder = next((button for button in buttons if button.isVisible() and button.isEnabled()), self)
        holder.setFocus()

    def offer(self, reason: ChoiceReason) -> None:
        """Offer the answers to a `ChoiceNeeded` the next time that `Phase.CHOOSING` is entered."""
        self._choice = reason

    def _answer_yes(self) -> None:
        self.answered.emit(True)

    def _answer_no(self) -> None:
        self.answered.emit(False)

    def _fit_pause(self) -> None:
        self.pause.setMinimumWidth(text_pixels(PAUSE_WIDTH))

    def _has_focus_inside(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def _colour_icons(self) -> None:
        self._colour_start()
        self.step.setIcon(icon("step"))
        self.stop.setIcon(icon("stop"))
        self._pause_icon = ""
        self._show_pause_icon()

    def _colour_start(self) -> None:
        self.start.setIcon(icon("play", current_colours().on_accent if self.start.property("primary") else None))

    def _show_pause_icon(self) -> None:
        wanted = "play" if self._phase == Phase.PAUSED else "pause"
        if wanted != self._pause_icon:  # drawing an icon costs more than everything else here
            self._pause_icon = wanted
            self.pause.setIcon(icon(wanted))
