"""Let the window live, for a while or until something holds."""

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer, SignalInstance

from core.errors import DigitPadError

PATIENCE_MS = 300_000
LOOK_MS = 20
_CAME = 1


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


def wait_for(signal: SignalInstance, otherwise: str, patience_ms: int = PATIENCE_MS) -> None:
    """Let the window live until `signal` comes, without looking now and then, which takes time of its own.

    Raises
    ------
    DigitPadError
        Saying `otherwise`, when that takes longer than `patience_ms`.
    """
    loop, end = QEventLoop(), QTimer()
    end.setSingleShot(True)
    end.timeout.connect(loop.exit)
    connection = signal.connect(lambda: loop.exit(_CAME))
    end.start(patience_ms)
    came = loop.exec() == _CAME
    signal.disconnect(connection)
    if not came:
        raise DigitPadError(otherwise)
