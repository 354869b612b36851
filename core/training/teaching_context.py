"""The context of a teaching, passed from step to step: how far it is, and whether it goes on."""

from time import monotonic

from core.models.library import ModelLibrary
from core.training.control import TrainingControl
from core.training.events import StageBegan
from core.training.teaching import EmitTeaching, TeachingProgress
from core.wording.run_messages import Stage

_SHARES = {
    Stage.REHEARSING: 0.0,
    Stage.LEARNING: 0.25,
    Stage.JUDGING: 0.42,
    Stage.COMPILING: 0.7,
    Stage.TESTING_ON_MNIST: 0.78,
    Stage.SAVING: 0.99,
}
"""The share of the work that is done when a stage begins, as it was on two cores; loading TensorFlow is not counted."""


class TeachingContext:
    """What a teaching works with: its control, its library, and who is told how far it is."""

    def __init__(self, control: TrainingControl, emit: EmitTeaching, library: ModelLibrary) -> None:
        self.library = library
        self.control = control
        self._emit = emit
        self._began = monotonic()
        self._counted_from = self._began

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return monotonic() - self._began

    def checkpoint(self) -> None:
        """Raises RunStopped after a stop."""
        self.control.checkpoint()

    def begin(self, stage: Stage, digits: int = 0) -> None:
        """Tell that a stage begins. Raises RunStopped after a stop."""
        self.checkpoint()
        self._emit(StageBegan(stage, digits))
        if stage == Stage.REHEARSING:
            self._counted_from = monotonic()
        if stage in _SHARES:
            self._report(_SHARES[stage])

    def advance(self, stage: Stage, share: float) -> None:
        """Tell which share of a stage is done, in [0, 1]. Raises RunStopped after a stop."""
        self.checkpoint()
        following = [begin for begin in _SHARES.values() if begin > _SHARES[stage]]
        self._report(_SHARES[stage] + share * (min(following, default=1.0) - _SHARES[stage]))

    def _report(self, share: float) -> None:
        spent = monotonic() - self._counted_from
        left = spent * (1 - share) / share if share else None
        self._emit(TeachingProgress(share, left))
