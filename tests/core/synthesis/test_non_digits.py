"""Drawings that are no digit: each kind is what its name says."""

import numpy as np
import pytest

from core.digits.normalize import SMALLEST_MARK, normalize_drawing
from core.ink.drawing import Drawing
from core.synthesis.damaged_digits import crossed_out, digits_side_by_side, half_drawn, overdrawn
from core.synthesis.non_digits import KINDS, synthesize_kind, synthesize_non_digits
from core.synthesis.scribbles import scribble
from core.synthesis.shapes import LEAST_LEAN, line
from core.synthesis.templates import load_templates
from core.system.paths import assets_folder

MANY = 60


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def extent(drawing: Drawing) -> tuple[float, float]:
    left, top, right, bottom = drawing.bounds()
    return right - left, bottom - top


def image_of(drawing: Drawing) -> np.ndarray:
    digit = normalize_drawing(drawing)
    assert digit is not None
    return digit.image


def ink_length(points: np.ndarray) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def test_as_many_are_drawn_as_were_asked_for(rng: np.random.Generator) -> None:
    assert len(synthesize_non_digits(37, rng)) == 37
    assert synthesize_non_digits(0, rng) == []


def test_the_same_state_gives_the_same_drawings() -> None:
    first, again, other = (synthesize_non_digits(MANY, np.random.default_rng(seed)) for seed in (1, 1, 2))
    for one, same in zip(first, again, strict=True):
        assert len(one.strokes) == len(same.strokes)
        assert all(np.array_equal(a.points, b.points) for a, b in zip(one.strokes, same.strokes, strict=True))
    assert any(one.bounds() != another.bounds() for one, another in zip(first, other, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_lies_on_its_pad_and_has_an_image(kind: str, rng: np.random.Generator) -> None:
    drawings = synthesize_kind(kind, MANY, rng)
    assert len(drawings) == MANY
    images = [image_of(drawing) for drawing in drawings]
    for drawing in drawings:
        assert drawing.pad_side is not None
        left, top, right, bottom = drawing.bounds()
        assert min(left, top) >= -0.5 and max(right, bottom) <= drawing.pad_side + 0.5
    assert len({image.tobytes() for image in images}) > MANY * 0.4  # a dot looks like a dot, everything else varies


def test_all_kinds_take_part(rng: np.random.Generator) -> None:
    lengths = sorted(len(drawing.strokes) for drawing in synthesize_non_digits(400, rng))
    assert lengths[0] == 1 and lengths[-1] >= 5
    with pytest.raises(KeyError):
        synthesize_kind("digit", 1, rng)


def test_dots_are_small(rng: np.random.Generator) -> None:
    for drawing in synthesize_kind("dot", 200, rng):
        assert drawing.pad_side is not None
        for stroke in drawing.strokes:
            assert np.ptp(stroke.points, axis=0).max() < SMALLEST_MARK * drawing.pad_side
        if len(drawing.strokes) == 1:
            rows, columns = np.nonzero(image_of(drawing))
            assert max(np.ptp(rows), np.ptp(columns)) < 17


def test_a_single_straight_line_lies_or_leans_far(rng: np.random.Generator) -> None:
    straight = 0
    for _ in range(400):
        strokes = line(rng)
        run, rise = np.abs(strokes[0][-1] - strokes[0][0])
        if len(strokes) == 1 and ink_length(strokes[0]) < 1.03 * np.hypot(run, rise):
            straight += 1
            assert np.degrees(np.arctan2(run, rise)) > LEAST_LEAN - 2
    assert straight > 50


def test_scribbles_have_much_ink_and_are_not_narrow(rng: np.random.Generator) -> None:
    lengths = []
    for _ in range(200):
        strokes = scribble(rng)
        width, height = np.ptp(np.concatenate(strokes), axis=0)
        assert width >= 0.6 * height
        lengths.append(sum(ink_length(points) for points in strokes) / max(width, height))
    assert min(lengths) > 2
    assert np.median(lengths) > 5  # an 8 has three


def test_striking_out_adds_ink_across_the_digit(rng: np.random.Generator) -> None:
    for _ in range(100):
        strokes = crossed_out(rng)
        width, height = np.ptp(np.concatenate(strokes), axis=0)
        assert len(strokes) >= 2
        assert max(np.ptp(points, axis=0).max() for points in strokes[1:]) > 0.5 * max(width, height)


def test_a_half_drawn_digit_is_neither_closed_nor_an_upright_line(rng: np.random.Generator) -> None:
    for _ in range(200):
        strokes = half_drawn(rng)
        width, height = np.ptp(np.concatenate(strokes), axis=0)
        assert width > 0.7 * height
        assert np.hypot(*(strokes[-1][-1] - strokes[0][0])) > 0.3 * np.hypot(width, height)


def test_digits_side_by_side_are_wider_than_high(rng: np.random.Generator) -> None:
    shapes = [np.ptp(np.concatenate(digits_side_by_side(rng)), axis=0) for _ in range(200)]
    assert np.median([width / height for width, height in shapes]) > 1.3
    assert min(width / height for width, height in shapes) > 0.35  # 11 in a narrow hand


def test_overdrawn_digits_take_less_room_than_side_by_side(rng: np.random.Generator) -> None:
    drawn = [overdrawn(rng) for _ in range(100)]
    shapes = [np.ptp(np.concatenate(strokes), axis=0) for strokes in drawn]
    assert min(len(strokes) for strokes in drawn) >= 2
    beside = [np.ptp(np.concatenate(digits_side_by_side(rng)), axis=0) for _ in range(100)]
    over, apart = (np.median([width / height for width, height in pairs]) for pairs in (shapes, beside))
    assert over < 0.85 * apart
    assert max(height for _, height in shapes) < 130  # each is 100 high


def test_letters_that_look_like_digits_are_in_no_set() -> None:
    labels = {template.label for template in load_templates(assets_folder() / "ink" / "letters")}
    assert {"A", "E", "K", "M", "W", "h", "m", "w"} <= labels
    assert not labels & set("OQDIJZBSGTYCoalijzbsgyqc0123456789")
