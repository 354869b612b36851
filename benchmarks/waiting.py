"""Let the window live, for a while or until something holds."""

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer

from core.errors import DigitPadError

PATIENCE_MS = 300_000
LOOK_MS = 20


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(condition: Callable[[], bool], otherwise: str, patience_ms: int = PATIENCE_MS) -> None:
    """Let the window live until `condition` holds.

    Raises
    ------
    DigitPadError
        Saying `otherwise`, when that takes longer than `patience_ms`.
    """
    deadline = QDeadlineTimer(patience_ms)
    while not condition():
        if deadline.hasExpired():
            raise DigitPadError(otherwise)
        wait(LOOK_MS)
