"""The panel to try it: damage the drawing, and see what the network still reads."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.digits.arrays import SIDE
from core.recognition.answer_text import digit_sentence, verdict_text
from core.recognition.recognizer import Recognition, Verdict
from gui.inside.curve_view import CurveView
from gui.inside.damage_sliders import TITLES, DamageSliders
from gui.inside.looking import Damage, Insight, Tried
from gui.inside.pad_column import with_percent
from gui.inside.panel import InsidePanel
from gui.inside.terms import Term
from gui.inside.word import Word
from gui.widgets.button_row import make_button
from gui.widgets.labels import make_faint_label
from gui.widgets.pixel_view import PixelView
from gui.widgets.side_by_side import SideBySide
from gui.widgets.theme import MARGIN, set_text

ZOOM = 4


class TryPanel(InsidePanel):
    """Sliders beside the damaged picture, its answer, and the curve over the slider that was moved last.

    Signals
    -------
    damage_changed
        Another damage is wanted.
    """

    damage_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sliders = DamageSliders()
        self.reset = make_button("tryReset", self.tr("Reset"))
        self.picture = PixelView(self.tr("the damaged picture"))
        self.picture.setFixedSize(SIDE * ZOOM, SIDE * ZOOM)
        self.answer = QLabel()
        self.answer.setObjectName("tryAnswer")
        self.answer.setWordWrap(True)
        set_text(self.answer, 15, bold=True, lines=2, may_be_higher=True)
        self.undamaged = make_faint_label(pixels=13)
        self.undamaged.setWordWrap(True)
        self.curve_title = Word(self.tr("Curve"), Term.CURVE)
        self.curve_legend = make_faint_label(pixels=12)
        self.curve_legend.setWordWrap(True)
        self.curve = CurveView()
        self.sliders.changed.connect(self._follow_sliders)
        self.reset.clicked.connect(self.sliders.reset)
        self.reset.setToolTip(self.tr("Set all sliders back"))
        self.reset.setEnabled(False)
        self._lay_out()

    @property
    def damage(self) -> Damage:
        """What is wanted now."""
        return self.sliders.damage

    def show_insight(self, insight: Insight) -> None:
        """Show the damaged drawing and its curve."""
        if insight.tried is not None:
            self.show_content()
            self._show_tried(insight.tried, insight.request.damage)

    def _show_tried(self, tried: Tried, damage: Damage) -> None:
        self.picture.show_pixels(tried.image)
        self.answer.setText(with_percent(said_of(tried.answer)))
        before = with_percent(said_of(tried.undamaged))
        self.undamaged.setText(self.tr("Without damage: {0}").format(before))
        self.curve_title.setText(self.tr("The answer over “{0}”").format(TITLES[damage.kind]))
        legend = self.tr("Thick: {0}. Thin: the best of the others. Below: what is read, – for no digit.")
        self.curve_legend.setText(legend.format(tried.undamaged.digit))
        self.curve.show_curve(tried.curve, tried.undamaged.digit, damage.amount(damage.kind))

    def _follow_sliders(self) -> None:
        self.reset.setEnabled(self.sliders.is_changed)
        self.damage_changed.emit()

    def _lay_out(self) -> None:
        left, right, beside = QWidget(), QWidget(), QWidget()
        columns = QVBoxLayout(left), QVBoxLayout(right), QVBoxLayout(beside)
        for column in columns:
            column.setContentsMargins(0, 0, 0, 0)
        columns[0].addWidget(self.sliders)
        columns[0].addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        columns[2].addWidget(self.answer)
        columns[2].addWidget(self.undamaged)
        columns[2].addStretch()
        columns[1].addWidget(SideBySide(self.picture, beside, shares=(0, 1), spacing=MARGIN))
        columns[1].addWidget(self.curve_title)
        columns[1].addWidget(self.curve)
        columns[1].addWidget(self.curve_legend)
        for column in columns[:2]:
            column.addStretch()
        self.content.addWidget(SideBySide(left, right, shares=(1, 1), spacing=2 * MARGIN))


def said_of(answer: Recognition) -> str:
    """An answer in a line: "7, 97.8 %"; "not a digit, at best a 7"; or that nothing is left."""
    if answer.digit is None:
        return "nothing is left to read"
    if answer.verdict == Verdict.NOT_A_DIGIT:
        return f"{verdict_text(answer)}, at best a {answer.digit}"
    return digit_sentence(answer)
