"""The digit on the pad, and how the network being trained reads it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.digits.arrays import Image
from core.training.events import CanvasGuess, Event
from core.wording.percentages import probability_text
from gui.train.epoch_slider import EpochSlider
from gui.train.phase import Phase
from gui.widgets.card import Card
from gui.widgets.fixed_size_label import FixedSizeLabel
from gui.widgets.labels import make_heading, make_note
from gui.widgets.pixel_view import PixelView
from gui.widgets.theme import MARGIN, current_colours, follow_text_scale, set_text, sized_font, text_pixels

SMALLEST_ROOM, LARGEST_PICTURE = (116, 100), 420
PICTURE_SHARE, COLUMNS_SHARE = 4, 5
"""Of the card's width."""


class GuessView(Card):
    """Shows how a digit is being learned. Nothing in it moves when the guess changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainGuess")
        self._has_digit = False
        self._phase = Phase.NONE
        self._is_replaying = False
        self.picture = PixelView(self.tr("The digit on the pad"))
        self.answer = QLabel()
        self.answer.setObjectName("trainGuessAnswer")
        self.answer.setAccessibleDescription(self.tr("The guess of the network in training"))
        set_text(self.answer, 28, bold=True)
        self.columns = ProbabilityColumns()
        self.slider = EpochSlider()
        self.hint = make_note("trainGuessHint", lines=2)
        self._lay_out()
        self._forget_guess()
        self._say_hint()

    def show_digit(self, image: Image | None) -> None:
        """Show the normalised digit on the pad, uint8 `(28, 28)`; None for a blank pad."""
        self._has_digit = image is not None
        self.picture.show_pixels(image)
        if image is None:
            self._forget_guess()
        self._say_hint()

    def show_event(self, event: Event) -> None:
        """Take what a run emits."""
        if isinstance(event, CanvasGuess) and not self._is_replaying:
            self._show_guess(event.probabilities)

    @property
    def is_replaying(self) -> bool:
        """Whether an epoch that is over answers."""
        return self._is_replaying

    def show_replayed(self, probabilities: tuple[float, ...] | None) -> None:
        """Show the answer of an epoch that is over, and nothing else until `show_live`; None for a blank pad."""
        self._is_replaying = True
        if probabilities is not None:
            self._show_guess(probabilities)
        self._say_hint()

    def show_live(self) -> None:
        """Show what the network in training guesses, from its next guess on."""
        self._is_replaying = False
        self._say_hint()

    def show_phase(self, phase: Phase) -> None:
        """Say what to expect in this phase of a run."""
        self._phase = phase
        if phase in (Phase.NONE, Phase.PREPARING):
            self._forget_guess()
        self._say_hint()

    def _show_guess(self, probabilities: tuple[float, ...]) -> None:
        if not self._has_digit:  # erased while the guess was under way
            return
        best = max(range(10), key=probabilities.__getitem__)
        self.answer.setText(f"{best}  ·  {probability_text(probabilities[best])}")
        self.columns.show_probabilities(probabilities)

    def _forget_guess(self) -> None:
        self.answer.setText("–")
        self.columns.show_probabilities((0.0,) * 10)

    def _say_hint(self) -> None:
        if self._has_digit:
            self.hint.setText(self._hint_of_phase())
        else:
            self.hint.setText(self.tr("Draw a digit or a number on the Draw tab to watch it being learned."))

    def _hint_of_phase(self) -> str:
        if self._is_replaying and self._phase is not Phase.NONE:
            return self.tr("This is how it read your digit then. Drag to the right end for the present.")
        match self._phase:
            case Phase.NONE if self._is_replaying:
                return self.tr("It has learned: draw, or drag to look back. Start training to teach another network.")
            case Phase.NONE:
                return self.tr("Start training to watch the network learn to read this digit.")
            case Phase.PREPARING:
                return self.tr("It guesses as soon as it learns; you can keep drawing meanwhile.")
            case Phase.TRAINING:
                return self.tr("It guesses several times a second; you can keep drawing meanwhile.")
            case Phase.PAUSED:
                return self.tr("It goes on learning when the training is resumed; draw, and it answers.")
            case _:
                return self.tr("It has stopped learning.")

    def _lay_out(self) -> None:
        heading = make_heading(self.tr("How it reads your digit"), wraps=True)
        row = QHBoxLayout()
        row.setSpacing(MARGIN)
        row.addWidget(PictureArea(self.picture), PICTURE_SHARE)
        beside = QVBoxLayout()
        beside.addWidget(self.columns, 1)
        beside.addStretch()  # keeps the columns below their answer on a high page
        row.addLayout(beside, COLUMNS_SHARE)
        layout = self.make_column()
        layout.addWidget(heading)
        layout.addWidget(FixedSizeLabel(self.answer))
        layout.addLayout(row, 1)
        layout.addWidget(self.slider)
        layout.addWidget(self.hint)


class PictureArea(QWidget):
    """Holds the picture as a square, as large as there is room for, at the top.

    The picture is in no layout, or the page could change it for ever: a larger one may need a scroll bar, which leaves
    less room for it.
    """

    def __init__(self, picture: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        picture.setParent(self)
        self.setMinimumSize(*SMALLEST_ROOM)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = min(self.width(), self.height(), LARGEST_PICTURE)
        self._picture.setGeometry(0, 0, side, side)
        super().resizeEvent(event)


class ProbabilityColumns(QWidget):
    """Ten small columns, one for each digit, with the digits below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainGuessColumns")
        self.setAccessibleName(self.tr("Probabilities"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.probabilities: tuple[float, ...] = (0.0,) * 10
        follow_text_scale(self._fit_text)

    def show_probabilities(self, probabilities: tuple[float, ...]) -> None:
        """Show ten numbers in [0, 1]; all zero for no answer."""
        self.probabilities = probabilities
        spoken = ", ".join(f"{digit}: {probability_text(p)}" for digit, p in enumerate(probabilities))
        self.setAccessibleDescription(spoken if any(probabilities) else "")
        self.update()

    def _fit_text(self) -> None:
        self.setMinimumSize(text_pixels(140), text_pixels(60))
        self.setMaximumHeight(text_pixels(320))

    def sizeHint(self) -> QSize:
        return QSize(text_pixels(180), text_pixels(84))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / 10
        best = max(self.probabilities)
        for digit, probability in enumerate(self.probabilities):
            cell = QRectF(digit * step, 0, step, self.height())
            self._paint_column(painter, digit, probability, cell, is_best=probability == best > 0)
        painter.end()

    def _paint_column(self, painter: QPainter, digit: int, probability: float, cell: QRectF, *, is_best: bool) -> None:
        colours = current_colours()
        painter.setFont(sized_font(self, 12, bold=is_best))
        painter.setPen(QColor(colours.text if is_best else colours.faint_text))
        height = text_pixels(16)
        foot = QRectF(cell.left(), cell.bottom() - height, cell.width(), height)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, str(digit))
        track = QRectF(cell.center().x() - 4, 0, 8, cell.height() - height - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.track))
        painter.drawRoundedRect(track, 4, 4)
        if probability < 0.0005:
            return
        bar = QRectF(track)
        bar.setTop(track.bottom() - max(track.height() * probability, 8.0))
        painter.setBrush(QColor(colours.accent if is_best else colours.faint_text))
        painter.drawRoundedRect(bar, 4, 4)
