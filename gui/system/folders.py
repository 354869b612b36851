"""Showing a folder in the system's own program for that."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(folder: Path) -> bool:
    """Show `folder`. Returns whether the system could begin to."""
    return folder.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def open_page(url: QUrl) -> bool:
    """Show a page of the web in the browser. Returns whether the system could begin to."""
    return url.scheme() in ("http", "https") and QDesktopServices.openUrl(url)
