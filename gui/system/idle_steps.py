"""What can wait until the window is up, in small steps while nobody does anything."""

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from gui.system.timers import single_shot

FIRST_WAIT_MS = 400
WAIT_MS = 30
BUSY_WAIT_MS = 500


class IdleSteps(QObject):
    """Takes one step at a time, with room for the user between them, and none while `is_busy`."""

    def __init__(self, steps: Iterable[Callable[[], object]], is_busy: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = deque(steps)
        self._is_busy = is_busy
        self._timer = single_shot(self, self._take_step)

    def begin(self) -> None:
        """Take the first step soon; nothing happens where they are under way already, or done."""
        if self._steps and not self._timer.isActive():
            self._timer.start(FIRST_WAIT_MS)

    def put_off(self) -> None:
        """Somebody does something: leave the next step until it has been quiet for a while."""
        if self._timer.isActive():
            self._timer.start(BUSY_WAIT_MS)

    def _take_step(self) -> None:
        if self._is_busy():
            self._timer.start(BUSY_WAIT_MS)
            return
        step = self._steps.popleft()
        if self._steps:
            self._timer.start(WAIT_MS)
        step()
