"""Confidence: how honest it is, and what it brings to refuse unsure answers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSlider, QVBoxLayout, QWidget

from core.judging.model_tests import ModelTest
from core.judging.reliability import calibration_error, select
from core.models.library import ModelLibrary
from core.models.thresholds import save_threshold
from core.wording.percentages import probability_text
from gui.system.errors import report_problems
from gui.test.reliability_plot import ReliabilityPlot
from gui.widgets.button_row import make_button, make_button_row
from gui.widgets.card import Card
from gui.widgets.labels import make_heading, make_note
from gui.widgets.side_by_side import SideBySide
from gui.widgets.theme import MARGIN, SPACING

STEPS = 1_000
"""Of the slider: a tenth of a percent each."""


class ConfidencePage(QWidget):
    """The reliability diagram, and the threshold with what is left of the answers.

    Signals
    -------
    problem, information
        A sentence for the user: why the threshold was not saved, or where it was.
    saved
        The model that has the threshold now, a `ModelBundle`.
    """

    problem = Signal(str)
    information = Signal(str)
    saved = Signal(object)

    def __init__(self, library: ModelLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._test: ModelTest | None = None
        self.plot = ReliabilityPlot()
        self.error = make_note("calibrationError", lines=1)
        self.caption = QLabel()
        self.caption.setObjectName("refuseBelowCaption")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("refuseBelow")
        self.slider.setAccessibleName(self.tr("Refuse answers below"))
        self.slider.setRange(0, STEPS - 1)
        self.slider.setPageStep(STEPS // 100)
        self.selection = QLabel()
        self.selection.setObjectName("refuseBelowResult")
        self.selection.setWordWrap(True)
        self.save = make_button("refuseBelowSave", "")
        self.back = make_button("refuseBelowBack", self.tr("As saved"))
        self._lay_out()
        self.slider.valueChanged.connect(self._show_threshold)
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self._go_back)

    @property
    def refuse_below(self) -> float:
        """What is chosen, in [0, 1]."""
        return self.slider.value() / STEPS

    def show_test(self, test: ModelTest) -> None:
        """Show the answers of the model that was tested, with the threshold that it has."""
        self._test = test
        self.plot.show_test(test)
        points = 100 * calibration_error(test.model.answers)
        self.error.setText(self.tr("On average, confidence and accuracy differ by {0:.2f} points.").format(points))
        self._go_back()
        self._show_threshold()

    def _saved_threshold(self) -> float:
        return self._test.model.bundle.card.thresholds.reject_below if self._test is not None else 0.0

    def _go_back(self) -> None:
        self.slider.setValue(round(self._saved_threshold() * STEPS))

    def _show_threshold(self) -> None:
        test = self._test
        if test is None:
            return
        limits = test.model.bundle.card.thresholds
        self.plot.show_threshold(self.refuse_below)
        self.caption.setText(self.tr("Refuse below {0}").format(probability_text(self.refuse_below)))
        self.selection.setText(select(test.model.answers, limits, self.refuse_below).sentence)
        is_changed = self.slider.value() != round(self._saved_threshold() * STEPS)
        is_own = test.model.bundle.folder.parent == self._library.folder
        self.save.setText(self.tr("Save with the model") if is_own else self.tr("Save in a copy of the model"))
        self.save.setEnabled(is_changed)
        self.back.setEnabled(is_changed)

    def _save(self) -> None:
        test = self._test
        if test is not None:
            report_problems(self.problem.emit, lambda: self._save_now(test))

    def _save_now(self, test: ModelTest) -> None:
        bundle = save_threshold(self._library, test.model.bundle, self.refuse_below)
        text = self.tr("“{0}” refuses answers below {1}.")
        self.information.emit(text.format(bundle.title, probability_text(self.refuse_below)))
        self.saved.emit(bundle)

    def _lay_out(self) -> None:
        diagram, threshold = Card(), Card()
        column = diagram.make_column(bottom=MARGIN)
        note = make_note("reliabilityNote", lines=1)
        note.setText(
            self.tr("How often answers are right, over how sure the network was. Honest ones end at the dashed line.")
        )
        for part in (make_heading(self.tr("Reliability")), note, self.plot, self.error):
            column.addWidget(part)
        column.setStretch(2, 1)
        column = threshold.make_column(bottom=MARGIN)
        controls: list[QWidget] = [make_heading(self.tr("Threshold")), self.caption, self.slider, self.selection]
        for control in controls:
            column.addWidget(control)
        column.addWidget(make_button_row(self.save, self.back))
        column.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(SideBySide(diagram, threshold, shares=(3, 2), spacing=SPACING))
