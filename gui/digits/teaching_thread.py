"""The thread in which a model is taught."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import Signal

from core.models.library import ModelLibrary
from core.training.control import RunStopped, TrainingControl
from core.training.teaching import TeachingProgress, TeachingRequest
from gui.system.background import Background, Checkpoint

Teach = Callable[[TeachingRequest, TrainingControl, Callable[[Any], None], ModelLibrary, Path], object]

BETWEEN_SECONDS = 0.1
"""Between two signals on how far it is within a stage: more would be painted for nobody."""


class TeachingThread(Background):
    """Teaches once, and turns the events into signals.

    Signals
    -------
    emitted
        One of the events of `core.training.teaching`, in their order.
    """

    emitted = Signal(object)

    def __init__(self, work: Callable[[Callable[[Any], None]], object], control: TrainingControl) -> None:
        def stoppable(checkpoint: Checkpoint) -> None:
            with suppress(RunStopped):  # Stop was pressed
                work(self._emit)

        super().__init__(stoppable, "The teaching")
        self._control = control
        self._told = 0.0

    def cancel(self) -> None:
        self._control.stop(keep=False)
        super().cancel()

    def _emit(self, event: Any) -> None:
        if not isinstance(event, TeachingProgress):
            self._told = 0.0
        elif monotonic() - self._told < BETWEEN_SECONDS:
            return
        else:
            self._told = monotonic()
        self.emitted.emit(event)


def teach(
    request: TeachingRequest,
    control: TrainingControl,
    emit: Callable[[Any], None],
    library: ModelLibrary,
    store: Path,
) -> object:
    """`core.learning.teach.teach`, imported in the thread that runs it."""
    from core.learning.teach import teach as run

    return run(request, control, emit, library, store)
