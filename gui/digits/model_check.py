"""What the model in use makes of the samples, found out in the background."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from core.models.library import ModelBundle
from core.recognition.sample_check import SampleCheck, check_samples
from core.samples.sample import Sample
from gui.recognition.active_model import ActiveModel
from gui.system.background import Background, Checkpoint

STEP = 0.01
"""Of the progress, between two signals."""


class ModelCheck(QObject):
    """Asks the model in use what it reads each sample as. The answers are forgotten when another model is in use.

    Signals
    -------
    changed
        `result` or `is_under_way` changed.
    progressed
        The share of the samples that are read, in [0, 1].
    problem
        A sentence: why the samples could not be read.
    """

    changed = Signal()
    progressed = Signal(float)
    problem = Signal(str)

    def __init__(self, model: ActiveModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.result: SampleCheck | None = None
        self._model = model
        self._network = _network_of(model.bundle)
        self._thread: CheckThread | None = None
        model.changed.connect(self._follow_model)

    @property
    def is_under_way(self) -> bool:
        return self._thread is not None

    def begin(self, samples: Sequence[Sample]) -> None:
        """Ask about these samples; what is being asked already is given up."""
        self.cancel()
        bundle = self._model.bundle
        if bundle is None or not samples:
            return
        self._thread = CheckThread(bundle, list(samples))
        self._thread.progressed.connect(self.progressed)
        self._thread.done.connect(self._take)
        self._thread.failed.connect(self._fail)
        self._thread.begin()
        self.changed.emit()

    def cancel(self) -> None:
        """Give up what is being asked."""
        if self._thread is not None:
            self._thread.cancel()
            self._thread = None
            self.changed.emit()

    def _take(self, result: SampleCheck) -> None:
        if self.sender() is self._thread:
            self._thread, self.result = None, result
            self.changed.emit()

    def _fail(self, sentence: str) -> None:
        if self.sender() is self._thread:
            self._thread = None
            self.problem.emit(sentence)
            self.changed.emit()

    def _follow_model(self) -> None:
        network = _network_of(self._model.bundle)
        if network != self._network:  # else it was only renamed
            self._network, self.result = network, None
            self.cancel()
            self.changed.emit()


class CheckThread(Background):
    """Reads samples with a model.

    Signals
    -------
    progressed
        The share that is read, in [0, 1], a hundred times at the most.
    """

    progressed = Signal(float)

    def __init__(self, bundle: ModelBundle, samples: Sequence[Sample]) -> None:
        def work(checkpoint: Checkpoint) -> SampleCheck:
            return check_samples(bundle, samples, self._step(checkpoint))

        super().__init__(work, "Reading your digits", can_be_left=True)

    def _step(self, checkpoint: Checkpoint) -> Callable[[float], None]:
        told = -1.0

        def progress(share: float) -> None:
            nonlocal told
            checkpoint()
            if share - told >= STEP:
                told = share
                self.progressed.emit(share)

        return progress


def _network_of(bundle: ModelBundle | None) -> tuple[object, ...]:
    """What tells the networks of two bundles apart."""
    return () if bundle is None else (bundle.folder, tuple(sorted(bundle.card.sha256.items())))
