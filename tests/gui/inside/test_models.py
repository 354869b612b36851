"""Models of all kinds on the page: each has a picture, or a sentence in its place."""

from collections.abc import Callable

import numpy as np
import pytest

from core.explaining.explanation import Explanation, explanation_bytes, read_explanation
from core.explaining.layers import Convolution, Dense, Flattening, GlobalAverage, MaxPooling, Relu, Scaling
from core.explaining.network import LayeredNetwork
from core.explaining.stages import StageKind
from gui.inside.inside_tab import InsideTab
from gui.inside.mosaic import MOST_TILES
from gui.main_window import MainWindow
from tests.core.explaining.test_neighbours import index_of
from tests.core.explaining.test_network import random_weights, small_network
from tests.gui.inside.conftest import Explain

Settle = Callable[[], None]


def wide_network() -> LayeredNetwork:
    """With 1,000 maps."""
    return LayeredNetwork(
        (
            Convolution("conv", random_weights(3, 3, 1, 1000), random_weights(1000), stride=4, is_padded=True),
            Relu("relu"),
            GlobalAverage("embedding"),
            Dense("logits", random_weights(1000, 10), random_weights(10)),
        )
    )


def dense_network() -> LayeredNetwork:
    return LayeredNetwork(
        (
            Flattening("flatten"),
            Dense("hidden", random_weights(784, 30), random_weights(30)),
            Relu("relu"),
            Dense("logits", random_weights(30, 10), random_weights(10)),
        )
    )


def pooling_network() -> LayeredNetwork:
    return LayeredNetwork(
        (
            Scaling("brightness", 2.0, -1.0),
            Convolution("conv", random_weights(5, 5, 1, 6), random_weights(6)),
            Relu("relu"),
            MaxPooling("pool"),
            Flattening("flatten"),
            Dense("logits", random_weights(864, 10), random_weights(10)),
        )
    )


def test_a_model_without_an_explanation_says_so_everywhere(
    seven: InsideTab, open_all: None, explain: Explain, settle: Settle
) -> None:
    title = explain(None).title
    settle()
    for panel in (seven.layers, seven.neighbours, seven.map):
        assert not panel.shows_content
        assert panel.sentence.text().startswith(title)
    assert seven.try_it.shows_content, "damage needs no explanation"


def test_a_damaged_explanation_is_named(seven: InsideTab, open_all: None, explain: Explain, settle: Settle) -> None:
    explain(b"no archive")
    settle()
    for panel in (seven.layers, seven.neighbours, seven.map):
        assert not panel.shows_content
        assert "cannot be explained" in panel.sentence.text()
    assert seven.try_it.shows_content


def test_weights_that_are_no_numbers_are_named(seven: InsideTab, explain: Explain, settle: Settle) -> None:
    network = small_network()
    broken = LayeredNetwork(
        (*network.layers[:-1], Dense("logits", np.full((196, 10), np.nan, np.float32), random_weights(10)))
    )
    explain(explanation_bytes(Explanation(broken)))
    settle()
    assert "cannot be explained" in seven.layers.sentence.text()


def test_of_a_thousand_maps_the_first_are_shown(seven: InsideTab, explain: Explain, settle: Settle) -> None:
    explain(Explanation(wide_network()))
    settle()
    [stage, embedding] = seven.layers.stages
    assert stage.tiles is not None and stage.tiles.grid.count == MOST_TILES
    assert stage.cut is not None and stage.cut.text() == "The first 256 of its 1,000 maps are shown."
    assert embedding.bars is not None
    assert stage.most.text().startswith(("Map ", "Nothing"))
    seven.layers.open_map(stage, 200)
    assert seven.layers.detail is not None and seven.layers.detail.map.values is not None


def test_a_dense_network_has_numbers_instead_of_maps(seven: InsideTab, explain: Explain, settle: Settle) -> None:
    explain(Explanation(dense_network()))
    settle()
    assert seven.layers.shows_content
    [flattening, hidden] = seven.layers.stages
    assert (flattening.stage.kind, hidden.stage.kind) == (StageKind.FLATTENING, StageKind.DENSE)
    assert flattening.bars is None and flattening.tiles is None
    assert hidden.bars is not None and hidden.bars.values is not None and len(hidden.bars.values) == 30
    assert seven.layers.answer is not None and seven.layers.answer.class_map is None
    assert not seven.layers.choices.before_relu.isVisible()


def test_pooling_and_preparation_have_maps_too(seven: InsideTab, explain: Explain, settle: Settle) -> None:
    explain(Explanation(pooling_network()))
    settle()
    titles = [stage.title for stage in seven.layers.stages]
    assert titles == ["Preparation", "Convolution 1", "Pooling 1", "Flattening"]
    prepared = seven.layers.stages[0].tiles
    assert prepared is not None and prepared.values is not None
    assert (prepared.values.min(), prepared.values.max()) == (-1.0, pytest.approx(1.0, abs=0.01))
    pooled = seven.layers.stages[2]
    seven.layers.open_map(pooled, 3)
    detail = seven.layers.detail
    assert detail is not None and detail.isVisible() and not detail.kernels.isVisible()
    detail.map.point_at(5, 5)
    assert detail.text.text().startswith("Row 6, column 6: the largest of 4 values is ")


def test_neighbours_need_no_layers(
    seven: InsideTab, window: MainWindow, open_all: None, explain: Explain, settle: Settle
) -> None:
    assert window.model.bundle is not None
    index = read_explanation(window.model.bundle).neighbours
    explain(Explanation(None, index))
    settle()
    assert not seven.layers.shows_content
    assert seven.neighbours.shows_content and seven.map.shows_content
    assert len(seven.neighbours.view.neighbours) == 8


def test_digits_that_another_model_has_seen_are_refused(
    seven: InsideTab, open_all: None, explain: Explain, settle: Settle
) -> None:
    explain(Explanation(None, index_of()))
    settle()
    for panel in (seven.layers, seven.neighbours, seven.map):
        assert not panel.shows_content
        assert "cannot be explained" in panel.sentence.text()
