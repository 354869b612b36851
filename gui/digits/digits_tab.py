"""The user's own digits: all that were kept, and what can be done with them."""

from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import DigitPadError
from core.pad.content import Content
from core.samples.sample import Sample
from core.settings import SettingsFile
from gui.digits.actions import SampleActions
from gui.digits.digits_page import DigitsPage
from gui.digits.filter_bar import FilterBar
from gui.digits.history import SampleHistory
from gui.digits.merge_question import ask_to_merge
from gui.digits.model_check import ModelCheck
from gui.digits.sample_list import SampleList
from gui.digits.sample_menu import SampleMenu
from gui.digits.sample_texts import amount_text, missing_text
from gui.digits.sample_view import SampleView
from gui.digits.teach_panel import TeachPanel
from gui.digits.transfer_card import TransferCard
from gui.digits.transfers import Transfers
from gui.recognition.active_model import ActiveModel
from gui.recognition.my_digits import MyDigits
from gui.system.turn import Turn
from gui.widgets.file_drops import FileDrops


class DigitsTab(QWidget):
    """Shows the samples of the store, and changes them. It reads the store only while it is shown.

    Signals
    -------
    put_back
        `(content)`: a sample's ink is to be on the pad.
    draw_requested
        Somebody wants to draw.
    problem, information
        A sentence for the user.
    """

    put_back = Signal(object)
    draw_requested = Signal()
    problem = Signal(str)
    information = Signal(str)

    def __init__(
        self,
        digits: MyDigits,
        model: ActiveModel,
        settings: SettingsFile,
        turn: Turn | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`turn` says whether something else learns."""
        super().__init__(parent)
        self._digits = digits
        self._model = model
        self._is_outdated = True
        self.history = SampleHistory(digits)
        self.check = ModelCheck(model, self)
        self.samples = SampleList(self)
        self.view = SampleView(self.samples)
        self.keys = SampleActions(self.history, self.view, self.delete_selected, self)
        self.filter = FilterBar([self.keys.undo, self.keys.redo, self.keys.delete])
        self.teach = TeachPanel(model.library, model, digits.path, turn or Turn(self))
        self.transfers = Transfers(digits.path, lambda: model.bundle, self)
        self.files = TransferCard(self.transfers, settings)
        self.page = DigitsPage(self.view, self.filter, self.teach, self.files)
        self.menu = SampleMenu([self.keys.delete, self.keys.select_all], self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._connect()

    # --- what is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is in the store now; while the page is hidden, once it is shown."""
        self._is_outdated = not self.isVisible()
        if self._is_outdated:
            return
        try:
            samples, writers = self._digits.store.samples(), self._digits.store.writers()
        except DigitPadError as error:
            self.problem.emit(str(error))
            samples, writers = [], {}
        self.page.writer.show_writers([name for name in writers if name], self._digits.writer)
        self.filter.show_writers(list(writers))
        self.samples.show_samples(samples)
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Show what is chosen, and say how much that is."""
        shown = self.filter.shown()
        self.samples.show_only(shown)
        self.filter.show_counts(self.samples.counts())
        self.teach.show_samples({sample.id: sample for sample in self.samples.samples}, shown.writer)
        self.files.show_amount(sum(self.samples.counts()), shown.writer)
        if not shown.wrong_first:
            self.check.cancel()
        self._check_new()
        self._show_rest()

    def _check_new(self) -> None:
        """Where wrong ones come first, ask the model in use about what it was not asked about."""
        read = self.check.result.read if self.check.result else {}
        is_new = any(sample.id not in read for sample in self.samples.samples)
        if self.filter.wrong_first.isChecked() and is_new and self.isVisible() and not self.check.is_under_way:
            self.check.begin(self.samples.samples)

    def _show_check(self) -> None:
        result = self.check.result
        self.page.progress.setVisible(self.check.is_under_way)
        self.page.show_progress(0)
        self.samples.show_read(result.read if result else {})
        self._check_new()
        self._show_rest()

    def _show_rest(self) -> None:
        self.page.show_samples(
            self.samples.shown,
            has_shown=bool(self.samples.rowCount()),
            has_any=bool(self.samples.samples),
            has_past=self.history.canUndo(),
            deleted=self.history.deleted,
        )
        self.page.disagreements.show_pairs(self._pairs())
        self._tell()

    def _pairs(self) -> list[tuple[Sample, Sample]]:
        """The samples that disagree, as far as they still do."""
        by_id = {sample.id: sample for sample in self.samples.samples}
        found = self.check.result.disagreeing if self.check.result else ()
        pairs = [(by_id[one], by_id[other]) for one, other in found if one in by_id and other in by_id]
        return [(one, other) for one, other in pairs if one.label != other.label]

    def _tell(self) -> None:
        counts, chosen = self.samples.counts(), self.view.count_selected()
        selected = self.tr("{0:,} selected.").format(chosen) if chosen > 1 else ""
        parts = (selected, f"{amount_text(sum(counts))}.", missing_text(counts), self._reads_text())
        self.page.status.setText(" ".join(filter(None, parts)))

    def _reads_text(self) -> str:
        """ "DigitPad reads 44 of 50.", of those by the writer who is shown."""
        bundle, result = self._model.bundle, self.check.result
        if bundle is None or (result is None and not self.check.is_under_way):
            return ""
        if result is None or self.check.is_under_way:
            return self.tr("{0} is reading them…").format(bundle.title)
        writer = self.samples.shown.writer
        asked = [one for one in self.samples.samples if one.id in result.read and writer in (None, one.writer)]
        right = sum(result.read[sample.id] == sample.label for sample in asked)
        return self.tr("{0} reads {1:,} of {2:,}.").format(bundle.title, right, len(asked)) if asked else ""

    # --- what is done with samples --------------------------------------------------------------------------

    def relabel(self, label: int) -> None:
        """Say that the selected samples are another digit, or none."""
        self.history.relabel(self.view.selected(), label)

    def set_writer(self, writer: str) -> None:
        """Say who wrote the selected samples."""
        self.history.set_writer(self.view.selected(), writer)

    def delete_selected(self) -> None:
        """Delete the selected samples."""
        self.history.remove(self.view.selected())

    def put_current_back(self) -> None:
        """Put the current sample on the pad again."""
        index = self.view.currentIndex()
        if not index.isValid():
            return
        try:
            content: Content = self._digits.store.content(self.samples.sample(index.row()).id)
        except DigitPadError as error:
            self.problem.emit(str(error))
            return
        self.put_back.emit(content)

    def select(self, ids: list[int]) -> None:
        """Select samples, whatever is chosen to be shown."""
        if len(self.samples.rows(ids)) < len(ids):
            self.filter.show_all()
        self.view.select(set(ids))
        self.view.setFocus()

    def show_teaching(self) -> None:
        """Scroll to Teach now, with the focus on its button."""
        self.page.reveal(self.teach)
        self.teach.take_focus()

    def import_from(self, paths: list[Path]) -> None:
        """Add the digits in some files and folders; those of nobody are of the one who draws."""
        if self.transfers.is_busy:
            self.problem.emit(self.tr("Wait until what is under way is over, or cancel it."))
        else:
            self.transfers.import_from(paths, self._digits.writer)

    def _export(self, path: Path) -> None:
        self.transfers.export(path, self.samples.shown.writer)

    def _rename_writer(self, before: str, after: str) -> None:
        there = sum(sample.writer == after for sample in self.samples.samples)
        if not there or ask_to_merge(self, before, after, there):
            self.history.rename_writer(self.samples.samples, before, after)

    def _open_menu(self, place: QPoint) -> None:
        selected = self.view.selected()
        if selected:
            labels = {sample.label for sample in selected}
            self.menu.open(self.view.viewport().mapToGlobal(place), self.page.writer.names(), labels)

    def _connect(self) -> None:
        page, view = self.page, self.view
        self._digits.changed.connect(self.refresh)
        self._digits.writer_changed.connect(self.refresh)
        self.filter.changed.connect(self._show_chosen)
        self.keys.stepped.connect(self._show_rest)
        view.label_typed.connect(self.relabel)
        view.put_back_requested.connect(self.put_current_back)
        view.customContextMenuRequested.connect(self._open_menu)
        view.selectionModel().selectionChanged.connect(self._tell)
        self.menu.label_chosen.connect(self.relabel)
        self.menu.writer_chosen.connect(self.set_writer)
        self.menu.put_back_chosen.connect(self.put_current_back)
        self.check.changed.connect(self._show_check)
        self.check.progressed.connect(page.show_progress)
        self.check.problem.connect(self.problem)
        self.teach.problem.connect(self.problem)
        self.teach.information.connect(self.information)
        self.teach.chosen.connect(self.select)
        self.transfers.problem.connect(self.problem)
        self.transfers.information.connect(self.information)
        self.transfers.imported.connect(self._digits.look)
        self.files.import_chosen.connect(self.import_from)
        self.files.export_chosen.connect(self._export)
        FileDrops(self).files_dropped.connect(self.import_from)
        page.disagreements.chosen.connect(self.select)
        page.writer.chosen.connect(self._digits.set_writer)
        page.writer.renamed.connect(self._rename_writer)
        page.empty.draw.clicked.connect(self.draw_requested)
        page.empty.undo.clicked.connect(self.keys.undo.trigger)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_outdated:
            self.refresh()
        self.keys.update()

    def hideEvent(self, event: QHideEvent) -> None:
        self.keys.update()
        super().hideEvent(event)
