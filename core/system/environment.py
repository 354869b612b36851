"""Environment variables that the standalone app sets for itself, and that other programs must not inherit."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from core.system.program import is_frozen

GIVEN = Path("/proc/self/environ")
"""On Linux: the environment that the process was started with."""

_OF_PYINSTALLER = ("_PYI_", "LD_LIBRARY_PATH_ORIG")
_KEPT = ("PATH",)  # Windows may still search it for the app's own libraries


def give_environment_back() -> None:
    """Restore the user's environment for programs that the app starts: without its own libraries and plug-ins.

    PyInstaller sets some variables before DigitPad's first line runs. Once there is a `QApplication`, the system's
    loader and Qt have read them, and they are no longer needed. Does nothing when DigitPad runs from source.
    """
    if not is_frozen():
        return
    current = dict(os.environ)
    for name, value in changes_for_others(current, _given() or current, _bundle()).items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value


def changes_for_others(current: Mapping[str, str], given: Mapping[str, str], bundle: Path) -> dict[str, str | None]:
    """The changes to the environment `current` that programs outside the `bundle` need.

    Parameters
    ----------
    current
        The environment as it is.
    given
        The environment when the process was started; `current` again when that is not known.
    bundle
        The folder of the app's own libraries and plug-ins, absolute.

    Returns
    -------
    New values by name; None for variables to remove.
    """
    changes: dict[str, str | None] = {name: None for name in current if name.startswith(_OF_PYINSTALLER)}
    for name, value in current.items():
        if name not in changes and name not in _KEPT and _without(bundle, value) != value:
            changes[name] = _without(bundle, given.get(name, "")) or None
    return changes


def _without(bundle: Path, value: str) -> str:
    """A list of paths without those in `bundle`; any other text unchanged."""
    entries = value.split(os.pathsep)
    return os.pathsep.join(entry for entry in entries if not Path(entry).is_relative_to(bundle))


def _bundle() -> Path:
    folder = Path(getattr(sys, "_MEIPASS", sys.prefix))
    return folder.parent if folder.name == "Frameworks" else folder  # in a Mac's app, beside Resources


def _given() -> dict[str, str]:
    """The environment at the start of the process; empty when the system does not keep it."""
    try:
        content = os.fsdecode(GIVEN.read_bytes())
    except OSError:
        return {}
    return dict(line.split("=", 1) for line in content.split("\0") if "=" in line)
