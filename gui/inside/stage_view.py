"""One stage of the network: what it is called, and what it makes of the drawing."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.explaining.network import LayeredNetwork
from core.explaining.stages import Stage, StageKind
from core.ink.arrays import FloatArray
from gui.inside.bars_view import BarsView
from gui.inside.legend import Legend
from gui.inside.looking import LayersSeen
from gui.inside.mosaic import MOST_TILES
from gui.inside.scales import reach_of, steady_scale
from gui.inside.stage_texts import stage_detail, stage_terms, stage_title
from gui.inside.tile_view import TileView
from gui.inside.word import Word
from gui.widgets.flow_row import FlowRow
from gui.widgets.labels import make_faint_label
from gui.widgets.theme import SPACING


class StageView(QWidget):
    """A header, and below it the maps as tiles, or the numbers as bars.

    Signals
    -------
    chosen
        `(StageView, int)`: one of its maps is wanted large.
    """

    chosen = Signal(object, int)

    def __init__(
        self, network: LayeredNetwork, place: int, stage: Stage, shape: tuple[int, ...], *, is_embedding: bool
    ) -> None:
        """`place`: among the stages, from 0; `shape`: of what it makes, `(height, width, maps)` or `(width,)`."""
        super().__init__()
        self.setObjectName(f"stage{place + 1}")
        self.stage = stage
        self._place = place
        self._scale = 0.0
        self.title = stage_title(stage)
        self.word = Word(self.title, *stage_terms(network, stage, is_embedding=is_embedding), bold=True)
        self.legend = Legend()
        self.most = make_faint_label(pixels=13)
        self.most.setObjectName("saysMost")
        self.tiles: TileView | None = None
        self.bars: BarsView | None = None
        self.cut: QLabel | None = None
        self._lay_out(stage_detail(network, stage, shape), shape)

    @property
    def is_of_maps(self) -> bool:
        """Whether it makes feature maps."""
        return self.tiles is not None

    def values(self, seen: LayersSeen, *, before_relu: bool) -> FloatArray:
        """What it makes of the drawing."""
        return self.stage.gives(seen.activations, before_relu=before_relu and self.is_of_maps)

    def follow_scale(self, values: FloatArray) -> float:
        """The stage's own scale for these values, which changes only where it has to."""
        self._scale = steady_scale(self._scale, reach_of(values))
        return self._scale

    def show_seen(self, seen: LayersSeen, values: FloatArray, scale: float, *, before_relu: bool) -> None:
        """Show `values`, and which map says most for the answer."""
        shares = seen.shares[self._place]
        most = int(np.argmax(shares)) if shares.max() > 0 else None
        self.legend.show_scale(scale, is_signed=bool(before_relu and self.is_of_maps) or float(values.min()) < 0)
        if self.tiles is not None:
            self.tiles.show_maps(values, scale, most)
            self._say_most(seen, most, self.tr("Map {0} says most for the {1}."))
        elif self.bars is not None:
            self.bars.show_values(values, scale, most)
            self._say_most(seen, most, self.tr("Number {0} says most for the {1}."))

    def _say_most(self, seen: LayersSeen, most: int | None, text: str) -> None:
        said = self.tr("Nothing here speaks for the {0}.") if most is None else text
        place = seen.digit if most is None else most + 1
        self.most.setText(said.format(place, seen.digit))

    def _lay_out(self, detail: str, shape: tuple[int, ...]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SPACING)
        layout.setSpacing(6)
        details = make_faint_label(detail, pixels=13)
        details.setWordWrap(True)
        is_shown = self.stage.kind not in (StageKind.FLATTENING, StageKind.LOGITS)
        parts: list[QWidget] = [self.word, self.legend] if is_shown else [self.word]
        layout.addWidget(FlowRow(*parts, spacing=SPACING, last_at_end=is_shown))
        layout.addWidget(details)
        if not is_shown:
            return
        if len(shape) == 3:
            self.tiles = self._make_tiles(shape, layout)
        else:
            self.bars = BarsView(self.tr("{0}: its numbers").format(self.title))
            layout.addWidget(self.bars)
        layout.addWidget(self.most)

    def _make_tiles(self, shape: tuple[int, ...], layout: QVBoxLayout) -> TileView:
        height, width, count = shape
        tiles = TileView(self.tr("{0}: its maps").format(self.title), count, height, width)
        tiles.chosen.connect(self._choose)
        layout.addWidget(tiles)
        if count > MOST_TILES:
            text = self.tr("The first {0} of its {1:,} maps are shown.").format(MOST_TILES, count)
            self.cut = make_faint_label(text, pixels=13)
            layout.addWidget(self.cut)
        return tiles

    def _choose(self, channel: int) -> None:
        self.chosen.emit(self, channel)
