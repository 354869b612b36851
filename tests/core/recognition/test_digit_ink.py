"""The ink of what was read, for keeping."""

from dataclasses import replace

import numpy as np

from core.digits.normalize import normalize_drawing
from core.ink.drawing import Drawing, Stroke
from core.ink.samples import read_sample
from core.pad.content import PAD_SIDE, PictureInk
from core.recognition.digit_ink import image_of_all, ink_of
from core.recognition.numbers import ReadDigit
from core.recognition.recognizer import BLANK


def read(drawing: Drawing, strokes: tuple[int, ...] = ()) -> ReadDigit:
    normalized = normalize_drawing(drawing)
    assert normalized is not None
    return ReadDigit(BLANK, normalized, drawing.bounds(), strokes=strokes)


def test_a_digit_of_several_is_its_own_strokes() -> None:
    strokes = tuple(Stroke(np.array([[x, 100], [x, 800]], np.float32)) for x in (100, 500, 900))
    drawing = Drawing(strokes, PAD_SIDE)
    ink = ink_of(drawing, read(Drawing(strokes[1:]), (1, 2)))
    assert isinstance(ink, Drawing)
    assert ink.strokes == strokes[1:]
    assert ink.pad_side == PAD_SIDE


def test_a_digit_of_a_picture_is_the_ink_of_its_box() -> None:
    four = read(read_sample(4))
    picture = PictureInk(np.full((40, 80), 200, np.uint8), "page.png")
    ink = ink_of(picture, four)
    assert isinstance(ink, PictureInk)
    assert ink.ink is four.normalized.ink
    assert ink.name == "page.png"
    assert ink_of(replace(picture, strokes=read_sample(4).strokes), replace(four, strokes=(0,))).strokes


def test_all_ink_is_one_digit_if_somebody_says_so() -> None:
    drawing = read_sample(4)
    whole = normalize_drawing(drawing)
    assert whole is not None
    image = image_of_all(drawing)
    assert image is not None
    assert (image == whole.image).all()
    assert image_of_all(Drawing()) is None
    assert image_of_all(PictureInk(whole.ink)) is not None
    on_picture = image_of_all(PictureInk(whole.ink, strokes=drawing.strokes))
    assert on_picture is not None
    assert on_picture.shape == (28, 28)
