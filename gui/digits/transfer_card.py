"""The buttons for export and import."""

import os
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from core.settings import SettingsFile
from core.wording.names import file_name
from gui.digits.sample_texts import writer_text
from gui.digits.transfers import Transfers
from gui.system.last_folder import LastFolder
from gui.system.save_dialog import ask_where_to_save
from gui.widgets.button_row import make_button, make_button_row, make_menu_button
from gui.widgets.card import Card
from gui.widgets.labels import make_faint_label, make_heading
from gui.widgets.plain_text import breakable
from gui.widgets.theme import MARGIN

FOLDER = ""
READABLE = "*.zip *.npz *.csv *.txt *.gz *.json"


class TransferCard(Card):
    """Asks where from or where to, and begins; while something is under way it says so, and can cancel it.

    Signals
    -------
    import_chosen
        `(paths)`: what is to be imported.
    export_chosen
        `(path)`: where to.
    """

    import_chosen = Signal(list)
    export_chosen = Signal(object)

    def __init__(self, transfers: Transfers, settings: SettingsFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._transfers = transfers
        self._folder = LastFolder(settings)
        self._name = ""
        self.doing = make_faint_label()
        self.take, incoming = make_menu_button("samplesImport", self.tr("Import"))
        self.give, outgoing = make_menu_button("samplesExport", self.tr("Export"))
        self.cancel = make_button("samplesCancel", self.tr("Cancel"))
        incoming.addAction(self.tr("Files…")).triggered.connect(self._ask_for_files)
        incoming.addAction(self.tr("Folder…")).triggered.connect(self._ask_for_folder)
        for title, suffix in (
            (self.tr("For another DigitPad (zip)…"), "zip"),
            (self.tr("For Keras (npz)…"), "npz"),
            (self.tr("Table (csv)…"), "csv"),
            (self.tr("Folder of drawings…"), FOLDER),
        ):
            outgoing.addAction(title).setData(suffix)
        outgoing.triggered.connect(lambda action: self._ask_where_to(action.data()))
        self.cancel.clicked.connect(transfers.cancel)
        transfers.changed.connect(self._show_state)
        self.doing.setObjectName("samplesTransfer")
        self.doing.setWordWrap(True)
        column = self.make_column(bottom=MARGIN)
        column.addWidget(make_heading(self.tr("Files")))
        column.addWidget(self.doing)
        column.addWidget(make_button_row(self.take, self.give, self.cancel))
        self.show_amount(0, None)
        self._show_state()

    def show_amount(self, count: int, writer: str | None) -> None:
        """Offer to export so many digits, of a `writer` or of all."""
        self._name = self.tr("My digits") if writer is None else writer_text(writer)
        self.give.setEnabled(bool(count))

    def _show_state(self) -> None:
        busy = self._transfers.is_busy
        self.doing.setText(breakable(self._transfers.doing))
        self.doing.setVisible(busy)
        self.cancel.setVisible(busy)
        self.take.setVisible(not busy)
        self.give.setVisible(not busy)

    def _ask_for_files(self) -> None:
        kinds = f"{self.tr('Digits')} ({READABLE});;{self.tr('All files')} (*)"
        paths, _ = QFileDialog.getOpenFileNames(self, self.tr("Import"), self._folder.find(), kinds)
        self._import([Path(path) for path in paths])

    def _ask_for_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("Import folders 0 to 9"), self._folder.find())
        self._import([Path(path)] if path else [])

    def _import(self, paths: list[Path]) -> None:
        if paths:
            self._folder.remember(paths[0])
            self.import_chosen.emit(paths)

    def _ask_where_to(self, suffix: str) -> None:
        name, folder = file_name(self._name), self._folder.find()
        if suffix == FOLDER:
            chosen = QFileDialog.getExistingDirectory(self, self.tr("Export into"), folder)
            no_suffix = name.replace(".", "-")  # a dot would begin the suffix of a file
            path = _free_path(Path(chosen), no_suffix) if chosen else None
        else:
            path = ask_where_to_save(self, self.tr("Export"), folder, {f"{suffix} (*.{suffix})": suffix}, name)
        if path is not None:
            self._folder.remember(path)
            self.export_chosen.emit(path)


def _free_path(folder: Path, name: str) -> Path:
    """`name` in `folder`, with the first number that is free where something is there already."""
    path, number = folder / name, 2
    while os.path.lexists(path):
        path, number = folder / f"{name} {number}", number + 1
    return path
