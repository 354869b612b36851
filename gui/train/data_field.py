"""Which digits to train with: MNIST, a part of it, those kept, or a file or folder; checked in the background."""

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.datasets.digit_sets import MIN_IMAGES
from core.datasets.mnist import MNIST_TRAIN_IMAGES, Mnist, read_mnist_name
from core.datasets.my_digits_choice import read_choice
from gui.recognition.my_digits import MyDigits
from gui.system.timers import single_shot
from gui.train.data_samples import DataSamples
from gui.train.my_digits_field import MyDigitsField
from gui.train.source_check import SourceCheck
from gui.widgets.button_row import make_button, make_menu_button
from gui.widgets.labels import NOTE_PIXELS, make_faint_label, make_note
from gui.widgets.named_combo_box import NamedComboBox
from gui.widgets.number_fields import WholeNumberField
from gui.widgets.plain_text import breakable, plain_tool_tip
from gui.widgets.theme import set_look

CHECK_DELAY_MS = 250
FIRST_PART = 5_000
WHOLE, PART, MINE, OWN = "mnist", "part", "mine", "own"
CHECKED = (MINE, OWN)
"""May turn out to be unusable."""


class DataField(QWidget):
    """A combo box with the fields for its choice, and below it what the digits are or what is wrong with them.

    Signals
    -------
    changed
        Another source was chosen, or more is known about the current one.
    settled
        The current source was checked and can be used.
    """

    changed = Signal()
    settled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checks = SourceCheck(self)
        self._checks.answered.connect(self._show_answer)
        self.kind = NamedComboBox("trainData", self.tr("Training data"))
        for text, data in (
            (self.tr("MNIST"), WHOLE),
            (self.tr("The first digits of MNIST"), PART),
            (self.tr("My digits"), MINE),
            (self.tr("File or folder"), OWN),
        ):
            self.kind.addItem(text, data)
        self.count = self._make_count()
        self.path = self._make_path()
        self.browse = self._make_browse()
        self.mine = MyDigitsField()
        self._is_outdated = False
        self.sentence = make_note("trainDataSentence", lines=2)
        self.samples = DataSamples()
        self.settled.connect(self.samples.show_source)
        self.instead = make_button("trainDataInstead", self.tr("Use MNIST instead"))
        self.instead.clicked.connect(self._choose_mnist)
        self._detail = self._make_detail()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.kind, self._detail, self.mine, self.sentence):
            layout.addWidget(part)
        layout.addWidget(self.samples)
        layout.addWidget(self.instead, 0, Qt.AlignmentFlag.AlignLeft)
        self._delay = single_shot(self, self._check_if_shown, CHECK_DELAY_MS)
        self.kind.currentIndexChanged.connect(self._change)
        self.mine.changed.connect(self._change)
        self.count.valueChanged.connect(self._change)
        self.count.problem_changed.connect(self._change)
        self.path.textChanged.connect(self._change_path)
        self.path.returnPressed.connect(self.check_again)
        self._show_kind()
        self._say()

    def follow(self, digits: MyDigits) -> None:
        """Offer `digits`, and notice when some are kept, changed or removed."""
        self._checks.digits = digits.path
        self.samples.digits = digits.path
        digits.changed.connect(self._take_kept)

    def source(self) -> str:
        """What `core.datasets.sources.find_source` takes."""
        kind = self.kind.currentData()
        if kind == PART:
            return Mnist(self.count.value()).text
        if kind == MINE:
            return self.mine.choice().text
        return self.path.text().strip() if kind == OWN else Mnist().text

    def digits(self) -> int:
        """The number of its training digits; 0 where that is not known, yet or at all."""
        mnist, answer = read_mnist_name(self.source()), self._checks.answer(self.source())
        if mnist is not None:
            return mnist.images
        return answer.train_images if answer is not None else 0

    def choose(self, source: str) -> None:
        """Show `source`, which is what `core.datasets.sources.find_source` takes."""
        mnist, mine = read_mnist_name(source), read_choice(source)
        if mnist is not None:
            self._choose_kind(WHOLE if mnist == Mnist() else PART)
            if mnist != Mnist():
                self.count.setValue(mnist.images)
        elif mine is not None:
            self._choose_kind(MINE)
            self.mine.choose(mine)
        else:
            self._choose_kind(OWN)
            self.path.setText(source)

    def problem(self) -> str:
        """Why nothing can be trained with this, yet or at all; "" when it can."""
        if self._typing_problem():
            return self._typing_problem()
        if self.kind.currentData() not in CHECKED:
            return ""
        source = self.source()
        if not source:
            return self.tr("Choose a file or folder with your own digits first.")
        answer = self._checks.answer(source)
        if answer is None:
            return self.tr("The data is being checked…")
        return "" if answer.is_usable else answer.sentence

    def _typing_problem(self) -> str:
        """What is wrong with a number in the fields of the current choice; "" if nothing is."""
        problems = {PART: self.count.problem, MINE: self.mine.problem}
        return problems.get(self.kind.currentData(), "")

    def check(self) -> None:
        """Check what the source contains, unless that is known."""
        if self.samples.source != self.source():
            self._settle()
        again = self._is_outdated and self.kind.currentData() == MINE
        self._is_outdated &= not again
        self._checks.check(self.source(), again=again)

    def _check_if_shown(self) -> None:
        """Check only if visible: reading a file takes time and memory that drawing does not need."""
        if self.isVisible():
            self.check()

    def check_again(self) -> None:
        """Check what the source contains now."""
        self._checks.check(self.source(), again=True)

    def _take_kept(self) -> None:
        self._is_outdated = True
        if self.kind.currentData() == MINE:
            self._delay.start()

    def _show_answer(self) -> None:
        answer = self._checks.answer(self.source())
        if answer is not None and answer.writers is not None:
            self.mine.show_writers(answer.writers)
        self._say()
        self.changed.emit()
        self._settle()

    def _settle(self) -> None:
        source = self.source()
        answer = self._checks.answer(source)
        if answer is not None and answer.is_usable:
            self.settled.emit(source)

    def _choose_kind(self, kind: str) -> None:
        self.kind.setCurrentIndex(self.kind.findData(kind))

    def _choose_mnist(self) -> None:
        self.choose("mnist")
        self.kind.setFocus()

    def _change(self) -> None:
        self.samples.clear()
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
        kind = self.kind.currentData()
        self._detail.setCurrentIndex((WHOLE, PART, OWN).index(kind) if kind != MINE else 0)
        self._detail.setVisible(kind != MINE)
        self.mine.setVisible(kind == MINE)

    def _say(self) -> None:
        answer = self._checks.answer(self.source())
        problem = self.problem()
        text = problem or (answer.sentence if answer else "")
        is_wrong = bool(problem) and (answer is not None or bool(self._typing_problem()))
        self.sentence.setText(breakable(text))
        self.sentence.setToolTip(plain_tool_tip(text) if is_wrong else "")
        for marked in (self.sentence, self.path):
            set_look(marked, "problem", is_wrong)
        is_own_wrong = is_wrong and self.kind.currentData() in CHECKED
        self.samples.setVisible(not is_own_wrong)
        self.instead.setVisible(is_own_wrong)

    def _choose_file(self) -> None:
        title = self.tr("Digits to train with")
        kinds = self.tr("Digits (*.npz *ubyte* *.gz *.idx);;All files (*)")
        self._take_path(QFileDialog.getOpenFileName(self, title, self.path.text(), kinds)[0])

    def _choose_folder(self) -> None:
        self._take_path(QFileDialog.getExistingDirectory(self, self.tr("Digits to train with"), self.path.text()))

    def _take_path(self, path: str) -> None:
        if path:
            self.path.setText(path)
            self.check_again()

    def _make_count(self) -> WholeNumberField:
        count = WholeNumberField(
            "trainDataCount", self.tr("Digits"), MIN_IMAGES, MNIST_TRAIN_IMAGES, unit=self.tr(" digits")
        )
        count.setAccessibleName(self.tr("How many of MNIST's training digits"))
        count.setSingleStep(1000)
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
        browse, menu = make_menu_button("trainDataBrowse", self.tr("Browse…"))
        menu.addAction(self.tr("File (npz, IDX)…"), self._choose_file)
        menu.addAction(self.tr("Folder…"), self._choose_folder)
        return browse

    def _make_detail(self) -> QStackedWidget:
        own = QWidget()
        row = QHBoxLayout(own)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        whole = make_faint_label(self.tr("Written by census employees and students"), pixels=NOTE_PIXELS)
        stack = QStackedWidget()
        for page in (whole, self.count, own):
            stack.addWidget(page)
        stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return stack

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and self.isActiveWindow():
            answer = self._checks.answer(self.source())
            if answer is not None and not answer.is_usable:
                self.check_again()  # the user may have fixed it elsewhere
        super().changeEvent(event)
