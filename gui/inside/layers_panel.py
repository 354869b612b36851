"""The panel of the layers: from the picture to the answer, stage by stage."""

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.explaining.explainer import Explainer
from core.explaining.network import LayeredNetwork
from core.explaining.stages import StageKind, stages_of
from core.models.compiled import as_input
from gui.inside.answer_stage import AnswerStage
from gui.inside.input_stage import InputStage
from gui.inside.layer_choices import LayerChoices
from gui.inside.looking import Insight, LayersSeen
from gui.inside.map_detail import MapDetail
from gui.inside.panel import InsidePanel
from gui.inside.scales import reach_of, steady_scale
from gui.inside.stage_view import StageView
from gui.widgets.scroll_area import areas_around
from gui.widgets.tab_order import set_tab_order

BLANK = np.zeros((1, 28, 28), np.uint8)


class LayersPanel(InsidePanel):
    """Shows what every layer makes of the drawing. The widgets are made for the model in use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices = LayerChoices()
        self.choices.changed.connect(self._show_seen)
        self.stages: list[StageView] = []
        self.input: InputStage | None = None
        self.answer: AnswerStage | None = None
        self.detail: MapDetail | None = None
        self._seen: LayersSeen | None = None
        self._scale = 0.0
        self._shown_in: StageView | None = None
        self._column = QWidget()
        self._layout = QVBoxLayout(self._column)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.content.addWidget(self.choices)
        self.content.addWidget(self._column)

    def show_explainer(self, explainer: Explainer) -> None:
        """Make what shows this model's layers."""
        self._forget()
        network = explainer.explanation.network
        if network is None:
            why = self.tr("{0} was saved without its layers, or has some that DigitPad does not know.")
            self.say(explainer.problem or why.format(explainer.bundle.title))
            return
        self._make_stages(network, explainer.bundle.card.temperature)

    def show_insight(self, insight: Insight) -> None:
        """Show the layers of a drawing; without any, the sentence stays."""
        if insight.layers is not None and self.stages:
            self._seen = insight.layers
            self.show_content()
            self._show_seen()

    def _show_seen(self) -> None:
        seen = self._seen
        if seen is None or self.input is None or self.answer is None:
            return
        before_relu = self.choices.before_relu.isChecked()
        self.input.show_image(seen.activations[0][0, :, :, 0])
        found = [(stage, stage.values(seen, before_relu=before_relu)) for stage in self.stages]
        reaches = [reach_of(values) for stage, values in found if stage.is_of_maps]
        self._scale = steady_scale(self._scale, max(reaches, default=0.0))
        for stage, values in found:
            own = stage.follow_scale(values)
            scale = self._scale if self.choices.is_shared and stage.is_of_maps else own
            stage.show_seen(seen, values, scale, before_relu=before_relu)
        self.answer.show_seen(seen)
        self._show_detail()

    # --- a map, large ---------------------------------------------------------------------------------------

    def open_map(self, stage: StageView, channel: int) -> None:
        """Show one map large below its stage; the one that is shown already is closed."""
        if self.detail is None:
            return
        if (stage, channel) == (self._shown_in, self.detail.channel):
            self.close_map()
            return
        self.close_map()
        self._shown_in = stage
        title = self.tr("Map {0} of {1}").format(channel + 1, stage.title)
        self.detail.show_map(stage.stage, channel, title)
        if stage.tiles is not None:
            stage.tiles.mark_open(channel)
        self._layout.insertWidget(self._layout.indexOf(stage) + 1, self.detail)
        self._show_detail()
        self.detail.show()
        self._keep_tab_order()
        for area in areas_around(self.detail):
            area.reveal(self.detail)

    def close_map(self) -> None:
        """Show no map large."""
        if self._shown_in is not None and self._shown_in.tiles is not None:
            self._shown_in.tiles.mark_open(None)
        self._shown_in = None
        if self.detail is not None:
            self.detail.hide()

    def _show_detail(self) -> None:
        if self.detail is not None and self._shown_in is not None and self._seen is not None:
            scale = self._shown_in.legend.scale
            self.detail.show_seen(self._seen, scale, before_relu=self.choices.before_relu.isChecked())

    # --- made for a model -----------------------------------------------------------------------------------

    def _make_stages(self, network: LayeredNetwork, temperature: float) -> None:
        sample = network.activations(as_input(BLANK))
        stages = stages_of(network)[:-1]  # the last makes the answer
        self.input = InputStage()
        for place, stage in enumerate(stages):
            is_embedding = stage is stages[-1]
            shape = stage.gives(sample).shape
            self.stages.append(StageView(network, place, stage, shape, is_embedding=is_embedding))
        self.answer = AnswerStage(network, sample, temperature)
        self.detail = MapDetail(network)
        self.detail.closed.connect(self.close_map)
        for stage_view in self.stages:
            stage_view.chosen.connect(self.open_map)
        for part in (self.input, *self.stages, self.answer, self.detail):
            self._layout.addWidget(part)
        self.detail.hide()
        has_relu = any(stage.relu is not None for stage in stages if stage.kind == StageKind.CONVOLUTION)
        self.choices.offer(before_relu=has_relu, scale=any(stage.is_of_maps for stage in self.stages))

    def _keep_tab_order(self) -> None:
        items = [self._layout.itemAt(index) for index in range(self._layout.count())]
        parts = [item.widget() for item in items if item is not None]
        set_tab_order(*(part for part in parts if part is not None))

    def _forget(self) -> None:
        self.stages, self.input, self.answer, self.detail = [], None, None, None
        self._seen = self._shown_in = None
        self._scale = 0.0
        while self._layout.count():
            item = self._layout.takeAt(0)
            part = item.widget() if item is not None else None
            if part is not None:
                part.hide()
                part.deleteLater()
