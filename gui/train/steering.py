"""What the controls of a run ask for, passed on to the run that is under way."""

from PySide6.QtCore import QObject

from core.digits.arrays import Image
from core.training.control import TrainingControl
from gui.train.run_view import RunView


class Steering(QObject):
    """Connects a `RunView` with the control of the current run. Without a run, nothing is passed on."""

    def __init__(self, run: RunView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.control: TrainingControl | None = None
        run.pause_requested.connect(self._pause)
        run.resume_requested.connect(self._resume)
        run.step_requested.connect(self._step)
        run.stop_requested.connect(self._stop)
        run.choice_made.connect(self._choose)
        run.pace.speed_chosen.connect(self._set_speed)
        run.pace.rate_chosen.connect(self._set_rate)

    def show_digit(self, image: Image | None) -> None:
        """Pass on the digit on the pad, uint8 `(28, 28)`; None for a blank pad."""
        if self.control is not None:
            self.control.show_digit(image)

    def _pause(self) -> None:
        if self.control is not None:
            self.control.pause()

    def _resume(self) -> None:
        if self.control is not None:
            self.control.resume()

    def _step(self) -> None:
        if self.control is not None:
            self.control.step()

    def _stop(self) -> None:
        if self.control is not None:
            self.control.stop()

    def _choose(self, keep: bool) -> None:
        if self.control is not None:
            self.control.choose(keep)

    def _set_speed(self, batches_per_second: float | None) -> None:
        if self.control is not None:
            self.control.set_speed(batches_per_second)

    def _set_rate(self, rate: float) -> None:
        if self.control is not None:
            self.control.set_learning_rate(rate)
