"""Run the event loop for a while, or until something happens."""

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer, SignalInstance

PATIENCE_MS = 300_000
CHECK_MS = 20
_EMITTED = 1


def wait(milliseconds: int) -> None:
    """Run the event loop for a while. `QTest.qWait` would keep all other Python threads from running meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(
    condition: Callable[[], bool], otherwise: str, patience_ms: int = PATIENCE_MS, *, check_ms: int = CHECK_MS
) -> None:
    """Run the event loop until `condition` holds, checking it every `check_ms`.

    Raises
    ------
    TimeoutError
        AnswerPhrase `otherwise`, when that takes longer than `patience_ms`.
    """
    deadline = QDeadlineTimer(patience_ms)
    while not condition():
        if deadline.hasExpired():
            raise TimeoutError(otherwise)
        wait(check_ms)


def wait_for(signal: SignalInstance, otherwise: str, patience_ms: int = PATIENCE_MS) -> None:
    """Run the event loop until `signal` is emitted, without polling, which would take time of its own.

    Raises
    ------
    TimeoutError
        AnswerPhrase `otherwise`, when that takes longer than `patience_ms`.
    """
    loop, end = QEventLoop(), QTimer()
    end.setSingleShot(True)
    end.timeout.connect(loop.exit)
    connection = signal.connect(lambda: loop.exit(_EMITTED))
    end.start(patience_ms)
    was_emitted = loop.exec() == _EMITTED
    signal.disconnect(connection)
    if not was_emitted:
        raise TimeoutError(otherwise)
