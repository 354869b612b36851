"""Getting TensorFlow ready beside the window, before a training needs it."""

from importlib import import_module

from PySide6.QtCore import QObject, Signal

from gui.system.background import Background, Checkpoint

FIRST_STAGE = "opening its libraries"
OF_THE_PAGE = ("core.digits.augment", "core.datasets.sources", "numpy.random")
"""What the training page needs beside its plots; see `gui.train.plot_imports` for those."""


class TensorFlowLoading(QObject):
    """Loads TensorFlow once, and says how far it is.

    A run that is started meanwhile waits for it; one that is started without it loads it itself.

    Attributes
    ----------
    stage
        What is being done, in a few words; "" before and after.
    problem
        Why TensorFlow cannot be loaded; "" as long as nothing is known against it.

    Signals
    -------
    changed
        `stage` or `problem` is another one.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stage = ""
        self.problem = ""
        self._thread: LoadingThread | None = None

    @property
    def is_under_way(self) -> bool:
        return bool(self.stage)

    def announce(self) -> None:
        """Say already now what `begin` will do in a moment."""
        if self._thread is None:
            self._say(FIRST_STAGE)

    def begin(self) -> None:
        """Load TensorFlow, unless that was begun before."""
        if self._thread is not None:
            return
        self._thread = LoadingThread()
        self._thread.told.connect(self._say)
        self._thread.failed.connect(self._fail)
        self._thread.finished.connect(self._end)
        self._say(FIRST_STAGE)
        self._thread.begin()

    def _say(self, stage: str) -> None:
        self.stage = stage
        self.changed.emit()

    def _fail(self, sentence: str) -> None:
        self.problem = sentence

    def _end(self) -> None:
        self._say("")


class LoadingThread(Background):
    """Carries the loading, which nobody has to wait for when the window is closed.

    Signals
    -------
    told
        What comes next, in a few words.
    """

    told = Signal(str)

    def __init__(self) -> None:
        super().__init__(self._load, "The loading of TensorFlow", can_be_left=True)

    def _load(self, checkpoint: Checkpoint) -> None:
        """What the page needs comes first.

        The system opens one library after the other. While TensorFlow's are opened, which takes long, an `import` of
        another thread that opens one waits, and keeps Python's lock: the window would wait too.
        """
        from core.learning.backend import load_tensorflow
        from core.learning.preloading import load_training

        for name in OF_THE_PAGE:
            import_module(name)
            checkpoint()
        load_tensorflow(self.told.emit, checkpoint)
        checkpoint()
        load_training()
