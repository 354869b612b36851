"""Which digits to train with: MNIST, a part of it, or the user's own; checked while the window goes on."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSpinBox,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.datasets.digit_sets import MIN_IMAGES
from core.datasets.loading import check_source
from core.datasets.mnist import MNIST_TRAIN_IMAGES, mnist_part
from core.errors import DigitPadError
from gui.background import Background
from gui.theme import sized_font

CHECK_DELAY_MS = 250
FIRST_PART = 5_000
WHOLE, PART, OWN = "mnist", "part", "own"


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """What was found out about `source`: a sentence on what it holds, or on what is wrong with it."""

    source: str
    sentence: str
    is_usable: bool


class DataField(QWidget):
    """A combo box with what its choice needs, and beneath it what the digits are or what is wrong with them.

    Signals
    -------
    changed
        Another source was chosen, or more is known about the one that is.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checked: CheckedSource | None = None
        self._check: Background | None = None
        self.kind = QComboBox()
        self.kind.setObjectName("trainData")
        self.kind.setAccessibleName(self.tr("Training data"))
        for text, data in (
            (self.tr("MNIST"), WHOLE),
            (self.tr("The first digits of MNIST"), PART),
            (self.tr("My own digits"), OWN),
        ):
            self.kind.addItem(text, data)
        self.count = self._make_count()
        self.path = self._make_path()
        self.browse = self._make_browse()
        self.sentence = self._make_sentence()
        self._detail = self._make_detail()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.kind, self._detail, self.sentence):
            layout.addWidget(part)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(CHECK_DELAY_MS)
        self._delay.timeout.connect(self.check)
        self.kind.currentIndexChanged.connect(self._change)
        self.count.valueChanged.connect(self._change)
        self.path.textChanged.connect(self._change_path)
        self._show_kind()

    def source(self) -> str:
        """What `core.datasets.loading.load_digits` takes."""
        kind = self.kind.currentData()
        if kind == PART:
            return f"mnist:{self.count.value()}"
        return self.path.text().strip() if kind == OWN else "mnist"

    def choose(self, source: str) -> None:
        """Show `source`, which is what `core.datasets.loading.load_digits` takes."""
        part = mnist_part(source)
        kind = OWN if part is None else WHOLE if part == MNIST_TRAIN_IMAGES else PART
        self.kind.setCurrentIndex(self.kind.findData(kind))
        if part is None:
            self.path.setText(source)
        elif kind == PART:
            self.count.setValue(part)

    def problem(self) -> str:
        """Why nothing can be trained with this, for now or at all; "" when it can."""
        if self.kind.currentData() != OWN:
            return ""  # what the boxes let through is fine
        source = self.source()
        if not source:
            return self.tr("Choose a file or folder with your own digits first.")
        if self._checked is None or self._checked.source != source:
            return self.tr("The data is being checked…")
        return "" if self._checked.is_usable else self._checked.sentence

    def check(self) -> None:
        """Find out what the source holds, beside the window; one check at a time, the newest source last."""
        source = self.source()
        if not source or self._check is not None or (self._checked and self._checked.source == source):
            return
        self._check = Background(lambda: look_at(source), "The check of the data")
        self._check.done.connect(self._take_check)
        self._check.failed.connect(self._take_failure)
        self._check.begin()

    def _take_check(self, checked: CheckedSource) -> None:
        self._check = None
        self._checked = checked
        self._say()
        self.changed.emit()
        self.check()  # again, if it is another source by now

    def _take_failure(self, sentence: str) -> None:
        self._take_check(CheckedSource(self.source(), sentence, is_usable=False))

    def _change(self) -> None:
        self._show_kind()
        self._say()
        self._delay.start()
        self.changed.emit()

    def _change_path(self, text: str) -> None:
        if text.startswith("file:"):  # dropped from a file manager
            self.path.setText(QUrl(text.split()[0]).toLocalFile())
            return
        self._change()

    def _show_kind(self) -> None:
        self._detail.setCurrentIndex(self.kind.currentIndex())

    def _say(self) -> None:
        source = self.source()
        problem = self.problem()
        is_known = self._checked is not None and self._checked.source == source
        text = self._checked.sentence if self._checked is not None and is_known else problem
        is_wrong = is_known and self._checked is not None and not self._checked.is_usable
        self.sentence.setText(breakable(text))
        self.sentence.setToolTip(text if is_wrong else "")
        if self.sentence.property("problem") != is_wrong:
            self.sentence.setProperty("problem", is_wrong)
            self.sentence.style().polish(self.sentence)

    def _choose_file(self) -> None:
        title = self.tr("Digits to train with")
        kinds = self.tr("Digits (*.npz *ubyte* *.gz *.idx);;All files (*)")
        self._take_path(QFileDialog.getOpenFileName(self, title, self.path.text(), kinds)[0])

    def _choose_folder(self) -> None:
        self._take_path(QFileDialog.getExistingDirectory(self, self.tr("Digits to train with"), self.path.text()))

    def _take_path(self, path: str) -> None:
        if path:
            self.path.setText(path)

    def _make_count(self) -> QSpinBox:
        count = QSpinBox()
        count.setObjectName("trainDataCount")
        count.setAccessibleName(self.tr("How many of MNIST's training digits"))
        count.setRange(MIN_IMAGES, MNIST_TRAIN_IMAGES)
        count.setSingleStep(1000)
        count.setGroupSeparatorShown(True)
        count.setSuffix(self.tr(" digits"))
        count.setValue(FIRST_PART)
        return count

    def _make_path(self) -> QLineEdit:
        path = QLineEdit()
        path.setObjectName("trainDataPath")
        path.setAccessibleName(self.tr("File or folder with your own digits"))
        path.setPlaceholderText(self.tr("File or folder"))
        path.setToolTip(
            self.tr("A Keras-style .npz file, one of a pair of IDX files, or a folder with subfolders 0 to 9.")
        )
        return path

    def _make_browse(self) -> QToolButton:
        browse = QToolButton()
        browse.setObjectName("trainDataBrowse")
        browse.setText(self.tr("Browse…"))
        browse.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(browse)
        menu.addAction(self.tr("File (npz, IDX)…"), self._choose_file)
        menu.addAction(self.tr("Folder…"), self._choose_folder)
        browse.setMenu(menu)
        return browse

    def _make_sentence(self) -> QLabel:
        sentence = QLabel()
        sentence.setObjectName("trainDataSentence")
        sentence.setProperty("faint", True)
        sentence.setFont(sized_font(self, 13))
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        sentence.setMinimumHeight(2 * sentence.fontMetrics().lineSpacing() + 2)
        return sentence

    def _make_detail(self) -> QStackedWidget:
        own = QWidget()
        row = QHBoxLayout(own)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        whole = QLabel(self.tr("By American census clerks and students"))
        whole.setFont(sized_font(self, 13))
        whole.setProperty("faint", True)
        stack = QStackedWidget()
        for page in (whole, self.count, own):
            stack.addWidget(page)
        stack.setFixedHeight(max(self.count.sizeHint().height(), own.sizeHint().height()))
        return stack


def look_at(source: str) -> CheckedSource:
    """Check `source`; what is wrong with it is an answer here, no error."""
    try:
        summary = check_source(source)
    except DigitPadError as error:
        return CheckedSource(source, str(error), is_usable=False)
    return CheckedSource(source, " ".join((summary.sentence, *summary.notes)), is_usable=True)


def breakable(text: str) -> str:
    """`text` with places where a long path may be broken into lines."""
    return text.replace("/", "/\u200b").replace("\\", "\\\u200b").replace("_", "_\u200b")
