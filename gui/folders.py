"""Showing a folder in the system's own program for that."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from core.program import is_frozen

_LIBRARY_PATH = "LD_LIBRARY_PATH"


def open_folder(folder: Path) -> bool:
    """Show `folder`. Returns whether the system could begin to."""
    with _own_libraries_kept_back():
        return folder.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def open_page(url: QUrl) -> bool:
    """Show a page of the web in the browser. Returns whether the system could begin to."""
    with _own_libraries_kept_back():
        return url.scheme() in ("http", "https") and QDesktopServices.openUrl(url)


@contextmanager
def _own_libraries_kept_back() -> Iterator[None]:
    """Let other programs start with the system's libraries: the standalone app's own are not made for them."""
    before = os.environ.get(_LIBRARY_PATH)
    if not is_frozen() or not sys.platform.startswith("linux") or before is None:
        yield
        return
    os.environ[_LIBRARY_PATH] = os.environ.get(f"{_LIBRARY_PATH}_ORIG", "")
    if not os.environ[_LIBRARY_PATH]:
        del os.environ[_LIBRARY_PATH]
    try:
        yield
    finally:
        os.environ[_LIBRARY_PATH] = before
