"""Wait for a signal while the window is repainted, but takes no input."""

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance


def wait_for_any(timeout_ms: int, *signals: SignalInstance) -> None:
    """Run the event loop without input until one of `signals` is emitted, or the time is over."""
    loop = QEventLoop()
    for signal in signals:
        signal.connect(loop.quit)
    QTimer.singleShot(timeout_ms, loop, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    for signal in signals:
        signal.disconnect(loop.quit)
