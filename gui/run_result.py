"""The result of a run: the new model beside the model in use, on the same test digits."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core import evaluation
from core.model_card import Score
from core.models import ModelBundle
from core.percentages import accuracy_range_text, accuracy_text
from core.recognizer import Recognizer
from gui.active_model import ActiveModel
from gui.background import Background, Checkpoint
from gui.button_row import make_button, set_primary
from gui.comparison import difference_text, tested_alike
from gui.elided_label import ElidedLabel
from gui.errors import say_problems
from gui.plain_text import plain_tool_tip
from gui.quantities import mistakes_text
from gui.theme import MARGIN, SPACING, sized_font


class RunResult(QFrame):
    """Compares, and switches to the new model when asked to.

    Signals
    -------
    problem
        A sentence: the model could not be used.
    recommended
        Whether the new model is offered as the better one now, with a button that stands out.
    """

    problem = Signal(str)
    recommended = Signal(bool)

    def __init__(self, model: ActiveModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainResult")
        self.setProperty("card", True)
        self._model = model
        self._new: ModelBundle | None = None
        self._old: ModelBundle | None = None
        self._source = ""
        self._comparison: Background | None = None
        self.new = ResultColumn("trainResultNew")
        self.old = ResultColumn("trainResultOld")
        self.heading = ElidedLabel()
        self.heading.setObjectName("trainResultHeading")
        self.heading.setProperty("heading", True)
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.use = make_button("trainUse", "")
        self.use.clicked.connect(self._use)
        self._lay_out()
        self._update_use()
        model.changed.connect(self._update_use)

    @property
    def is_recommended(self) -> bool:
        """Whether the new model is offered as the better one."""
        return self.use.isEnabled() and bool(self.use.property("primary"))

    def show_model(self, new: ModelBundle, source: str) -> None:
        """Show the freshly trained `new`, and measure the model in use on the test digits of `source`."""
        self._new, self._source = new, source
        self.new.show_name(new.card.name)
        self.new.show_result(new.card.test)
        self._compare(self._model.bundle)
        self._update_use()

    def clear(self) -> None:
        """Forget the last run."""
        self._new = self._old = None
        self._stop_comparing()
        self._update_use()

    def _stop_comparing(self) -> None:
        if self._comparison is not None:
            self._comparison.cancel()
            self._comparison = None

    def _compare(self, old: ModelBundle | None) -> None:
        self._old = old
        self._stop_comparing()
        self._show_difference(None)
        if old is None:
            self.old.show_name(self.tr("no model"))
            self.old.show_text(self.tr("–"))
            return
        self.old.show_name(old.card.name)
        known, new = old.card.test, self._new.card.test if self._new else None
        if known is not None and new is not None and tested_alike(known, new):
            self._show_old_result(known)
            return
        self.old.show_text(self.tr("testing…"))
        source = self._source
        self._comparison = Background(lambda checkpoint: evaluate(old, source, checkpoint), "The comparison")
        self._comparison.done.connect(self._show_comparison)
        self._comparison.failed.connect(self._show_no_comparison)
        self._comparison.begin()

    def _show_comparison(self, result: Score) -> None:
        if self.sender() is self._comparison:
            self._show_old_result(result)

    def _show_old_result(self, result: Score) -> None:
        self.old.show_result(result)
        self._show_difference(result)

    def _show_difference(self, old: Score | None) -> None:
        """None where it is not known. A model that makes more mistakes, or may do so, is not pressed on anybody."""
        new = self._new.card.test if self._new else None
        self.heading.setToolTip(self.tr("On the same {0:,} test digits").format(new.images if new else 0))
        if new is None or old is None:
            self.heading.setText(self.heading.toolTip())
            self._recommend(self._old is None)
        else:
            self.heading.setText(f"{difference_text(new.mistakes, old.mistakes).capitalize()} in {new.images:,}")
            self._recommend(new.mistakes <= old.mistakes)

    def _recommend(self, is_better: bool) -> None:
        set_primary(self.use, is_better)
        self.recommended.emit(self.is_recommended)

    def _show_no_comparison(self, sentence: str) -> None:
        if self.sender() is self._comparison:
            self.old.show_text(self.tr("not measured"), tool_tip=sentence)

    def _use(self) -> None:
        new = self._new
        if new is not None:
            say_problems(self.problem.emit, lambda: self._model.use(new))

    def _update_use(self) -> None:
        used = self._model.bundle
        is_used = _is_same(used, self._new)
        if self._new is not None and used is not None:
            if is_used:
                self.new.show_name(used.card.name)  # it may have got another name since
            elif _is_same(used, self._old):
                self.old.show_name(used.card.name)
            else:  # a third one was taken in use
                self._compare(used)
        self.use.setEnabled(self._new is not None and not is_used)
        self.recommended.emit(self.is_recommended)
        self.use.setText(self.tr("This model is in use") if is_used else self.tr("Use this model"))
        self.new.show_caption(self.tr("New model, in use") if is_used else self.tr("New model"))
        self.old.show_caption(self.tr("Used before") if is_used else self.tr("Model in use"))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(MARGIN)
        for column, result in enumerate((self.new, self.old)):
            grid.addWidget(result, 0, column)
            grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addLayout(grid)
        layout.addStretch()
        layout.addWidget(self.use)


class ResultColumn(QWidget):
    """One model's test: accuracy in large type, mistakes, 95 % interval."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = _label(sized_font(self, 12), faint=True)
        self.name = _label(sized_font(self, 14))
        self.accuracy = _label(sized_font(self, 24, bold=True))
        self.mistakes = _label(sized_font(self, 13))
        self.interval = _label(sized_font(self, 13))
        self.meaning = _label(sized_font(self, 12), faint=True)
        self.interval.setToolTip(self.tr("Where the true accuracy lies in 95 of 100 cases"))
        for part in ("caption", "name", "accuracy", "mistakes", "interval", "meaning"):
            getattr(self, part).setObjectName(f"{name}{part.capitalize()}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for label in (self.caption, self.name, self.accuracy, self.mistakes, self.interval, self.meaning):
            layout.addWidget(label)

    def show_caption(self, caption: str) -> None:
        self.caption.setText(caption)

    def show_name(self, name: str) -> None:
        self.name.setText(name)
        self.name.setToolTip(plain_tool_tip(name))

    def show_result(self, result: Score | None) -> None:
        if result is None:
            self.show_text("–")
            return
        low, high = evaluation.wilson_interval(result.images - result.mistakes, result.images)
        self.accuracy.setText(accuracy_text(result.accuracy))
        self.accuracy.setToolTip(plain_tool_tip(result.data))
        self.mistakes.setText(evaluation.mistakes_text(result.mistakes))
        self.mistakes.setToolTip(mistakes_text(result.mistakes, result.images))
        self.interval.setText(accuracy_range_text(low, high))
        self.meaning.setText(self.tr("95 % interval"))

    def show_text(self, text: str, *, tool_tip: str = "") -> None:
        """Say `text` where the accuracy would stand."""
        self.accuracy.setText(text)
        self.accuracy.setToolTip(plain_tool_tip(tool_tip))
        self.mistakes.setText(" ")
        self.interval.setText(" ")
        self.meaning.setText(" ")


def evaluate(bundle: ModelBundle, source: str, checkpoint: Checkpoint) -> Score:
    """Test `bundle` with the test digits of `source`. Raises DataSetError, ModelError."""
    from core.datasets.loading import load_digits

    data = load_digits(source, checkpoint=checkpoint)
    recognize = Recognizer(bundle).probabilities
    return evaluation.measure_accuracy(recognize, data.test, data.test_origin, checkpoint=checkpoint)


def _is_same(one: ModelBundle | None, other: ModelBundle | None) -> bool:
    return one is not None and other is not None and one.folder == other.folder


def _label(font: QFont, *, faint: bool = False) -> QLabel:
    label = ElidedLabel(" ")
    label.setFont(font)
    label.setProperty("faint", faint)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return label
