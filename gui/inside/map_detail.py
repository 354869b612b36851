"""A feature map seen large, with its kernels and the computation behind the value that is pointed at."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.explaining.layers import Convolution
from core.explaining.network import LayeredNetwork
from core.explaining.pixels import explain_pixel
from core.explaining.stages import Stage
from gui.inside.big_map import BigMap
from gui.inside.kernels_view import KernelsView
from gui.inside.looking import LayersSeen
from gui.inside.pixel_texts import pixel_text
from gui.inside.sum_view import SumView
from gui.widgets.card import Card
from gui.widgets.icons import icon
from gui.widgets.labels import make_faint_label
from gui.widgets.side_by_side import SideBySide
from gui.widgets.theme import MARGIN, follow_theme, set_text


class MapDetail(Card):
    """Shows one map of one stage. Pointing at a value shows the multiplication that made it.

    Signals
    -------
    closed
        Nobody wants to see it any more.
    """

    closed = Signal()

    def __init__(self, network: LayeredNetwork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapDetail")
        self._network = network
        self._stage: Stage | None = None
        self._channel = 0
        self._seen: LayersSeen | None = None
        self.title = QLabel()
        set_text(self.title, 14, bold=True)
        self.title.setWordWrap(True)
        self.map, self.kernels, self.sum = BigMap(), KernelsView(), SumView()
        self.kernels_title, self.text = make_faint_label(pixels=13), QLabel()
        for label in (self.kernels_title, self.text):
            label.setWordWrap(True)
        self.text.setObjectName("pixelText")
        set_text(self.text, 13, lines=4, may_be_higher=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.close_button = QToolButton()
        self.close_button.setObjectName("mapDetailClose")
        self.close_button.setAccessibleName(self.tr("Close the large map"))
        self.close_button.setToolTip(self.tr("Close the large map"))
        self.close_button.clicked.connect(self.closed)
        self.map.pointed.connect(self._show_pixel)
        follow_theme(self._draw_icon)
        self._lay_out()

    @property
    def stage(self) -> Stage | None:
        """The stage whose map is shown."""
        return self._stage

    @property
    def channel(self) -> int:
        """The map that is shown, from 0."""
        return self._channel

    def show_map(self, stage: Stage, channel: int, title: str) -> None:
        """Show another map, called `title`."""
        self._stage, self._channel = stage, channel
        self.title.setText(title)
        self.map.setAccessibleName(title)
        layer = self._network.layers[stage.start]
        for part in (self.kernels, self.kernels_title):
            part.setVisible(isinstance(layer, Convolution))
        if isinstance(layer, Convolution):
            kernels = layer.kernel[..., channel]
            height, width, count = kernels.shape
            many = self.tr("Its {0} kernels, {1}×{2}, one for each map before it:")
            text = self.tr("Its kernel, {1}×{2}:") if count == 1 else many
            self.kernels_title.setText(text.format(count, height, width))
            self.kernels.show_kernels(kernels)

    def show_seen(self, seen: LayersSeen, scale: float, *, before_relu: bool) -> None:
        """Show what the drawing makes of the map."""
        self._seen = seen
        if self._stage is None:
            return
        values = self._stage.gives(seen.activations, before_relu=before_relu)
        self.map.show_map(values[:, :, self._channel], scale)
        self._show_pixel(self.map.row, self.map.column)

    def _show_pixel(self, row: int, column: int) -> None:
        stage, seen, values = self._stage, self._seen, self.map.values
        if stage is None or seen is None or values is None:
            return
        found = explain_pixel(self._network, stage, seen.activations, self._channel, row, column)
        self.sum.setVisible(found is not None)
        self.sum.show_sum(found, self._source(stage, seen))
        self.text.setText(pixel_text(found, float(values[row, column]), row, column))
        self.map.setAccessibleDescription(self.text.text())

    def _source(self, stage: Stage, seen: LayersSeen) -> str:
        """What the numbers are called that go in; {0} stands for the place of a map."""
        if stage.takes(seen.activations).shape[-1] == 1:
            return self.tr("Pixels")
        is_sum = isinstance(self._network.layers[stage.start], Convolution)
        return self.tr("Map {0} before") if is_sum else self.tr("Map {0}").format(self._channel + 1)

    def _draw_icon(self) -> None:
        self.close_button.setIcon(icon("close"))

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        columns = QVBoxLayout(left), QVBoxLayout(right)
        parts: tuple[list[QWidget], ...] = ([self.map], [self.text, self.sum])
        for column, inside in zip(columns, parts, strict=True):
            for part in inside:
                column.addWidget(part)
        for column in columns:
            column.setContentsMargins(0, 0, 0, 0)
            column.addStretch()
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = self.make_column(bottom=MARGIN)
        layout.addLayout(top)
        layout.addWidget(SideBySide(left, right, shares=(0, 1), spacing=MARGIN))
        layout.addWidget(self.kernels_title)
        layout.addWidget(self.kernels)
