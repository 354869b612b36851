"""Opening folders and web pages in the system's own programs."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(folder: Path) -> bool:
    """Open `folder` in the file manager. Returns whether the system could start it."""
    return folder.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def open_page(url: QUrl) -> bool:
    """Open a web page in the browser. Returns whether the system could start it."""
    return url.scheme() in ("http", "https") and QDesktopServices.openUrl(url)
