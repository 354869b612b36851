"""Ways to see ink in a picture: the most plausible first, one for each question of paper, light, lines and frames."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from core.pictures.ink_layers import InkLayer, ink_layers
from core.pictures.ink_search import stroke_width

Gray = npt.NDArray[np.uint8]


def seven(thickness: int = 14) -> Gray:
    """Ink of a 7 on 300 x 300 pixels, bright on 0."""
    ink = np.zeros((300, 300), np.uint8)
    cv2.polylines(ink, [np.array([(100, 90), (200, 88), (140, 220)], np.int32)], False, 255, thickness, cv2.LINE_AA)
    return ink


def on_paper(ink: Gray, dark: int = 30, light: int = 245) -> Gray:
    return np.rint(light + (dark - light) * (ink.astype(np.float32) / 255)).astype(np.uint8)


def agreement(layer: InkLayer, ink: Gray) -> float:
    """Intersection over union of what is ink."""
    found, drawn = layer.ink > layer.ink.max() / 2, ink > 127
    return float((found & drawn).sum() / (found | drawn).sum())


@pytest.mark.parametrize(("dark", "light"), [(30, 245), (245, 30), (0, 255), (255, 0), (110, 170)])
def test_the_first_layer_is_the_ink(dark: int, light: int) -> None:
    layers = list(ink_layers(on_paper(seven(), dark, light)))
    first = layers[0]
    assert agreement(first, seven()) > 0.85
    assert (first.ink.dtype, first.ink.shape, first.digit.dtype) == (np.uint8, (300, 300), np.bool_)
    assert first.cost == min(layer.cost for layer in layers) < 0.1


def test_what_looks_like_a_digit_is_part_of_the_ink() -> None:
    for layer in ink_layers(on_paper(seven())):
        assert layer.digit.any()
        assert (layer.ink[layer.digit] > 0).mean() > 0.9


@pytest.mark.parametrize("level", [0, 127, 255])
def test_a_blank_picture_has_no_layer(level: int) -> None:
    assert list(ink_layers(np.full((100, 100), level, np.uint8))) == []


def test_another_layer_takes_the_other_tone_for_ink() -> None:
    """A white 7 on a black card that fills most of the picture: ink is what is dark, or what is bright."""
    gray = np.full((300, 300), 235, np.uint8)
    gray[30:270, 30:270] = np.maximum(seven()[30:270, 30:270], 20)
    best = max(agreement(layer, seven()) for layer in ink_layers(gray))
    assert best > 0.7


def test_a_frame_is_left_out_first_and_kept_later() -> None:
    framed = seven()
    cv2.rectangle(framed, (20, 20), (279, 279), 255, 5)
    layers = list(ink_layers(on_paper(framed)))
    without = [layer for layer in layers if not layer.ink[22, 40:260].any()]
    with_frame = [layer for layer in layers if (layer.ink[22, 40:260] > 127).all()]
    assert layers[0] is without[0] and agreement(layers[0], seven()) > 0.85
    assert with_frame and with_frame[0].cost > layers[0].cost


def test_a_circle_around_is_left_out() -> None:
    circled = seven()
    cv2.circle(circled, (150, 150), 125, 255, 5, cv2.LINE_AA)
    assert agreement(next(ink_layers(on_paper(circled))), seven()) > 0.85


def test_a_zero_is_no_circle_around_anything() -> None:
    zero = np.zeros((300, 300), np.uint8)
    cv2.ellipse(zero, (150, 150), (60, 90), 0, 0, 360, 255, 14, cv2.LINE_AA)
    assert agreement(next(ink_layers(on_paper(zero))), zero) > 0.85


def test_ink_on_paper_in_a_shadow_is_found() -> None:
    light = np.linspace(0.45, 1.0, 300)[np.newaxis]
    gray = np.rint(on_paper(seven()) * light).astype(np.uint8)
    assert max(agreement(layer, seven()) for layer in ink_layers(gray, is_lossy=True)) > 0.8


def test_grain_has_no_layer() -> None:
    for seed in range(3):
        is_set = np.random.default_rng(seed).random((200, 200)) < 0.02
        assert list(ink_layers(np.where(is_set, 0, 255).astype(np.uint8))) == []


def test_ripples_of_compression_are_no_ink() -> None:
    done, content = cv2.imencode(".jpg", on_paper(seven()), (cv2.IMWRITE_JPEG_QUALITY, 40))
    assert done
    gray = np.asarray(cv2.imdecode(content, cv2.IMREAD_GRAYSCALE), np.uint8)
    first = next(ink_layers(gray, is_lossy=True))
    near = cv2.dilate(seven(), np.ones((5, 5), np.uint8)) > 0
    assert not first.ink[~near].any()
    assert agreement(first, seven()) > 0.85


def test_layers_are_only_computed_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[bool] = []
    honest = cv2.connectedComponentsWithStats
    monkeypatch.setattr(cv2, "connectedComponentsWithStats", lambda *a, **k: calls.append(True) or honest(*a, **k))
    layers = ink_layers(on_paper(seven()))
    assert not calls
    next(layers)
    first = len(calls)
    assert list(layers)
    assert len(calls) > first > 0


def on_tilted_squares(ink: Gray, square: float) -> Gray:
    """Ink on squared paper that lies askew, whose lines are pale and not quite straight; noisy as a photograph."""
    rows, columns = np.mgrid[:300, :300].astype(np.float64)
    down, across = rows + 3 * np.sin(columns / 60), columns + 3 * np.sin(rows / 50)
    turn = np.deg2rad(12)
    places = down * np.cos(turn) + across * np.sin(turn), across * np.cos(turn) - down * np.sin(turn)
    is_line = (places[0] % square < 4) | (places[1] % square < 4)
    gray = cv2.GaussianBlur(np.where(ink > 127, 40.0, np.where(is_line, 140.0, 225.0)), (0, 0), 0.8)
    return np.clip(gray + np.random.default_rng(1).normal(0, 2, ink.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("square", [40, 60, 80])
def test_a_layer_of_dark_ink_alone_leaves_out_pale_lines(square: int) -> None:
    gray = on_tilted_squares(seven(), square)
    beside = cv2.dilate(seven(), np.ones((9, 9), np.uint8)) == 0
    first, *others = ink_layers(gray, is_lossy=True)
    assert first.ink[beside].sum() > 0.2 * first.ink.sum()
    alone = [layer for layer in others if layer.ink[beside].sum() < 0.02 * layer.ink.sum()]
    assert alone and alone[0].cost > first.cost
    assert agreement(alone[0], seven()) > 0.85
    assert alone[0].left_out[beside].mean() > 0.05
    assert alone[0].unexplained(alone[0].ink > 0) < 0.1  # the lines are known


def test_grain_in_strokes_of_pencil_is_filled() -> None:
    """Strokes full of holes would seem narrow, and be widened too much."""
    digit = seven(24)
    rng = np.random.default_rng(1)
    rough = cv2.GaussianBlur(rng.random(digit.shape).astype(np.float32), (0, 0), 1.6)
    grain = np.where(rough > np.quantile(rough, 0.8), 0.0, 1.0)
    slope = np.tile(np.linspace(150, 230, digit.shape[1]), (digit.shape[0], 1))
    paper = slope * (1 - 0.7 * (digit / 255) * cv2.GaussianBlur(grain, (0, 0), 0.8))
    paper += rng.normal(0, 1.5, digit.shape)
    layer = next(ink_layers(np.clip(paper, 0, 255).astype(np.uint8)))
    whole = digit > 127
    assert (layer.ink[~whole] > 127).mean() < 0.001
    assert stroke_width(layer.ink) > 0.7 * stroke_width(digit)
