"""Is there a screen, and can Qt use it? Checked before Qt starts, which aborts the process if it cannot."""

import ctypes
import os
import sys
from pathlib import Path

from core.errors import DisplayError
from core.system.program import command
from core.wording.display_problems import DisplayProblem

_NO_SCREEN_NEEDED = {"offscreen", "minimal", "vnc"}
_WITH_A_SCREEN = {"", "xcb", "wayland", "wayland-egl"}

# what Qt's X11 plug-in needs and does not bring, and the packages of Debian and Ubuntu
_X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-randr.so.0": "libxcb-randr0",
}


def check_display() -> None:
    """Raise DisplayError, with a sentence that helps, when no window can be shown."""
    if not sys.platform.startswith("linux"):
        return
    chosen = os.environ.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]
    if chosen in _NO_SCREEN_NEEDED:
        return
    if chosen not in _WITH_A_SCREEN:
        raise DisplayError(DisplayProblem.UNKNOWN_PLATFORM, platform=chosen)
    if chosen in ("", "wayland") and _wayland_answers():
        return
    if not os.environ.get("DISPLAY"):
        raise DisplayError(DisplayProblem.NO_SCREEN, command=command())
    missing = [package for library, package in _X11_LIBRARIES.items() if not _loads(library)]
    if missing:
        raise DisplayError(DisplayProblem.LIBRARIES_MISSING, packages=" ".join(missing))
    if not _server_answers():
        raise DisplayError(DisplayProblem.SCREEN_SILENT, display=os.environ["DISPLAY"])


def use_offscreen_without_display() -> None:
    """Let Qt draw in memory if there is no screen."""
    try:
        check_display()
    except DisplayError:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _wayland_answers() -> bool:
    """Whether a Wayland compositor accepts connections where the environment says it does."""
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    import socket

    path = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / name  # an absolute name stands for itself
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(path))
        except OSError:
            return False
    return True


def _server_answers() -> bool:
    """Whether the X server accepts connections.

    The connection stays open: an X server that restarts when its last client leaves, like Xvfb, would be restarting
    just when Qt connects.
    """
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    if xcb.xcb_connection_has_error(connection):
        xcb.xcb_disconnect(connection)
        return False
    return True
