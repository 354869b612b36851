"""The panel of the map: all training digits of the model, and where the drawing is among them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from core.explaining.explainer import Explainer
from core.explaining.neighbours import NeighbourIndex
from core.pad.content import PictureInk
from gui.inside.looking import Insight
from gui.inside.map_points import map_points
from gui.inside.map_view import STEP, MapView
from gui.inside.neighbours_panel import without_digits
from gui.inside.panel import InsidePanel
from gui.widgets.button_row import make_button_row
from gui.widgets.labels import make_faint_label

HOW_TO = (
    "The wheel zooms, dragging moves the map, a click puts a digit on the pad. With the keyboard: + − 0 and arrows."
)


class MapPanel(InsidePanel):
    """Shows the map with its buttons, and says which digit is pointed at.

    Signals
    -------
    put_on_pad
        `(PictureInk)`: somebody wants a training digit on the pad.
    """

    put_on_pad = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = MapView()
        self.view.pointed.connect(self._tell)
        self.view.taken.connect(self._take)
        self.line = make_faint_label(pixels=13)
        self.line.setObjectName("mapDigit")
        self.line.setWordWrap(True)
        self._index: NeighbourIndex | None = None
        self._zoom_in = self._make_button("mapZoomIn", "+", self.tr("Zoom in"))
        self._zoom_out = self._make_button("mapZoomOut", "−", self.tr("Zoom out"))
        self._whole = self._make_button("mapWhole", self.tr("Whole map"), self.tr("Show the whole map"))
        self._zoom_in.clicked.connect(self.zoom_in)
        self._zoom_out.clicked.connect(self.zoom_out)
        self._whole.clicked.connect(self.show_whole)
        self.content.addWidget(make_button_row(self._zoom_in, self._zoom_out, self._whole))
        self.content.addWidget(self.view)
        self.content.addWidget(self.line)
        self._tell(None)

    def zoom_in(self) -> None:
        """Show a smaller part of the map."""
        self.view.zoom_by(STEP)

    def zoom_out(self) -> None:
        """Show a larger part of the map."""
        self.view.zoom_by(1 / STEP)

    def show_whole(self) -> None:
        """Show all of the map."""
        self.view.zoom_by(0)

    def show_explainer(self, explainer: Explainer) -> None:
        """Show this model's map."""
        self._index = explainer.explanation.neighbours
        if self._index is None:
            self.view.show_points(None)
            self.say(without_digits(explainer, self.tr("{0} was saved without the digits that make its map.")))
            return
        self.view.show_points(map_points(self._index))

    def show_insight(self, insight: Insight) -> None:
        """Show where the drawing is."""
        if self._index is not None and insight.place is not None:
            self.show_content()
            self.view.show_own(insight.place)

    def _tell(self, index: int | None) -> None:
        if index is None or self._index is None:
            self.line.setText(self.tr(HOW_TO))
        else:
            text = self.tr("A {0}, number {1:,} of {2}.")
            number = int(self._index.indices[index]) + 1
            self.line.setText(text.format(int(self._index.labels[index]), number, self._index.source))
        self.view.setAccessibleDescription(self.line.text())

    def _take(self, index: int) -> None:
        if self._index is not None:
            name = f"{self._index.source} {int(self._index.indices[index]) + 1}"
            self.put_on_pad.emit(PictureInk(self._index.images[index], name=name))

    def _make_button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        return button
