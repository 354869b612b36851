"""What a training run needs around it, handed from one step to the next as one thing."""

from dataclasses import dataclass, field

from core.models.library import ModelLibrary
from core.training.control import TrainingControl
from core.training.engines import KnownEngines
from core.training.events import ChoiceNeeded, Emit
from core.training.progress import WorkClock


@dataclass(frozen=True, slots=True, eq=False)
class RunContext:
    """The surroundings of one run.

    Attributes
    ----------
    control
        Pauses, resumes and stops it from outside.
    emit
        Takes its events.
    library
        Where its teachers and its start are found, and its model is saved.
    engines
        Remembers which engine was fastest on this machine; None measures it anew for every long run.
    clock
        Counts its working seconds.
    """

    control: TrainingControl
    emit: Emit
    library: ModelLibrary
    engines: KnownEngines | None = None
    clock: WorkClock = field(default_factory=WorkClock)

    def checkpoint(self) -> None:
        """Wait through a pause, which takes none of the run's time. Raises RunStopped once a stop was asked for."""
        with self.clock.stopped():
            self.control.checkpoint()

    def ask(self, choice: ChoiceNeeded) -> bool:
        """Emit `choice` and wait for the answer, which takes none of the run's time."""
        self.emit(choice)
        with self.clock.stopped():
            return self.control.wait_for_choice()
