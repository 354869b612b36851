"""Which digits to test on: MNIST's test set, the first of it, those kept, or a file or folder."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from core.datasets.digit_sets import MIN_IMAGES
from core.datasets.mnist import MNIST_TEST_IMAGES
from gui.widgets.button_row import GAP, make_menu_button
from gui.widgets.labels import NOTE_PIXELS, make_faint_label
from gui.widgets.named_combo_box import NamedComboBox
from gui.widgets.number_fields import WholeNumberField

WHOLE, PART, MINE, OWN = "mnist", "part", "mine", "own"
FIRST_PART = 1_000


class DataChoice(QWidget):
    """A combo box, and below it what belongs to its choice.

    Signals
    -------
    changed
        Other digits were chosen, or a number became valid or invalid.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = NamedComboBox("testData", self.tr("Digits"))
        self.kind.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for text, data in (
            (self.tr("MNIST's test set"), WHOLE),
            (self.tr("First of MNIST's test set"), PART),
            (self.tr("My digits"), MINE),
            (self.tr("File or folder"), OWN),
        ):
            self.kind.addItem(text, data)
        self.count = self._make_count()
        self.path = self._make_path()
        self.browse, menu = make_menu_button("testDataBrowse", self.tr("Browse…"))
        menu.addAction(self.tr("File (npz, IDX)…"), self._choose_file)
        menu.addAction(self.tr("Folder…"), self._choose_folder)
        self._details = self._make_details()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.kind)
        for detail in self._details.values():
            layout.addWidget(detail)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.count.valueChanged.connect(self.changed)
        self.count.problem_changed.connect(self.changed)
        self.path.textChanged.connect(self._take_text)
        self._show_kind()

    def source(self) -> str:
        """What `core.judging.tested_digits.find_test_digits` takes; "" where no file is chosen yet."""
        kind = self.kind.currentData()
        if kind == PART:
            return f"mnist:{self.count.value()}"
        return self.path.text().strip() if kind == OWN else "digits" if kind == MINE else "mnist"

    @property
    def is_file(self) -> bool:
        """Whether the digits are in a file or folder, which may take long to read."""
        return bool(self.kind.currentData() == OWN)

    @property
    def problem(self) -> str:
        """What has to be chosen or typed first; "" if nothing has."""
        if self.kind.currentData() == PART:
            return self.count.problem
        return "" if self.source() else self.tr("Choose a file or folder with digits first.")

    def take(self, source: str) -> None:
        """Choose a file or folder."""
        self.path.setText(source)
        self.kind.setCurrentIndex(self.kind.findData(OWN))

    def _show_kind(self) -> None:
        for kind, detail in self._details.items():
            detail.setVisible(kind == self.kind.currentData())
        self.changed.emit()

    def _take_text(self, text: str) -> None:
        if text.startswith("file:"):  # dropped from a file manager
            self.path.setText(QUrl(text.split()[0]).toLocalFile())
            return
        self.changed.emit()

    def _choose_file(self) -> None:
        kinds = self.tr("Digits (*.npz *ubyte* *.gz *.idx);;All files (*)")
        self._take_path(QFileDialog.getOpenFileName(self, self.tr("Digits to test on"), self._folder(), kinds)[0])

    def _choose_folder(self) -> None:
        self._take_path(QFileDialog.getExistingDirectory(self, self.tr("Digits to test on"), self._folder()))

    def _folder(self) -> str:
        return str(Path(self.path.text()).parent) if self.path.text() else ""

    def _take_path(self, path: str) -> None:
        if path:
            self.path.setText(path)

    def _make_count(self) -> WholeNumberField:
        count = WholeNumberField(
            "testDataCount", self.tr("Digits"), MIN_IMAGES, MNIST_TEST_IMAGES, unit=self.tr(" digits")
        )
        count.setAccessibleName(self.tr("How many of MNIST's test digits"))
        count.lineEdit().setTextMargins(6, 0, 0, 0)  # what the style sheet gives other fields
        count.setSingleStep(500)
        count.setValue(FIRST_PART)
        return count

    def _make_path(self) -> QLineEdit:
        path = QLineEdit()
        path.setObjectName("testDataPath")
        path.setAccessibleName(self.tr("File or folder with digits"))
        path.setPlaceholderText(self.tr("File or folder"))
        path.setToolTip(
            self.tr("A Keras-style .npz file, one of a pair of IDX files, or a folder with subfolders 0 to 9.")
        )
        return path

    def _make_details(self) -> dict[str, QWidget]:
        """What is below the combo box for each kind of digits."""
        own = QWidget()
        row = QHBoxLayout(own)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        whole = make_faint_label(self.tr("10,000 digits that no model learned"), pixels=NOTE_PIXELS)
        mine = make_faint_label(self.tr("All that you have kept"), pixels=NOTE_PIXELS)
        for note in (whole, mine):
            note.setWordWrap(True)
        return {WHOLE: whole, PART: self.count, MINE: mine, OWN: own}
