"""Tests in the background, one at a time."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core.judging.answers import Progress
from core.judging.model_tests import ModelTest, Places, find_kept_test, run_damaged, run_test
from core.models.library import ModelBundle
from gui.system.background import Background, Checkpoint

STEP = 0.01
"""Of the progress, between two signals."""
Work = Callable[[Progress], object]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be tested: digits, as `core.datasets.sources.find_source` takes them, a model, and another one."""

    source: str
    model: ModelBundle
    other: ModelBundle | None = None


class TestRuns(QObject):
    """Begins a test, and gives it up when the next one begins.

    Signals
    -------
    changed
        `doing` changed: something began, or is over.
    progressed
        The share that is done, in [0, 1].
    tested
        A `ModelTest`; None, where what was measured before was looked for, and there is none.
    damaged
        For each model, how it reads damaged digits: `core.judging.model_tests.run_damaged`.
    problem
        A sentence: why nothing could be tested.
    """

    changed = Signal()
    progressed = Signal(float)
    tested = Signal(object)
    damaged = Signal(object)
    problem = Signal(str)

    def __init__(self, places: Places, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.doing = ""
        self._places = places
        self._thread: TestThread | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is measured that was asked for."""
        return bool(self.doing)

    def test(self, chosen: Chosen) -> None:
        """Test a model, or two."""
        places = self._places
        self._begin(
            lambda progress: run_test(chosen.source, chosen.model, chosen.other, places, progress),
            self._take_test,
            self.tr("Testing…"),
        )

    def look(self, chosen: Chosen) -> None:
        """Show what was measured before, if it was; a problem with it is nobody's yet."""
        places = self._places
        self._begin(
            lambda progress: find_kept_test(chosen.source, chosen.model, chosen.other, places, progress),
            self._take_test,
        )

    def damage(self, test: ModelTest) -> None:
        """Let the models of a test read its digits damaged."""
        places = self._places
        self._begin(
            lambda progress: run_damaged(test, places, progress), self._take_damaged, self.tr("Damaging the digits…")
        )

    def cancel(self) -> bool:
        """Give up what is under way. Returns whether anything was."""
        if self._thread is None:
            return False
        self._thread.cancel()
        self._end()
        return True

    def _begin(self, work: Work, take: Callable[..., None], doing: str = "") -> None:
        """`take` is a method, for what `work` returns; `doing` is what to say meanwhile."""
        self.cancel()
        self._thread = TestThread(work)
        self._thread.progressed.connect(self._pass_on)
        self._thread.done.connect(take)
        self._thread.failed.connect(self._fail)
        self._thread.begin()
        self.doing = doing
        self.changed.emit()

    def _take_test(self, test: ModelTest | None) -> None:
        if self.sender() is self._thread:
            self._end()
            self.tested.emit(test)

    def _take_damaged(self, found: object) -> None:
        if self.sender() is self._thread:
            self._end()
            self.damaged.emit(found)

    def _fail(self, sentence: str) -> None:
        if self.sender() is self._thread:
            was_asked_for = self.is_busy
            self._end()
            if was_asked_for:
                self.problem.emit(sentence)
            else:
                self.tested.emit(None)

    def _pass_on(self, share: float) -> None:
        if self.sender() is self._thread:
            self.progressed.emit(share)

    def _end(self) -> None:
        self._thread, self.doing = None, ""
        self.changed.emit()


class TestThread(Background):
    """Carries a test.

    Signals
    -------
    progressed
        The share that is done, in [0, 1], a hundred times at the most.
    """

    progressed = Signal(float)

    def __init__(self, work: Work) -> None:
        super().__init__(lambda checkpoint: work(self._step(checkpoint)), "The test", can_be_left=True)

    def _step(self, checkpoint: Checkpoint) -> Progress:
        told = -1.0

        def progress(share: float) -> None:
            nonlocal told
            checkpoint()
            if share - told >= STEP:
                told = share
                self.progressed.emit(share)

        return progress
