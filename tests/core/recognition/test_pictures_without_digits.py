"""Pictures of what is no digit: nothing is read in them, and they are told from blank ones."""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from core.ink.drawing import Drawing, Stroke
from core.recognition.picture_numbers import read_picture_number
from core.recognition.recognizer import Recognizer, Verdict
from tests.core.recognition.written_numbers import Gray, encoded, ink_of, write_digit

Pixels = npt.NDArray[np.integer]
REFUSED = (Verdict.NOT_A_DIGIT, Verdict.BLANK)


def verdict_of(pixels: Pixels, recognizer: Recognizer, *, is_single: bool = False) -> Verdict:
    reading = read_picture_number(encoded(pixels.astype(np.uint8)), recognizer, is_single=is_single).reading
    assert (reading.text == "") == (reading.verdict in REFUSED)
    return reading.verdict


@pytest.mark.parametrize("level", [0, 1, 128, 240, 255])
@pytest.mark.parametrize("shape", [(1, 1), (28, 28), (200, 300), (5, 900)])
def test_a_blank_picture_has_an_empty_reading(shipped: Recognizer, level: int, shape: tuple[int, int]) -> None:
    number = read_picture_number(encoded(np.full(shape, level, np.uint8)), shipped)
    assert (number.reading.digits, number.reading.verdict, number.ink) == ((), Verdict.BLANK, None)
    assert number.picture.size == shape[::-1]


@pytest.mark.parametrize(("first", "last"), [(60, 230), (230, 60), (20, 235), (120, 140)])
def test_a_gradient_is_no_digit(shipped: Recognizer, first: int, last: int) -> None:
    slope = np.tile(np.linspace(first, last, 300), (200, 1))
    assert verdict_of(slope, shipped) in REFUSED
    assert verdict_of(slope.T, shipped) in REFUSED
    assert verdict_of((slope[:, :200] + slope[:, :200].T) / 2, shipped) in REFUSED


@pytest.mark.parametrize("share", [0.02, 0.05, 0.1, 0.2, 0.3])
@pytest.mark.parametrize("side", [28, 64, 200])
def test_noise_is_no_digit(shipped: Recognizer, side: int, share: float) -> None:
    is_set = np.random.default_rng(1).random((side, side)) < share
    assert verdict_of(np.where(is_set, 0, 255), shipped) in REFUSED
    assert verdict_of(np.where(is_set, 255, 0), shipped) in REFUSED
    assert verdict_of(np.where(is_set, 0, 255), shipped, is_single=True) in REFUSED


def test_grainy_paper_is_no_digit(shipped: Recognizer) -> None:
    for deviation in (4, 12, 30):
        grain = np.random.default_rng(1).normal(200, deviation, (200, 300))
        assert verdict_of(np.clip(grain, 0, 255), shipped) in REFUSED


@pytest.mark.parametrize("side", [5, 20, 50])
def test_a_checkerboard_is_no_digit(shipped: Recognizer, side: int) -> None:
    board = np.add.outer(np.arange(200) // side, np.arange(300) // side) % 2
    assert verdict_of(board * 255, shipped) in REFUSED
    assert verdict_of(200 - board * 100, shipped) in REFUSED


@pytest.mark.parametrize("width", [5, 15, 30])
def test_stripes_are_no_digits(shipped: Recognizer, width: int) -> None:
    stripes = np.tile(np.arange(300) // width % 2 * 255, (200, 1))
    assert verdict_of(stripes, shipped) in REFUSED
    assert verdict_of(stripes.T, shipped) in REFUSED


@pytest.mark.parametrize("tones", [(30, 240), (170, 90)])
@pytest.mark.parametrize("angle", [0, 20, 45, 90, 160])
def test_lines_through_the_picture_are_no_digits(shipped: Recognizer, angle: int, tones: tuple[int, int]) -> None:
    """Three and more, thin and far apart as on a flag: where they are upright, no 111."""
    rows, columns = np.mgrid[:260, :300]
    turn = np.deg2rad(angle)
    for period, width in ((70, 10), (45, 18)):
        is_line = (columns * np.cos(turn) + rows * np.sin(turn)) % period < width
        assert verdict_of(np.where(is_line, *tones), shipped) in REFUSED


def crossed_out(digit: int, kind: str) -> Gray:
    """A digit that was struck out, as ink on 400 x 300 pixels."""
    strokes = write_digit(digit, 120, 60)
    left, top, right, bottom = Drawing(tuple(strokes)).bounds()
    if kind == "lines":
        places = np.linspace(top + 20, bottom - 20, 5)
        lines = [[(left - 40, y + 15), (right + 40, y - 15)] for y in places.tolist()]
    elif kind == "zigzag":
        ends = np.linspace(left - 30, right + 30, 10)
        lines = [[(x, bottom if place % 2 else top) for place, x in enumerate(ends.tolist())]]
    else:
        edges = (left - 30, top - 20, right + 30, bottom + 20)
        lines = [
            [edges[:2], edges[2:]],
            [(edges[0], edges[3]), (edges[2], edges[1])],
            [(edges[0], 160), (edges[2], 165)],
        ]
    return ink_of([*strokes, *(Stroke(np.array(line, np.float32)) for line in lines)], 320, 420, 10)


@pytest.mark.parametrize("kind", ["lines", "zigzag", "crosses"])
@pytest.mark.parametrize("digit", range(10))
def test_a_crossed_out_digit_is_no_digit(shipped: Recognizer, digit: int, kind: str) -> None:
    dark, light = [(30, 240), (240, 30)][digit % 2]
    assert verdict_of(light + (dark - light) * (crossed_out(digit, kind) / 255), shipped) in REFUSED


@pytest.mark.parametrize("tones", [(30, 240), (200, 120)])
@pytest.mark.parametrize("pen", [14, 30])
@pytest.mark.parametrize("letter", ["R", "d", "p", "A", "P"])
def test_no_other_tone_makes_a_digit_of_a_letter(
    shipped: Recognizer, letter: str, pen: int, tones: tuple[int, int]
) -> None:
    """The hole of a letter is round, as a 0, when its paper is taken for ink."""
    ink = np.zeros((320, 320), np.uint8)
    cv2.putText(ink, letter, (70, 230), cv2.FONT_HERSHEY_SIMPLEX, 7, 255, pen, cv2.LINE_AA)
    dark, light = tones
    assert verdict_of(light + (dark - light) * (ink / 255), shipped) in REFUSED


def face(ink: Gray) -> None:
    cv2.ellipse(ink, (200, 200), (110, 130), 0, 0, 360, 255, 14, cv2.LINE_AA)
    for x in (165, 235):
        cv2.line(ink, (x, 140), (x - 4, 175), 255, 14, cv2.LINE_AA)
    cv2.ellipse(ink, (200, 215), (60, 55), 0, 20, 160, 255, 14, cv2.LINE_AA)


def fish(ink: Gray) -> None:
    body = [(40, 200), (90, 130), (160, 120), (230, 160), (280, 205), (350, 150), (350, 260), (280, 205), (220, 255)]
    outline = np.array([*body, (150, 290), (85, 270), (40, 200)])
    cv2.polylines(ink, [outline], isClosed=True, color=255, thickness=10, lineType=cv2.LINE_AA)
    cv2.circle(ink, (85, 190), 10, 255, -1, cv2.LINE_AA)
    cv2.ellipse(ink, (95, 205), (30, 50), 0, -70, 70, 255, 10, cv2.LINE_AA)


def toadstool(ink: Gray) -> None:
    cv2.ellipse(ink, (200, 200), (150, 120), 0, 180, 360, 255, 8, cv2.LINE_AA)
    cv2.line(ink, (50, 200), (350, 200), 255, 8, cv2.LINE_AA)
    cv2.rectangle(ink, (155, 200), (245, 330), 255, 8)
    for x, y in ((130, 165), (200, 125), (265, 165)):
        cv2.ellipse(ink, (x, y), (18, 15), 0, 0, 360, 255, 8, cv2.LINE_AA)


@pytest.mark.parametrize("tones", [(30, 240), (240, 15)])
@pytest.mark.parametrize("draw", [face, fish, toadstool])
def test_what_lies_within_a_thing_is_no_number(
    shipped: Recognizer, draw: Callable[[Gray], None], tones: tuple[int, int]
) -> None:
    ink = np.zeros((400, 400), np.uint8)
    draw(ink)
    dark, light = tones
    assert verdict_of(light + (dark - light) * (ink / 255), shipped) in REFUSED
