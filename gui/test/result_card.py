"""The result of a test in a few lines, and the files that it can be saved in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from core.judging.disputed import DisputedLabels
from core.judging.model_tests import ModelTest
from core.models.card import Score
from core.recognition.evaluation import describe_accuracy, mistakes_text, wilson_interval
from core.recognition.recommendation import FEWEST_DIGITS
from core.wording.percentages import accuracy_range_text, counted_accuracy_text
from gui.widgets.button_row import make_menu_button
from gui.widgets.card import Card
from gui.widgets.flow_row import FlowRow
from gui.widgets.labels import make_faint_label, make_note
from gui.widgets.plain_text import breakable, plain_tool_tip
from gui.widgets.theme import MARGIN, set_text

LARGE = 28


class ResultCard(Card):
    """Accuracy in large type, with its interval; without disputed labels; beside the other model.

    Signals
    -------
    save_requested
        The suffix of the kind of file: "html", "pdf" or "csv".
    """

    save_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.accuracy = QLabel()
        self.accuracy.setObjectName("testAccuracy")
        set_text(self.accuracy, LARGE, bold=True)
        self.count, self.mistakes, self.interval = (make_faint_label() for _ in range(3))
        self.count.setObjectName("testCount")
        self.mistakes.setObjectName("testMistakes")
        self.interval.setObjectName("testInterval")
        self.interval.setToolTip(self.tr("It contains the true accuracy in 95 of 100 cases."))
        self.origin = make_note("testOrigin", lines=0)
        self.undisputed = make_note("testUndisputed", lines=0)
        self.comparison = QLabel()
        self.comparison.setObjectName("testComparison")
        self.comparison.setWordWrap(True)
        self.comparison.setTextFormat(Qt.TextFormat.PlainText)
        self.save, menu = make_menu_button("testSave", self.tr("Save"))
        for title, suffix in (
            (self.tr("Report as a web page…"), "html"),
            (self.tr("Report as PDF…"), "pdf"),
            (self.tr("All answers as a table (csv)…"), "csv"),
        ):
            menu.addAction(title).setData(suffix)
        menu.triggered.connect(lambda action: self.save_requested.emit(action.data()))
        column = self.make_column(bottom=MARGIN)
        column.addWidget(
            FlowRow(
                *(self.accuracy, self.count, self.mistakes, self.interval, self.save),
                spacing=MARGIN,
                last_at_end=True,
            )
        )
        for part in (self.origin, self.undisputed, self.comparison):
            column.addWidget(part)

    def show_test(self, test: ModelTest, disputed: DisputedLabels) -> None:
        """Show a test."""
        self.accuracy.setText(_accuracy(test.score))
        self._show_numbers(test.score)
        said = [self.tr("{0} on {1}.").format(test.model.title, test.origin), *test.notes]
        self.origin.setText(breakable(" ".join(said)))
        self.comparison.setText(breakable(self._comparison_text(test)))
        self.comparison.setVisible(test.other is not None)
        if test.comparison is not None:
            text = self.tr(
                "Between two models that are equally good, so great a difference has a probability of {0:.2g}."
            )
            self.comparison.setToolTip(plain_tool_tip(text.format(test.comparison.p)))
        self.show_disputed(test, disputed)

    def _show_numbers(self, score: Score) -> None:
        low, high = wilson_interval(score.images - score.mistakes, score.images)
        self.count.setText(self.tr("right") if _is_few(score) else self.tr("of {0:,} right").format(score.images))
        self.mistakes.setText(mistakes_text(score.mistakes))
        self.interval.setText(self.tr("95 % interval {0}").format(accuracy_range_text(low, high, score.images)))

    def show_disputed(self, test: ModelTest, disputed: DisputedLabels) -> None:
        """Show the score without the labels that are disputed, where any is."""
        score = test.model.answers.score(test.origin, disputed.undisputed()) if disputed else None
        self.undisputed.setVisible(score is not None)
        if score is not None:
            labels = self.tr("1 label") if len(disputed) == 1 else self.tr("{0:,} labels").format(len(disputed))
            text = self.tr("Without {0} that you dispute: {1}.")
            self.undisputed.setText(text.format(labels, describe_accuracy(score)))

    def _comparison_text(self, test: ModelTest) -> str:
        found, other = test.comparison, test.other
        score = other.answers.score(test.origin) if other is not None else None
        if found is None or other is None or score is None:
            return ""
        text = self.tr("Beside {0} ({1}): {2}.")
        return text.format(other.title, counted_accuracy_text(score.accuracy, score.images), found.words)


def _accuracy(score: Score) -> str:
    """ "99.66 %", or of so few that a percentage would promise too much "4 of 5"."""
    if _is_few(score):
        return f"{score.images - score.mistakes} of {score.images}"
    return counted_accuracy_text(score.accuracy, score.images).partition(" of ")[0]


def _is_few(score: Score) -> bool:
    """Whether a percentage would promise too much."""
    return score.images < FEWEST_DIGITS
