"""A few digits of the chosen data, each above its label."""

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from core.datasets.digit_sets import DigitSet
from gui.system.background import Background, Checkpoint
from gui.train.digit_grid import DIGIT_SIDE, GAP, DigitGrid, paint_digit
from gui.widgets.theme import current_colours

COLUMNS = 6
OTHERS = 90  # fifteen clicks before the first come again


class DataSamples(DigitGrid):
    """The first digits, as tutorials show them, then others with every click. They are read in the background.

    Attributes
    ----------
    source
        Where they are from, or are being read from; "" for none.
    digits
        The store of the user's own digits; None for the one in DigitPad's data folder.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("trainDataSamples", parent)
        self.describe(
            self.tr("Digits of this data; press for others"),
            self.tr("Digits of this data, each above its label. Click for others."),
        )
        self.source = ""
        self.digits: Path | None = None
        self._digits: DigitSet | None = None
        self._first = 0
        self._reading: Background | None = None
        self.clicked.connect(self.show_others)

    @property
    def shown(self) -> DigitSet | None:
        """The digits that can be seen now; None before they are read."""
        return None if self._digits is None else self._digits.take(slice(self._first, self._first + COLUMNS))

    def show_source(self, source: str) -> None:
        """Read digits of `source`, which was checked, and show them. What is shown of it stays until then."""
        if source == self.source:
            self._stop_reading()
        else:
            self.clear()
        self.source, digits = source, self.digits
        what = "Reading a few digits"
        self._reading = Background(lambda checkpoint: _read(source, digits, checkpoint), what, can_be_left=True)
        self._reading.done.connect(self._take)
        self._reading.begin()

    def clear(self) -> None:
        """Show none: the data is not known yet."""
        self._stop_reading()
        self._digits = None
        self.source = ""
        self._show(0)

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def show_others(self) -> None:
        """Show the next few; after the last the first."""
        if self._digits is not None:
            following = self._first + COLUMNS
            self._show(following if following < len(self._digits) else 0)

    def _take(self, digits: DigitSet) -> None:
        if self.sender() is self._reading:
            self._digits = digits
            self._show(0)

    def _show(self, first: int) -> None:
        self._first = first
        labels = [] if self.shown is None else self.shown.labels.tolist()
        self.setAccessibleDescription(self.tr("labelled {0}").format(", ".join(map(str, labels))) if labels else "")
        self.update()

    def sizeHint(self) -> QSize:
        last = self._label_rect(COLUMNS - 1)
        return QSize(last.right() + 3, last.bottom() + 3)

    def paint_digits(self, painter: QPainter) -> None:
        shown = self.shown
        for column in range(COLUMNS):
            if shown is None or column >= len(shown):
                painter.fillRect(_cell(column), QColor(current_colours().track))
                continue
            paint_digit(painter, _cell(column), shown.images[column])
            painter.setPen(QColor(current_colours().faint_text))
            painter.drawText(self._label_rect(column), Qt.AlignmentFlag.AlignCenter, str(shown.labels[column]))

    def _label_rect(self, column: int) -> QRect:
        cell = _cell(column)
        return QRect(cell.left(), cell.bottom() + 2, cell.width(), self.fontMetrics().height())


def _cell(column: int) -> QRect:
    return QRect(2 + column * (DIGIT_SIDE + GAP), 2, DIGIT_SIDE, DIGIT_SIDE)


def _read(source: str, digits: Path | None, checkpoint: Checkpoint) -> DigitSet:
    from core.datasets.sources import find_source

    return find_source(source, digits).samples(COLUMNS, OTHERS, checkpoint)
