"""The user's own sample that decided an answer, small, beside the answer."""

from PySide6.QtCore import QCoreApplication, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from core.samples.sample import Sample
from gui.recognition.sample_words import kept_on_text
from gui.widgets.digit_pictures import Pictures
from gui.widgets.pixel_view import paint_frame
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import current_colours, follow_theme, text_pixels

SIDES = 56, 42, 28, 21
"""In pixels at texts' actual size; the largest one that fits is used."""
AROUND = 2
"""Free above and below, in pixels."""
FEW = 20
"""Pictures that are remembered."""


class SampleThumbnail(QAbstractButton):
    """Hidden where no sample decided, or there is no room for it.

    Signals
    -------
    chosen
        The number of the sample that somebody wants to see.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("decidingSample")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sample: Sample | None = None
        self._pictures = Pictures(FEW)
        self.clicked.connect(self._choose)
        self.hide()
        follow_theme(self._take_colours)

    def show_sample(self, sample: Sample | None) -> None:
        """Show the sample that decided; None where none did. `place` decides whether there is room for it."""
        if sample is self.sample:
            return
        self.sample = sample
        if sample is not None:
            said = kept_on_text(sample)
            self.setToolTip(plain_tool_tip(said))
            self.setAccessibleName(QCoreApplication.translate("SampleThumbnail", "Like one of yours: {0}").format(said))
            self.update()

    def place(self, room: QRect) -> None:
        """Stand at the right end of `room`, as large as that allows."""
        sides = [text_pixels(side) for side in SIDES]
        side = next((side for side in sides if side <= min(room.width(), room.height() - 2 * AROUND)), 0)
        is_shown = self.sample is not None and side > 0
        if is_shown:
            self.setGeometry(room.right() + 1 - side, room.top() + (room.height() - side) // 2, side, side)
        if is_shown == self.isHidden():
            if self.hasFocus():
                self.clearFocus()
            self.setVisible(is_shown)

    def _choose(self) -> None:
        if self.sample is not None:
            self.chosen.emit(self.sample.id)

    def _take_colours(self) -> None:
        self._pictures.take_colours()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.sample is None:
            return
        colours = current_colours()
        painter = QPainter(self)
        self._pictures.paint(painter, self.rect(), self.sample, self.devicePixelRatioF())
        is_marked = self.underMouse() or self.hasFocus()
        paint_frame(painter, self.rect(), QColor(colours.accent if is_marked else colours.border))
        painter.end()
