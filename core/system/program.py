"""Whether DigitPad runs from source or as the standalone app, its name and its version."""

import os
import sys
from pathlib import Path

from core import __version__

SOURCE_NAME = "main.py"
INSTALLED_NAMES = ("digitpad", "digitpad-script.py")
"""Of the script that an installer makes from the entry point; the second one on Windows."""


def is_frozen() -> bool:
    """Whether this is the standalone app."""
    return bool(getattr(sys, "frozen", False))


def program_name() -> str:
    """The program as the user typed it, for usage lines: "main.py", or "digitpad" where it is installed or an app."""
    typed = Path(sys.argv[0]).name.removesuffix(".exe") if sys.argv else ""
    if is_frozen():
        return typed or "DigitPad"
    return typed.removesuffix("-script.py") if typed.lower() in INSTALLED_NAMES else SOURCE_NAME


def command() -> str:
    """The command that starts the program, for examples: "python main.py", or "digitpad"."""
    name = program_name()
    return f"python {name}" if name == SOURCE_NAME else name


def version_text() -> str:
    """Version and kind of this DigitPad: "0.2.0, from source"."""
    return f"{__version__}, {'standalone app' if is_frozen() else 'from source'}"


def program_line() -> str:
    """Program and system on one line: "DigitPad 0.2.0, from source, Python 3.11.7, Linux 6.1.0 x86_64"."""
    return f"DigitPad {version_text()}, Python {sys.version.partition(' ')[0]}, {_system()}"


def _system() -> str:
    if sys.platform == "win32":
        import platform

        return platform.platform()
    system = os.uname()  # fast; `platform` reads Python's whole executable
    return f"{system.sysname} {system.release} {system.machine}"
