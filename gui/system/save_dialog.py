"""Ask where something is to be saved."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where_to_save(parent: QWidget, title: str, folder: str, kinds: Mapping[str, str], name: str) -> Path | None:
    """The file that somebody chose; None when they chose none.

    Parameters
    ----------
    folder
        Where the dialog opens.
    kinds
        The kinds of files, the usual one first, each with its suffix: {"SVG (*.svg)": "svg"}.
    name
        A name to begin with, without a suffix.
    """
    dialog = QFileDialog(parent, title, folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(kinds))
    # the dialog itself adds the suffix, and so asks before it overwrites the file that is really meant
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kinds[kind]))
    dialog.setDefaultSuffix(kinds[dialog.selectedNameFilter()])
    dialog.selectFile(name)
    chosen = Path(dialog.selectedFiles()[0]) if dialog.exec() else None
    dialog.deleteLater()
    return chosen
