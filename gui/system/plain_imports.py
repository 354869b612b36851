"""Python's own `import`, which PySide6 replaces."""

import builtins

import PySide6.QtCore  # noqa: F401 - replaces it


def restore_plain_imports() -> None:
    """Let modules be imported as without PySide6, from now on.

    PySide6 reads the source of every module that is imported after it, and keeps the text in memory, to find out
    whether it uses the switches of `__feature__`. DigitPad does not, and NumPy and TensorFlow are a lot to read.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
