"""The thread of a training run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from core.models.library import ModelLibrary
from core.training.control import TrainingControl
from core.training.engines import KnownEngines
from core.training.events import Emit, Event, RunEnded
from core.training.spec import TrainingSpec
from gui.system.background import Background


class TrainingThread(Background):
    """Runs one training, and turns its events into signals.

    The run is paused and stopped through `control`. Cancelling it stops it without keeping anything.

    Signals
    -------
    emitted
        One of `core.training.events.Event`, in their order. `done` or `failed` (see `Background`) follows the last one.
    """

    emitted = Signal(object)

    def __init__(self, train: Callable[[Emit], Any], control: TrainingControl) -> None:
        super().__init__(lambda checkpoint: train(self._emit), "The training")
        self._control = control

    def cancel(self) -> None:
        self._control.stop(keep=False)
        super().cancel()

    def _emit(self, event: Event) -> None:
        self.emitted.emit(event)


def train(
    spec: TrainingSpec,
    control: TrainingControl,
    emit: Emit,
    library: ModelLibrary,
    engines: KnownEngines | None = None,
    digits: Path | None = None,
) -> RunEnded:
    """`core.learning.run.fit`, imported in the thread that runs it."""
    from core.learning.run import fit

    return fit(spec, control, emit, library, engines, digits)
