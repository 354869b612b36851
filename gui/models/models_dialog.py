"""The list of models: use, rename, delete, open folder, export."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QFileSystemWatcher, QItemSelectionModel, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from core.models.library import DamagedBundle, ModelBundle, ModelLibrary, read_bundle
from core.wording.names import file_name, shortened_inside
from gui.models.model_exports import EXPORTS, ModelExport, export_path, replaced_files
from gui.models.model_listing import ModelListing
from gui.models.model_table import NAME, Entry, ModelTable, facts_text, is_recommended
from gui.models.models_page import ModelsPage
from gui.recognition.active_model import ActiveModel
from gui.system.errors import report_problems
from gui.system.folders import open_folder
from gui.system.timers import single_shot
from gui.widgets.button_row import set_primary
from gui.widgets.dialog import Dialog

SETTLE_MS = 200
SIZE = (960, 480)
LONGEST_IN_TITLE = 40
"""Characters of a name in a window's title, which is cut at its end."""


class ModelsDialog(Dialog):
    """Manages the library while the window stays usable, and follows what other windows do to it."""

    def __init__(self, library: ModelLibrary, model: ActiveModel, parent: QWidget | None = None) -> None:
        super().__init__(SIZE, parent)
        self.setObjectName("models")
        self.setWindowTitle(self.tr("Models"))
        self._library = library
        self._model = model
        self._listing = ModelListing(library, self)
        self._export = ModelExport(self)
        self._if_confirmed: Callable[[ModelsDialog], None] = ModelsDialog._delete  # bound, it would hold the dialog
        self._wanted_folder = ""
        self.table = ModelTable(self)
        self.page = ModelsPage(self.table)
        self.page.lay_out_in(self)
        self._settle = single_shot(self, self.refresh, SETTLE_MS)
        self._watcher = QFileSystemWatcher(self)
        self._connect()
        self._show_used()

    def refresh(self) -> None:
        """List the models again, in the background."""
        self._listing.refresh()

    def selected(self) -> Entry | None:
        """The model that the buttons act on."""
        return self.table.entry(self.page.view.currentIndex().row())

    @property
    def is_exporting(self) -> bool:
        """Whether an export is under way."""
        return self._export.is_busy()

    def select(self, slug: str) -> bool:
        """Select the model with this slug; False when it is not in the list."""
        for row in range(self.table.rowCount()):
            entry = self.table.entry(row)
            if entry is not None and entry.slug == slug:
                self._select_row(row)
                return True
        return False

    def export(self, kind: str, path: Path) -> None:
        """Write the selected model to `path`: a file, or a folder if `EXPORTS[kind].suffix` is empty."""
        bundle = self.selected()
        if isinstance(bundle, ModelBundle) and not self._export.is_busy():
            self._say(EXPORTS[kind].doing)
            self._export.begin(kind, bundle, export_path(kind, path))

    def export_carefully(self, kind: str, chosen: Path) -> None:
        """Export to `chosen`, the answer of a file dialog. Ask first if that replaces files it did not ask about."""
        path = export_path(kind, chosen)
        replaced = replaced_files(kind, path)
        if not replaced or replaced == [chosen]:  # the dialog has asked about the file that was chosen
            self.export(kind, path)
            return
        self._if_confirmed = lambda dialog: dialog._export_over(kind, path, replaced)
        names = self.tr(" and ").join(path.name for path in replaced)
        self.page.question.setText(self.tr("Replace {0} in “{1}”?").format(names, replaced[0].parent.name))
        self.page.ask(self.tr("Replace"), self.tr("Cancel"))

    def _export_over(self, kind: str, path: Path, asked: list[Path]) -> None:
        """Export, unless by now more files would be replaced than the question named."""
        if set(replaced_files(kind, path)) <= set(asked):
            self.export(kind, path)
        else:
            self.export_carefully(kind, path)

    # --- results of background work --------------------------------------------------------------------------

    def _take_entries(self, entries: list[Entry]) -> None:
        before = self.selected()
        folder = str(before.folder) if before else self._wanted_folder
        if self.table.show_entries(entries):
            self._say("")  # it may name a model by its old name
        self._select_row(max(self.table.row_of(folder), 0))
        if self.selected() != before:
            self.page.stop_asking()  # it names the model by its old name
        self._watch(entries)

    def _say_not_listed(self, problem: str) -> None:
        if self.table.rowCount():
            self._say_problem(problem)
        else:
            self.page.show_facts(problem, is_problem=True)

    def _say_exported(self, path: Path, usage: str) -> None:
        self._say(self.tr("Exported to {0}. {1}").format(path, usage))

    # --- what the buttons do --------------------------------------------------------------------------------

    def _use(self) -> None:
        bundle = self.selected()
        if isinstance(bundle, ModelBundle) and report_problems(self._say_problem, lambda: self._use_now(bundle)):
            self._say(self.tr("“{0}” is in use.").format(self._title()))

    def _use_now(self, bundle: ModelBundle) -> None:
        self._model.use(read_bundle(bundle.folder, is_shipped=bundle.is_shipped))

    def _edit_name(self) -> None:
        index = self.page.view.currentIndex()
        self.page.view.edit(index.siblingAtColumn(NAME))

    def _rename(self, bundle: ModelBundle, name: str) -> None:
        if report_problems(self._say_problem, lambda: self._rename_now(bundle, name)):
            self._say("")
        self.refresh()

    def _rename_now(self, bundle: ModelBundle, name: str) -> None:
        self._library.rename(bundle, name)
        if self._is_used(bundle):
            self._model.refresh()

    def _ask_to_delete(self) -> None:
        entry = self.selected()
        if entry is not None:
            self._if_confirmed = ModelsDialog._delete
            before, after = self.tr("Delete “{0}” permanently?").split("{0}")
            self.page.question.show_name(self._title(), before=before, after=after)
            self.page.ask(self.tr("Delete"), self.tr("Keep it"))

    def _run_confirmed(self) -> None:
        self._if_confirmed(self)

    def _delete(self) -> None:
        entry, title = self.selected(), self._title()
        if entry is not None and report_problems(self._say_problem, lambda: self._delete_now(entry)):
            self._say(self.tr("“{0}” was deleted.").format(title))
        self.refresh()

    def _delete_now(self, entry: Entry) -> None:
        if self._is_used(entry) and entry.folder.parent == self._library.folder:
            self._model.use(self._library.shipped_bundle())
        self._library.delete(entry)

    def _open_folder(self) -> None:
        entry = self.selected()
        if entry is not None and not open_folder(entry.folder):
            self._say(self.tr("The folder is {0}.").format(entry.folder))

    def _ask_and_export(self, kind: str) -> None:
        entry, chosen = self.selected(), EXPORTS[kind]
        if entry is None:
            return
        title = self.tr("Export “{0}”").format(shortened_inside(entry.title, LONGEST_IN_TITLE))
        if chosen.suffix:
            proposed = f"{file_name(entry.title)}{chosen.suffix}"
            path = QFileDialog.getSaveFileName(self, title, proposed, chosen.filter)[0]
        else:
            path = QFileDialog.getExistingDirectory(self, title)
        if path:
            self.export_carefully(kind, Path(path))

    # --- what is shown --------------------------------------------------------------------------------------

    def _show_used(self) -> None:
        self.table.show_used(self._model.bundle)
        (self._show_selected if self.selected() else self._update_buttons)()

    def _show_selected(self) -> None:
        entry = self.selected()
        folder = str(entry.folder) if entry else ""
        if folder != self._wanted_folder:  # a question is about the model selected before
            self.page.stop_asking()
        self._wanted_folder = folder
        facts = facts_text(entry, self._model.bundle, self.table.start_of(entry)) if entry else ""
        self.page.show_facts(facts, is_problem=isinstance(entry, DamagedBundle))
        self._update_buttons()

    def _update_buttons(self) -> None:
        entry = self.selected()
        is_whole = isinstance(entry, ModelBundle)
        is_own = entry is not None and entry.folder.parent == self._library.folder
        set_primary(self.page.use, entry is not None and is_recommended(entry, self._model.bundle))
        self.page.use.setEnabled(is_whole and not self._is_used(entry))
        self.page.rename.setEnabled(is_whole and is_own)
        self.page.delete.setEnabled(is_own)
        self.page.folder.setEnabled(entry is not None)
        self.page.export.setEnabled(is_whole and not self._export.is_busy())

    def _title(self) -> str:
        return self.table.title(self.page.view.currentIndex().row())

    def _is_used(self, entry: Entry | None) -> bool:
        used = self._model.bundle
        return entry is not None and used is not None and used.folder == entry.folder

    def _select_row(self, row: int) -> None:
        index = self.table.index(row, NAME)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.page.view.selectionModel().setCurrentIndex(index, flags)
        self._show_selected()

    def _say(self, sentence: str) -> None:
        self.page.say(sentence)

    def _say_problem(self, sentence: str) -> None:
        self.page.say(sentence, is_problem=True)

    def _watch(self, entries: list[Entry]) -> None:
        folders = {str(entry.folder) for entry in entries if entry.folder.parent == self._library.folder}
        if self._library.folder.is_dir():
            folders.add(str(self._library.folder))
        missing = folders - set(self._watcher.directories())
        if missing:
            self._watcher.addPaths(sorted(missing))

    def _settle_soon(self) -> None:
        self._settle.start()

    def _connect(self) -> None:
        page = self.page
        page.use.clicked.connect(self._use)
        page.rename.clicked.connect(self._edit_name)
        page.delete.clicked.connect(self._ask_to_delete)
        page.confirmed.connect(self._run_confirmed)
        page.folder.clicked.connect(self._open_folder)
        page.close_button.clicked.connect(self.close)
        page.export_chosen.connect(self._ask_and_export)
        self._listing.listed.connect(self._take_entries)
        self._listing.failed.connect(self._say_not_listed)
        self._export.changed.connect(self._update_buttons)
        self._export.done.connect(self._say_exported)
        self._export.failed.connect(self._say_problem)
        page.view.selectionModel().currentRowChanged.connect(self._show_selected)
        self.table.rename_requested.connect(self._rename, Qt.ConnectionType.QueuedConnection)
        self._watcher.directoryChanged.connect(self._settle_soon)
        self._model.changed.connect(self._show_used)

    def showEvent(self, event: QShowEvent) -> None:
        if not self.table.rowCount():
            self.page.show_facts(self.tr("Reading the models…"), is_problem=False)
        self.refresh()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.isVisible():
            self._settle.start()
        super().changeEvent(event)
