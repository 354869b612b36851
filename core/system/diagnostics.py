"""Facts for a bug report: this DigitPad, this machine, and the end of the log."""

import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path

from core.system.paths import AppPaths, assets_folder
from core.system.processor import core_count, processor_name
from core.system.program import version_text
from core.wording.reasons import reason
from core.wording.system_messages import LogMessage

LOG_LINES = 40
LOG_BYTES = 20_000

LIBRARIES: dict[str, tuple[tuple[str, ...], str]] = {
    "Qt for Python": (("PySide6-Essentials", "PySide6"), "PySide6"),
    "NumPy": (("numpy",), "numpy"),
    "OpenCV": (("opencv-python-headless", "opencv-python"), "cv2"),
    "LiteRT": (("ai-edge-litert",), "ai_edge_litert"),
    "Keras": (("keras",), "keras"),
    "TensorFlow": (("tensorflow", "tensorflow-cpu"), "tensorflow"),
}
"""By title: the packages that may contain the library, and its module."""


def diagnostics(paths: AppPaths, window: Mapping[str, str]) -> str:
    """The facts, one a line. Paths are the only personal data in them.

    Parameters
    ----------
    paths
        Where this DigitPad keeps its files.
    window
        Facts that only the window knows, by title: the screen, its scale, Qt's platform.
    """
    facts = {
        "DigitPad": version_text(),
        "System": system_name(),
        "Processor": f"{processor_name()}, {core_count()} cores",
        "Python": platform.python_version(),
        **{title: library_version(title) for title in LIBRARIES},
        **window,
        "Program": str(assets_folder().parent),
        "Models": str(paths.models),
        "Settings": str(paths.settings),
        "Log": str(paths.log),
    }
    lines = [f"{title}: {fact}" for title, fact in facts.items()]
    return "\n".join([*lines, "", "The log's last lines:", *last_lines(paths.log), ""])


def system_name() -> str:
    """ "Debian GNU/Linux 12 (bookworm), Linux-6.1.0-x86_64-with-glibc2.36" """
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {platform.platform()}"
    except (OSError, KeyError):  # only on Linux, and not on every distribution
        return platform.platform()


def library_version(title: str) -> str:
    """Version of one of `LIBRARIES`, without importing it, or "version unknown"."""
    from importlib.metadata import PackageNotFoundError, version  # large, and only needed here

    packages, module = LIBRARIES[title]
    for package in packages:
        try:
            return version(package)
        except PackageNotFoundError:  # the standalone app may have a library without its metadata
            continue
    return str(getattr(sys.modules.get(module), "__version__", "version unknown"))


def last_lines(path: Path) -> list[str]:
    """The last lines of the log at `path`, or one line on why it cannot be read."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - LOG_BYTES))
            return file.read().decode(errors="replace").splitlines()[-LOG_LINES:]
    except OSError as error:
        return [str(LogMessage.UNREADABLE(path=path, reason=reason(error)))]
