"""The result of a run: the new model beside the model in use, on the same test digits."""

from contextlib import suppress

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from core.datasets.mnist import MNIST_TEST_IMAGES, MNIST_TEST_ORIGIN, load_mnist_test
from core.datasets.source import TestDigits
from core.errors import DataSetError
from core.models.card import Score
from core.models.library import ModelBundle
from core.recognition import evaluation
from core.recognition.recognizer import Recognizer
from core.recognition.recommendation import FEWEST_DIGITS, Recommendation, others_score, recommend
from core.wording.percentages import accuracy_range_text, counted_accuracy_text
from gui.models.comparison import difference_text, tested_alike
from gui.recognition.active_model import ActiveModel
from gui.recognition.model_watch import ModelWatch
from gui.system.background import Background, Checkpoint
from gui.system.errors import report_problems
from gui.widgets.button_row import make_button, set_primary
from gui.widgets.card import Card
from gui.widgets.labels import make_heading
from gui.widgets.plain_text import breakable, plain_tool_tip
from gui.widgets.quantities import mistakes_text
from gui.widgets.theme import MARGIN, set_text


class RunResult(Card):
    """Compares the two, and switches to the new model when its button is pressed.

    Signals
    -------
    problem
        A sentence: why the model could not be used.
    recommended
        Whether the new model is recommended now, with a primary button.
    """

    problem = Signal(str)
    recommended = Signal(bool)

    def __init__(self, model: ActiveModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainResult")
        self._model = model
        self._new: ModelBundle | None = None
        self._old: ModelBundle | None = None
        self._tests: TestDigits | None = None
        self._is_gone = False
        self._comparison: Background | None = None
        self.new = ResultColumn("trainResultNew", self)
        self.old = ResultColumn("trainResultOld", self)
        self.heading = make_heading(wraps=True)
        self.heading.setObjectName("trainResultHeading")
        self.reason = _reason_label()
        self.use = make_button("trainUse", "")
        self.use.clicked.connect(self._use)
        self._lay_out()
        self._update_use()
        model.changed.connect(self._update_use)
        self._watch = ModelWatch(self)
        self._watch.changed.connect(self._take_card)
        self._watch.gone.connect(self._take_loss)

    @property
    def is_recommended(self) -> bool:
        """Whether the new model is recommended."""
        return self.use.isEnabled() and bool(self.use.property("primary"))

    def show_model(self, new: ModelBundle, tests: TestDigits) -> None:
        """Show the freshly trained `new`, and measure the model in use on `tests`, the digits that tested it."""
        self._new, self._tests, self._is_gone = new, tests, False
        self.new.show_name(new.card.name)
        self.new.show_result(new.card.test)
        self._compare(self._model.bundle)
        self._update_use()

    def clear(self) -> None:
        """Forget the last run."""
        self._new = self._old = self._tests = None
        self._stop_comparing()
        self._update_use()

    def _stop_comparing(self) -> None:
        if self._comparison is not None:
            self._comparison.cancel()
            self._comparison = None

    def _compare(self, old: ModelBundle | None) -> None:
        self._old = old
        self._watch.follow(self._new, old)
        self._stop_comparing()
        self._show_recommendation(None, None)
        if old is None:
            self.old.show_name(self.tr("no model"))
            self.old.show_text(self.tr("–"))
            return
        self.old.show_name(old.card.name)
        known, new = old.card.test, self._new.card.test if self._new else None
        if known is not None and new is not None and tested_alike(known, new):
            self._show_old_result(known, others_score(old.card))
            return
        self.old.show_text(self.tr("testing…"))
        tests = self._tests
        assert tests is not None, "they came with the new model"
        self._comparison = Background(lambda checkpoint: measure(old, tests, checkpoint), "Comparing the models")
        self._comparison.done.connect(self._show_comparison)
        self._comparison.failed.connect(self._show_no_comparison)
        self._comparison.begin()

    def _show_comparison(self, scores: tuple[Score, Score | None]) -> None:
        if self.sender() is self._comparison:
            self._show_old_result(*scores)

    def _show_old_result(self, result: Score, others: Score | None) -> None:
        self.old.show_result(result)
        self._show_recommendation(result, others)

    def _show_recommendation(self, old: Score | None, others: Score | None) -> None:
        """Say which model is better, and recommend it if that is known.

        `old` and `others` are the results of the model in use on the test digits and on those of others, None if
        unknown.
        """
        card = self._new.card if self._new else None
        new = card.test if card else None
        self.heading.setToolTip(self.tr("On the same {0:,} test digits").format(new.images if new else 0))
        self.heading.setText(verdict_text(new, old) or self.heading.toolTip())
        recommendation = recommend(new, old, (others_score(card) if card else None, others))
        if self._old is None:  # nothing to compare with
            recommendation = Recommendation(new is not None and new.images >= FEWEST_DIGITS)
        set_primary(self.use, recommendation.is_given)
        self.recommended.emit(self.is_recommended)
        self._say_why_not(recommendation.reason)

    def _say_why_not(self, reason: str) -> None:
        """Say why the new model is not recommended, in the place of the intervals; "" shows these again."""
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        for column in (self.new, self.old):
            column.interval.setVisible(not reason)

    def _show_no_comparison(self, sentence: str) -> None:
        if self.sender() is self._comparison:
            self.old.show_text(self.tr("not measured"), tool_tip=sentence)

    def _take_card(self, bundle: ModelBundle) -> None:
        """One of the two was renamed."""
        if _is_same(bundle, self._new):
            self._new = bundle
            self.new.show_name(bundle.card.name)
        if _is_same(bundle, self._old):
            self._old = bundle
            self.old.show_name(bundle.card.name)

    def _take_loss(self, bundle: ModelBundle) -> None:
        """One of the two was deleted, and cannot be used any more."""
        self._is_gone |= _is_same(bundle, self._new)
        self._update_use()

    def _use(self) -> None:
        new = self._new
        if new is not None:
            report_problems(self.problem.emit, lambda: self._model.use(new))

    def _update_use(self) -> None:
        used = self._model.bundle
        is_used = _is_same(used, self._new)
        if self._new is not None and used is not None:
            if is_used:
                self.new.show_name(used.card.name)  # it may have been renamed
            elif _is_same(used, self._old):
                self.old.show_name(used.card.name)
            else:  # a third model is in use now
                self._compare(used)
        self.use.setEnabled(self._new is not None and not is_used and not self._is_gone)
        self.recommended.emit(self.is_recommended)
        deleted = self.tr("This model was deleted") if self._is_gone else self.tr("Use this model")
        self.use.setText(self.tr("This model is in use") if is_used else deleted)
        self.new.show_caption(self.tr("New model, in use") if is_used else self.tr("New model"))
        self.old.show_caption(self.tr("Used before") if is_used else self.tr("Model in use"))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(MARGIN)
        grid.setVerticalSpacing(3)
        for column, result in enumerate((self.new, self.old)):
            grid.setColumnStretch(column, 1)
            for row, label in enumerate(result.labels):
                grid.addWidget(label, row, column)
        layout = self.make_column()
        layout.addWidget(self.heading)
        layout.addLayout(grid)
        layout.addWidget(self.reason)
        layout.addStretch()
        layout.addWidget(self.use)


class ResultColumn(QObject):
    """The test of one model, line by line: accuracy in large type, mistakes, 95 % interval."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.caption = _label(12, faint=True)
        self.name = _label(14)
        self.accuracy = _label(24, bold=True)
        self.count = _label(13)
        self.mistakes = _label(13)
        self.interval = _label(12, faint=True)
        self.interval.setToolTip(self.tr("95 % interval: it contains the true accuracy in 95 of 100 cases"))
        self.labels = (self.caption, self.name, self.accuracy, self.count, self.mistakes, self.interval)
        for part in ("caption", "name", "accuracy", "count", "mistakes", "interval"):
            getattr(self, part).setObjectName(f"{name}{part.capitalize()}")

    def show_caption(self, caption: str) -> None:
        self.caption.setText(caption)

    def show_name(self, name: str) -> None:
        self.name.setText(breakable(name))
        self.name.setToolTip(plain_tool_tip(name))

    def show_result(self, result: Score | None) -> None:
        if result is None:
            self.show_text("–")
            return
        low, high = evaluation.wilson_interval(result.images - result.mistakes, result.images)
        accuracy, of, count = counted_accuracy_text(result.accuracy, result.images).partition(" of ")
        self.accuracy.setText(accuracy)
        self.count.setText(f"{of.strip()} {count}")
        self.accuracy.setToolTip(plain_tool_tip(result.data))
        self.mistakes.setText(evaluation.mistakes_text(result.mistakes))
        self.mistakes.setToolTip(mistakes_text(result.mistakes, result.images))
        interval = self.tr("95 %: {0}").format(accuracy_range_text(low, high, result.images))
        self.interval.setText(interval.replace(" %", "\u00a0%"))  # no line may begin with the sign

    def show_text(self, text: str, *, tool_tip: str = "") -> None:
        """Show `text` in the place of the accuracy."""
        self.accuracy.setText(text)
        self.accuracy.setToolTip(plain_tool_tip(tool_tip))
        for label in (self.count, self.mistakes, self.interval):
            label.setText(" ")


def verdict_text(new: Score | None, old: Score | None) -> str:
    """ "29 fewer mistakes in 10,000": the new model compared with the old one; "" if unknown, or only chance."""
    if new is None or old is None or new.images != old.images or new.images < FEWEST_DIGITS:
        return ""
    return f"{difference_text(new.mistakes, old.mistakes).capitalize()} in {new.images:,}"


def measure(bundle: ModelBundle, tests: TestDigits, checkpoint: Checkpoint) -> tuple[Score, Score | None]:
    """Test `bundle` on `tests`, and on the digits of others. Raises ModelError."""
    result = evaluate(bundle, tests, checkpoint)
    others = result if result.data == MNIST_TEST_ORIGIN else others_score(bundle.card)
    if others is None:
        with suppress(DataSetError):
            others = evaluate(bundle, load_mnist_test(MNIST_TEST_IMAGES), checkpoint)
    return result, others


def evaluate(bundle: ModelBundle, tests: TestDigits, checkpoint: Checkpoint) -> Score:
    """Test `bundle` on `tests`. Raises ModelError."""
    recognize = Recognizer(bundle).probabilities
    return evaluation.measure_accuracy(recognize, tests.digits, tests.origin, checkpoint=checkpoint)


def _is_same(one: ModelBundle | None, other: ModelBundle | None) -> bool:
    return one is not None and other is not None and one.folder == other.folder


def _reason_label() -> QLabel:
    reason = QLabel()
    reason.setObjectName("trainResultReason")
    reason.setTextFormat(Qt.TextFormat.PlainText)
    reason.setWordWrap(True)
    set_text(reason, 12)
    return reason


def _label(pixels: int, *, bold: bool = False, faint: bool = False) -> QLabel:
    label = QLabel(" ")
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    set_text(label, pixels, bold=bold)
    label.setProperty("faint", faint)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
