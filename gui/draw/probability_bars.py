"""Ten bars: how probable each digit is."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.recognition.answer_text import saying_of
from core.recognition.answers import named_digits
from core.recognition.recognizer import Recognition
from core.wording.percentages import probability_text
from gui.widgets.theme import current_colours, follow_text_scale, sized_font, text_pixels

ROW, TIGHT_ROW, TALLEST_ROW = 15, 13, 46
DIGIT_WIDTH, PERCENT_WIDTH = 24, 64
SHORTEST_BAR = 30


class ProbabilityBars(QWidget):
    """Ten bars, one for each digit, with percentages.

    Signals
    -------
    chosen
        The digit whose bar was clicked, or reached with the arrow keys: somebody wants to compare the answer with it.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("probabilities")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # spares Qt painting the card below with each answer
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Probabilities"))
        self.probabilities: tuple[float, ...] = (0.0,) * 10
        self._is_blank = True
        self._may_be_no_digit = False
        self._marked: tuple[int, ...] = ()
        self._compared: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._least_row = ROW
        follow_text_scale(self._fit_text)

    def show_answer(self, answer: Recognition, announcement: Recognition | None) -> None:
        """Show the probabilities of `answer`, and mark the digit, or both candidates, of the `announcement`."""
        before = self._looks()
        self.probabilities = answer.probabilities
        self._is_blank = answer.digit is None
        self._may_be_no_digit = saying_of(announcement).may_be_no_digit
        self._marked = named_digits(announcement)
        spoken = ", ".join(f"{digit}: {probability_text(p)}" for digit, p in enumerate(self.probabilities))
        self.setAccessibleDescription("" if self._is_blank or self._may_be_no_digit else spoken)
        for digit, (old, new) in enumerate(zip(before, self._looks(), strict=True)):
            if new != old:
                self.update(self._row(digit).toAlignedRect())

    def compare_with(self, digit: int | None) -> None:
        """Mark the digit that the answer is compared with; None: there is none."""
        self._compared = digit
        self.update()

    def set_tight(self, is_tight: bool) -> None:
        """Let the rows be as low as can be, or leave the usual room between their texts."""
        self._least_row = TIGHT_ROW if is_tight else ROW
        self._fit_text()

    def _fit_text(self) -> None:
        width = text_pixels(DIGIT_WIDTH + PERCENT_WIDTH) + SHORTEST_BAR
        self.setMinimumSize(width, 10 * text_pixels(self._least_row))

    def _looks(self) -> list[tuple[object, ...]]:
        """For each row, a value that changes whenever what is painted in it does."""
        common = (self._is_blank, self._may_be_no_digit)
        return [
            (probability_text(probability), digit in self._marked, *common)
            for digit, probability in enumerate(self.probabilities)
        ]

    def _row(self, digit: int) -> QRectF:
        height = min(self.height() / 10, text_pixels(TALLEST_ROW))
        return QRectF(0, digit * height, self.width(), height)

    def _may_be_compared(self) -> bool:
        return not self._is_blank

    def sizeHint(self) -> QSize:
        # no more than the least: in a low window nothing should need scrolling
        return QSize(text_pixels(300), self.minimumHeight())

    def event(self, event: QEvent) -> bool:
        # not by setToolTip, which would also be read aloud where the probabilities are not
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._may_be_compared():
            QToolTip.showText(event.globalPos(), self.tr("Click a bar to see why it is not that digit"), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        digit = int(event.position().y() // self._row(0).height())
        if event.button() == Qt.MouseButton.LeftButton and self._may_be_compared() and 0 <= digit < 10:
            self.chosen.emit(digit)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not self._may_be_compared():
            super().keyPressEvent(event)
            return
        answer = max(range(10), key=self.probabilities.__getitem__)
        at = answer if self._compared is None else self._compared
        self.chosen.emit((at + step) % 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # beyond the edge, where no other widget paints the part of a screen pixel that is left at 125 % or 150 %
        painter.fillRect(self.rect().adjusted(-1, -1, 1, 1), QColor(current_colours().card))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fonts = {is_bold: sized_font(self, 14, bold=is_bold) for is_bold in (False, True)}
        for digit in range(10):
            row = self._row(digit)
            if event.region().intersects(row.toAlignedRect()):
                painter.setFont(fonts[digit in self._marked or digit == self._compared])
                self._paint_row(painter, digit, row)
        painter.end()

    def _paint_row(self, painter: QPainter, digit: int, row: QRectF) -> None:
        colours, probability = current_colours(), self.probabilities[digit]
        is_marked = digit in self._marked
        is_compared = digit == self._compared
        text = QColor(colours.speaks_against if is_compared else colours.text if is_marked else colours.faint_text)
        painter.setPen(text)
        left, right = text_pixels(DIGIT_WIDTH), text_pixels(PERCENT_WIDTH)
        painter.drawText(QRectF(row.left(), row.top(), left, row.height()), Qt.AlignmentFlag.AlignVCenter, str(digit))
        thick = max(8.0, row.height() * 0.3)
        track = QRectF(row.left() + left, row.center().y() - thick / 2, row.width() - left - right - 10, thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.track))
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        if self._is_blank:
            return
        bar = QRectF(track)
        bar.setWidth(max(track.width() * probability, thick if probability >= 0.0005 else 0.0))
        painter.setBrush(self._bar_colour(is_marked=is_marked))
        painter.drawRoundedRect(bar, thick / 2, thick / 2)
        if self._may_be_no_digit:  # “> 99.9 %” beside “not a digit”, or “or no digit?”, would be a contradiction
            return
        painter.setPen(text)
        place = QRectF(row.right() - right, row.top(), right, row.height())
        painter.drawText(
            place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, probability_text(probability)
        )

    def _bar_colour(self, *, is_marked: bool) -> QColor:
        colours = current_colours()
        colour = QColor(colours.accent if is_marked else colours.faint_text)
        if self._may_be_no_digit:
            colour.setAlphaF(0.45)
        return colour
