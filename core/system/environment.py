"""What the standalone app puts into its environment for itself, and other programs must not find there."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from core.system.program import is_frozen

GIVEN = Path("/proc/self/environ")
"""On Linux: the environment that the process was started with, whatever it has become since."""

_OF_PYINSTALLER = ("_PYI_", "LD_LIBRARY_PATH_ORIG")
_KEPT = ("PATH",)  # where Windows may yet look for the app's own libraries


def give_environment_back() -> None:
    """Let programs that the app starts from now on find what it found, and not its own libraries and plug-ins.

    PyInstaller sets some variables before DigitPad's first line runs. They have done their work once there is a
    `QApplication`: the system's loader and Qt have read them. From source nothing happens.
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
    """What has to change in the environment `current` for programs that are not in the `bundle`.

    Parameters
    ----------
    current
        The environment as it is.
    given
        As it was when the process was started; where that is not known, `current` again.
    bundle
        The folder of the app's own libraries and plug-ins, absolute.

    Returns
    -------
    New values by name; None for what has to go.
    """
    changes: dict[str, str | None] = {name: None for name in current if name.startswith(_OF_PYINSTALLER)}
    for name, value in current.items():
        if name not in changes and name not in _KEPT and _without(bundle, value) != value:
            changes[name] = _without(bundle, given.get(name, "")) or None
    return changes


def _without(bundle: Path, value: str) -> str:
    """A list of paths without those in `bundle`; any other text as it is."""
    entries = value.split(os.pathsep)
    return os.pathsep.join(entry for entry in entries if not Path(entry).is_relative_to(bundle))


def _bundle() -> Path:
    folder = Path(getattr(sys, "_MEIPASS", sys.prefix))
    return folder.parent if folder.name == "Frameworks" else folder  # beside them, in a Mac's app: Resources


def _given() -> dict[str, str]:
    """Empty where the system does not keep it."""
    try:
        content = os.fsdecode(GIVEN.read_bytes())
    except OSError:
        return {}
    return dict(line.split("=", 1) for line in content.split("\0") if "=" in line)
