"""What somebody who is asked for help wants to know: this DigitPad, this machine, and what was logged last."""

import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path

from core.system.paths import AppPaths, assets_folder
from core.system.processor import core_count, processor_name
from core.system.program import version_text

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
"""By title: the packages that may have brought it, and its module."""


def diagnostics(paths: AppPaths, window: Mapping[str, str]) -> str:
    """Lines for somebody who helps. They name nobody beyond what folders are called.

    Parameters
    ----------
    paths
        Where this DigitPad keeps things.
    window
        What only the window knows, by title: the screen, its scale, how Qt reaches it.
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
    except (OSError, KeyError):  # only Linux says so, and not every one of them
        return platform.platform()


def library_version(title: str) -> str:
    """Version of one of `LIBRARIES`, without importing it; "version unknown" where nothing says it."""
    from importlib.metadata import PackageNotFoundError, version  # large, and for this alone

    packages, module = LIBRARIES[title]
    for package in packages:
        try:
            return version(package)
        except PackageNotFoundError:  # the standalone app may carry a library without what pip knows of it
            continue
    return str(getattr(sys.modules.get(module), "__version__", "version unknown"))


def last_lines(path: Path) -> list[str]:
    """The last lines of the log at `path`, or one that says why there are none."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - LOG_BYTES))
            return file.read().decode(errors="replace").splitlines()[-LOG_LINES:]
    except OSError as error:
        return [f"{path} cannot be read: {error.strerror}."]
