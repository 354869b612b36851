"""Loading TensorFlow in the background, before a training needs it."""

from importlib import import_module

from PySide6.QtCore import QObject, Signal

from gui.system.background import Background, Checkpoint

FIRST_STAGE = "opening its libraries"
PAGE_MODULES = ("core.digits.augment", "core.datasets.sources", "numpy.random")
"""What the training page needs of other libraries; nothing that makes classes of Qt."""


class TensorFlowLoading(QObject):
    """Loads TensorFlow once, and reports its progress.

    A run that is started meanwhile waits for it; one that is started earlier loads TensorFlow itself.

    Attributes
    ----------
    stage
        What is being done, in a few words; "" before and after.
    problem
        Why TensorFlow cannot be loaded; "" if there is no reason.

    Signals
    -------
    changed
        `stage` or `problem` changed.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stage = ""
        self.problem = ""
        self._thread: TensorFlowThread | None = None

    @property
    def is_under_way(self) -> bool:
        return bool(self.stage)

    def announce(self) -> None:
        """Show already what `begin` will do in a moment."""
        if self._thread is None:
            self._set_stage(FIRST_STAGE)

    def begin(self) -> None:
        """Load TensorFlow, unless that has begun."""
        if self._thread is not None:
            return
        self._thread = TensorFlowThread()
        self._thread.stage_began.connect(self._set_stage)
        self._thread.failed.connect(self._fail)
        self._thread.finished.connect(self._end)
        self._set_stage(FIRST_STAGE)
        self._thread.begin()

    def _set_stage(self, stage: str) -> None:
        self.stage = stage
        self.changed.emit()

    def _fail(self, sentence: str) -> None:
        self.problem = sentence

    def _end(self) -> None:
        self._set_stage("")


class TensorFlowThread(Background):
    """Loads TensorFlow. Nobody has to wait for it when the window is closed.

    Signals
    -------
    stage_began
        What it does next, in a few words.
    """

    stage_began = Signal(str)

    def __init__(self) -> None:
        super().__init__(self._load, "Loading TensorFlow", can_be_left=True)

    def _load(self, checkpoint: Checkpoint) -> None:
        """Load what the page needs first, then TensorFlow.

        The system opens libraries one after the other. While TensorFlow's are being opened, which takes long, an
        import in another thread that opens one waits and holds the GIL, so that the window would wait, too.
        """
        from core.learning.backend import load_tensorflow
        from core.learning.preloading import load_training

        for name in PAGE_MODULES:
            import_module(name)
            checkpoint()
        load_tensorflow(self.stage_began.emit, checkpoint)
        checkpoint()
        load_training()
