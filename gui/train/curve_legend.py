"""The legend of the curves: what lines and marks mean."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.train.plot_painting import SIGN_SIZE, Sign, paint_sign
from gui.widgets.flow_row import FlowRow
from gui.widgets.labels import make_faint_label
from gui.widgets.theme import MARGIN

LEGEND_PIXELS = 12


class CurveLegend(QWidget):
    """Explains the signs; those of validation and of earlier runs only while there are any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._validation_text = make_faint_label(self.tr("validation, each epoch"), pixels=LEGEND_PIXELS)
        self._validation_text.setObjectName("trainLegendValidation")
        self._validation = legend_entry(Sign.MARK, self._validation_text)
        self._earlier = legend_entry(Sign.EARLIER, self._label(self.tr("earlier runs")))
        row = FlowRow(
            legend_entry(Sign.SPREAD, self._label(self.tr("training, each batch"))),
            legend_entry(Sign.MEAN, self._label(self.tr("training, running mean"))),
            self._validation,
            self._earlier,
            self._label(self.tr("epochs →")),
            spacing=MARGIN,
            last_at_end=True,
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row)
        self.show_earlier(False)

    def show_validation(self, images: int) -> None:
        """Explain the marks of validation, and of how many digits they are: with few, a mark is mostly chance."""
        if images:
            self._validation_text.setText(self.tr("validation, of {0:,}").format(images))
        self._validation.setVisible(images > 0)

    def show_earlier(self, is_shown: bool) -> None:
        """Explain the lines of earlier runs, or not."""
        self._earlier.setVisible(is_shown)

    def _label(self, text: str) -> QLabel:
        return make_faint_label(text, pixels=LEGEND_PIXELS)


def legend_entry(sign: Sign, text: QWidget) -> QWidget:
    """The `sign`, and beside it its explanation."""
    entry = QWidget()
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(LegendSample(sign))
    row.addWidget(text)
    return entry


class LegendSample(QWidget):
    """A piece of the line, or the mark."""

    def __init__(self, sign: Sign, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self.setFixedSize(SIGN_SIZE.toSize())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_sign(painter, self._sign, QRectF(self.rect()))
        painter.end()
