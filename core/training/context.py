"""The context of a training run, passed from step to step."""

from dataclasses import dataclass, field
from pathlib import Path

from core.models.library import ModelLibrary
from core.training.control import TrainingControl
from core.training.engines import KnownEngines
from core.training.events import ChoiceNeeded, Emit
from core.training.progress import WorkClock


@dataclass(frozen=True, slots=True, eq=False)
class RunContext:
    """The objects that a run works with.

    Attributes
    ----------
    control
        Pauses, resumes and stops the run from another thread.
    emit
        Receives its events.
    library
        Has the teachers and the model to continue, and gets the trained model.
    engines
        The engines measured on this machine; None measures them in every long run.
    digits
        The store of the user's own digits; None for the one in DigitPad's data folder.
    clock
        Counts the seconds of work, without pauses.
    """

    control: TrainingControl
    emit: Emit
    library: ModelLibrary
    engines: KnownEngines | None = None
    digits: Path | None = None
    clock: WorkClock = field(default_factory=WorkClock)

    def checkpoint(self) -> None:
        """Wait while the run is paused, with the clock stopped. Raises RunStopped after a stop."""
        with self.clock.stopped():
            self.control.checkpoint()

    def ask(self, choice: ChoiceNeeded) -> bool:
        """Emit `choice` and wait for the answer, with the clock stopped."""
        self.emit(choice)
        with self.clock.stopped():
            return self.control.wait_for_choice()
