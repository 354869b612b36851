"""Which digits the network mistook for which after an epoch."""

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from core.digits.arrays import CLASSES
from core.training.snapshots import Confusion
from core.wording.percentages import counted_accuracy_text
from gui.train.time_machine import TimeMachine
from gui.widgets.labels import make_note
from gui.widgets.theme import MARGIN, current_colours, follow_text_scale, sized_font, text_pixels

CELL_TEXT, LABEL_TEXT = 10, 11
LEAST_CELL, MOST_CELL = 11, 44
EDGE = 32
"""For the digits beside and above the cells, and what they are."""
RIGHT_SHARE, WRONG_SHARE = 0.35, 0.9
"""Opacity of a cell with all digits of its row: right ones are the ground, mistakes stand out."""
SPOKEN = 5


class ConfusionPage(QWidget):
    """Shows the confusion matrix of the epoch that a `TimeMachine` looks at."""

    def __init__(self, machine: TimeMachine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._machine = machine
        self.title = make_note("trainConfusionTitle", lines=1)
        self.matrix = ConfusionMatrix()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN - 5, 6, MARGIN - 5, 4)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.matrix, 1)
        machine.changed.connect(self._show_epoch)

    def _show_epoch(self) -> None:
        if not self.isVisible():
            return
        look = self._machine.look()
        confusion = look.confusion if look is not None else None
        self.matrix.show_confusion(confusion)
        if look is None or confusion is None:
            self.title.setText(self.tr("After each epoch, this shows which digits are mistaken for which."))
            return
        right, total = int(np.trace(confusion)), int(confusion.sum())
        share = counted_accuracy_text(right / max(total, 1), total).partition(" of ")[0]
        self.title.setText(self.tr("After epoch {0:,}: {1} right of {2}").format(look.epoch, share, look.watched))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_epoch()


class ConfusionMatrix(QWidget):
    """Rows are what a digit is, columns what it was read as."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainConfusion")
        self.setAccessibleName(self.tr("Confusion matrix"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.confusion: Confusion | None = None
        follow_text_scale(self._fit_text)

    def show_confusion(self, confusion: Confusion | None) -> None:
        """Show `[truth, guess]`, `(10, 10)`; None for none."""
        self.confusion = confusion
        self.setAccessibleDescription("" if confusion is None else self._spoken(confusion))
        self.update()

    def _spoken(self, confusion: Confusion) -> str:
        """The most frequent mistakes."""
        wrong = confusion.copy()
        np.fill_diagonal(wrong, 0)
        worst = [divmod(int(place), CLASSES) for place in np.argsort(-wrong, axis=None)[:SPOKEN]]
        said = [self._cell_text(truth, guess) for truth, guess in worst if wrong[truth, guess]]
        return "; ".join(said) or self.tr("No mistakes")

    def _cell_text(self, truth: int, guess: int) -> str:
        assert self.confusion is not None
        count = int(self.confusion[truth, guess])
        return self.tr("{0} read as {1}: {2:,}").format(truth, guess, count)

    def _fit_text(self) -> None:
        side = text_pixels(EDGE + CLASSES * LEAST_CELL)
        self.setMinimumSize(side, side)
        self.update()

    def _cells(self) -> QRectF:
        """The area of all cells together."""
        edge = text_pixels(EDGE)
        room = min(self.width() - edge, 2 * (self.height() - edge), CLASSES * 2 * text_pixels(MOST_CELL))
        height = min(self.height() - edge, room, CLASSES * text_pixels(MOST_CELL))
        return QRectF(edge, edge, room, height)

    def _cell(self, truth: int, guess: int) -> QRectF:
        cells = self._cells()
        width, height = cells.width() / CLASSES, cells.height() / CLASSES
        return QRectF(cells.left() + guess * width, cells.top() + truth * height, width, height)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_labels(painter)
        painter.setFont(sized_font(self, CELL_TEXT))
        for truth in range(CLASSES):
            for guess in range(CLASSES):
                self._paint_cell(painter, truth, guess)
        painter.end()

    def _paint_labels(self, painter: QPainter) -> None:
        cells, line = self._cells(), text_pixels(EDGE) / 2
        painter.setFont(sized_font(self, LABEL_TEXT))
        painter.setPen(QColor(current_colours().faint_text))
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(cells.left(), 0, cells.width(), line), centre, self.tr("read as"))
        for digit in range(CLASSES):
            above, beside = self._cell(0, digit), self._cell(digit, 0)
            painter.drawText(QRectF(above.left(), line, above.width(), line), centre, str(digit))
            painter.drawText(QRectF(line, beside.top(), line, beside.height()), centre, str(digit))
        painter.translate(0, cells.bottom())
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, cells.height(), line), centre, self.tr("is"))
        painter.resetTransform()

    def _paint_cell(self, painter: QPainter, truth: int, guess: int) -> None:
        colours, cell = current_colours(), self._cell(truth, guess).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(cell, QColor(colours.track))
        if self.confusion is None or not self.confusion[truth, guess]:
            return
        count = int(self.confusion[truth, guess])
        share = count / int(self.confusion[truth].sum())
        colour = QColor(colours.training if truth == guess else colours.validation)
        colour.setAlphaF(RIGHT_SHARE * share if truth == guess else min(0.25 + 3 * share, WRONG_SHARE))
        painter.fillRect(cell, colour)
        painter.setPen(QColor(colours.text))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, f"{count}")

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.confusion is not None:
            at = [(truth, guess) for truth in range(CLASSES) for guess in range(CLASSES)]
            found = [place for place in at if self._cell(*place).contains(event.pos())]
            QToolTip.showText(event.globalPos(), self._cell_text(*found[0]) if found else "", self)
            return True
        return super().event(event)
