"""Pairs of samples that look alike and were kept as different digits."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.samples.sample import Sample
from gui.digits.picture_button import Picture, PictureButton
from gui.recognition.sample_words import label_text
from gui.widgets.card import Card
from gui.widgets.flow_row import FlowRow
from gui.widgets.labels import make_heading, make_note
from gui.widgets.theme import MARGIN

MOST_SHOWN = 6
Pair = tuple[Sample, Sample]


class Disagreements(Card):
    """Shows pairs, or nothing where there are none.

    Signals
    -------
    chosen
        The ids of a pair that was clicked.
    """

    chosen = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("disagreements")
        self.heading = make_heading(wraps=True)
        self.note = make_note("disagreementsNote", lines=2)
        self.buttons = [PictureButton() for _ in range(MOST_SHOWN)]
        for button in self.buttons:
            button.clicked.connect(self._choose)
        column = self.make_column(bottom=MARGIN)
        column.addWidget(self.heading)
        column.addWidget(self.note)
        column.addWidget(FlowRow(*self.buttons, spacing=8))
        self.show_pairs([])

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show the first of these pairs."""
        self.setVisible(bool(pairs))
        if len(pairs) == 1:
            self.heading.setText(self.tr("These two disagree"))
            note = self.tr("They look alike, but were kept as different digits. Click to select both.")
        else:
            self.heading.setText(self.tr("{0} pairs disagree").format(len(pairs)))
            note = self.tr("Two look alike, but were kept as different digits. Click to select both.")
        self.note.setText(note)
        for number, button in enumerate(self.buttons):
            pair = pairs[number] if number < len(pairs) else ()
            names = [label_text(sample.label) for sample in pair]
            said = self.tr("Two that look alike, kept as {0}").format(self.tr(" and as ").join(names))
            button.show_pictures([Picture(one, label_text(one.label), "doubtful") for one in pair], said)

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, PictureButton):
            self.chosen.emit(button.ids())
