"""The panel of the neighbours: training digits that the network finds most like the drawing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.explaining.explainer import Explainer
from core.explaining.neighbours import Neighbour
from core.pad.content import PictureInk
from gui.inside.looking import Insight
from gui.inside.neighbours_view import NeighboursView
from gui.inside.panel import InsidePanel
from gui.widgets.labels import make_faint_label


class NeighboursPanel(InsidePanel):
    """Shows the eight nearest.

    Signals
    -------
    put_on_pad
        `(PictureInk)`: somebody wants one of them on the pad.
    """

    put_on_pad = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = NeighboursView()
        self.view.taken.connect(self._take)
        note = make_faint_label(self.tr("Label and distance. Click one to put it on the pad."), pixels=13)
        note.setWordWrap(True)
        self.content.addWidget(note)
        self.content.addWidget(self.view)

    def show_explainer(self, explainer: Explainer) -> None:
        """Say whether there are digits to compare with."""
        self.view.show_neighbours([])
        if explainer.explanation.neighbours is None:
            self.say(without_digits(explainer, self.tr("{0} was saved without the digits that it learned from.")))

    def show_insight(self, insight: Insight) -> None:
        """Show the neighbours of a drawing."""
        if insight.neighbours:
            self.view.show_neighbours(insight.neighbours)
            self.show_content()

    def _take(self, neighbour: Neighbour) -> None:
        self.put_on_pad.emit(as_content(neighbour))


def as_content(neighbour: Neighbour) -> PictureInk:
    """What is on the pad with a training digit on it."""
    return PictureInk(neighbour.image, name=f"{neighbour.source} {neighbour.index + 1}")


def without_digits(explainer: Explainer, sentence: str) -> str:
    """Why there is nothing to compare with; {0} in `sentence` stands for the model's title."""
    return explainer.problem or sentence.format(explainer.bundle.title)
