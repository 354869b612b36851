"""What runs here: the sources, or the standalone app that was made of them."""

import sys
from pathlib import Path

SOURCE_NAME = "main.py"


def is_frozen() -> bool:
    """Whether this is the standalone app."""
    return bool(getattr(sys, "frozen", False))


def program_name() -> str:
    """The program as the user typed it, for usage lines: "main.py", or "digitpad" for the standalone app."""
    if not is_frozen():
        return SOURCE_NAME
    typed = Path(sys.argv[0]).name if sys.argv else ""
    return typed.removesuffix(".exe") or "DigitPad"


def command() -> str:
    """What to type to start the program, for examples: "python main.py", or "digitpad"."""
    return program_name() if is_frozen() else f"python {SOURCE_NAME}"
