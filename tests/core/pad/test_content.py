"""Pictures and strokes on the pad: where they lie, what is erased, what is recognised and kept."""

import io
from dataclasses import replace

import cv2
import numpy as np
import pytest

from core.digits.normalize import normalize_drawing, normalize_ink_image
from core.errors import DigitPadError
from core.ink.drawing import Drawing, Stroke
from core.pad.archive import read_archive, write_archive
from core.pad.content import PAD_SIDE, PICTURE_SIDE, Content, PictureInk, fit_picture, fit_to_pad
from core.pad.eraser import Point, erase
from core.pad.ink_parts import has_few_parts
from core.pad.rendering import normalize_content, render_picture, write_pad_png

RADIUS = 22.0


def line(*points: Point, width: float | None = 0.05) -> Stroke:
    return Stroke(np.array(points, np.float32), width=width)


def bar(side: int = 200) -> PictureInk:
    """A picture of a 1: a bar from top to bottom, a tenth of the picture wide, in its middle."""
    ink = np.zeros((side, side), np.uint8)
    ink[:, side * 9 // 20 : side * 11 // 20] = 255
    return PictureInk(ink, "one.png")


def picture_of(content: Content) -> PictureInk:
    assert isinstance(content, PictureInk)
    return content


def seen(content: Content, x: float, y: float) -> int:
    """Brightness of the pad at a point, in pad units."""
    return int(render_picture(picture_of(content), 500)[round(y / 2), round(x / 2)])


def test_a_picture_lies_in_the_middle_of_the_pad_and_keeps_its_shape() -> None:
    assert PictureInk(np.ones((20, 40), np.uint8)).box == pytest.approx((120, 310, 760, 380))
    assert PictureInk(np.ones((3000, 1000), np.uint8)).box == pytest.approx((373.33, 120, 253.33, 760), abs=0.01)


def test_a_large_picture_is_kept_in_no_more_pixels_than_the_pad_has_units() -> None:
    large = PictureInk(np.full((2100, 1400), 200, np.uint8))
    fitted = fit_picture(large)
    assert max(fitted.ink.shape) == PICTURE_SIDE
    assert fitted.box == pytest.approx(large.box, abs=1)
    assert fit_picture(fitted) is fitted


@pytest.mark.parametrize("side", [28, 200, PICTURE_SIDE])
def test_the_eraser_takes_the_pixels_it_runs_over_and_no_others(side: int) -> None:
    erased = erase(bar(side), (100, 500), (900, 500), RADIUS)  # across the bar
    rows = render_picture(picture_of(erased), 500)[:, 250]
    gone = np.flatnonzero(rows < 128) * 2.0
    assert gone[(gone > 130) & (gone < 870)].tolist() == pytest.approx(np.arange(478, 522, 2), abs=3)
    assert seen(erased, 500, 300) == seen(erased, 500, 700) == 255


def test_the_eraser_is_round() -> None:
    erased = erase(PictureInk(np.full((20, 20), 255, np.uint8)), (500, 500), (500, 500), RADIUS)
    gone = 1 - picture_of(erased).ink / 255
    assert gone.sum() == pytest.approx(np.pi * RADIUS**2, rel=0.06)
    assert gone[360:400, 380].sum() == pytest.approx(gone[380, 360:400].sum(), abs=2)


@pytest.mark.parametrize("side", [28, 400])
def test_a_picture_that_is_erased_altogether_leaves_a_blank_pad(side: int) -> None:
    content: Content = bar(side)
    for x in range(420, 600, 30):
        content = erase(content, (x, 100), (x, 900), RADIUS)
    assert isinstance(content, Drawing) and content.is_blank


def test_what_is_left_of_a_refused_picture_is_read_once_it_is_few_parts() -> None:
    ink = np.zeros((400, 400), np.uint8)
    ink[20::40, 20::40] = 255  # a hundred points
    refused = PictureInk(cv2.dilate(ink, np.ones((9, 9), np.uint8)), refused_by="a model")
    assert not has_few_parts(refused.ink)
    bitten = picture_of(erase(refused, (200, 160), (800, 160), RADIUS))
    assert bitten.refused_by == "a model" and seen(bitten, 500, 160) == 0 < seen(refused, 234, 160)
    for y in range(130, 720, 20):
        bitten = picture_of(erase(bitten, (100, y), (900, y), RADIUS))
    assert bitten.refused_by == ""


def test_erasing_the_strokes_on_a_refused_picture_leaves_it_refused() -> None:
    refused = replace(bar(), strokes=(line((900, 100), (900, 900)),), refused_by="a model")
    erased = picture_of(erase(refused, (880, 500), (920, 500), RADIUS))
    assert (erased.strokes, erased.refused_by) == ((), "a model")


@pytest.mark.parametrize("count", [1, 24, 25])
def test_neither_specks_nor_faint_rims_count_as_parts(count: int) -> None:
    ink = np.full((100, 400), 20, np.uint8)
    for left in range(0, 10 * count, 10):
        ink[10:50, left : left + 6] = 200
    ink[80:82, ::4] = 255
    assert has_few_parts(ink) == (count <= 24)


def test_what_remains_when_the_picture_is_gone_are_the_strokes_on_it() -> None:
    far = line((900, 100), (900, 900))
    content: Content = replace(bar(), strokes=(far,))
    for x in range(420, 600, 30):
        content = erase(content, (x, 100), (x, 900), RADIUS)
    assert isinstance(content, Drawing)
    assert content.strokes == (far,)
    assert content.pad_side == PAD_SIDE


def test_an_eraser_that_touches_nothing_changes_nothing() -> None:
    content = replace(bar(28), strokes=(line((900, 100), (900, 900)),))
    assert erase(content, (200, 200), (300, 800), RADIUS) is content


@pytest.mark.parametrize(
    ("start", "end", "is_touched"),
    [
        ((500, 350), (500, 450), True),  # up to the edge of the line: 400 - 25 - 22
        ((500, 300), (500, 352), False),
        ((500, 300), (500, 700), True),  # a fast hand: no event on the line itself
        ((100, 100), (900, 140), False),
        ((740, 460), (900, 900), False),  # past its end
        ((700, 400), (700, 400), True),
    ],
)
def test_a_stroke_goes_when_the_eraser_touches_its_line(start: Point, end: Point, is_touched: bool) -> None:
    drawing = Drawing((line((300, 400), (700, 400)),), PAD_SIDE)
    assert erase(drawing, start, end, RADIUS).strokes == (() if is_touched else drawing.strokes)


def test_the_eraser_reaches_a_wide_line_sooner() -> None:
    wide, narrow = line((300, 400), (700, 400), width=0.12), line((300, 400), (700, 400), width=0.01)
    drawing = Drawing((wide, narrow), PAD_SIDE)
    assert erase(drawing, (500, 330), (500, 330), RADIUS).strokes == (narrow,)


def test_a_picture_alone_is_recognised_as_it_was_read() -> None:
    digit, alone = normalize_content(bar()), normalize_ink_image(bar().ink)
    assert digit is not None and alone is not None
    np.testing.assert_array_equal(digit.image, alone.image)
    assert digit.box == pytest.approx((120, 120, 760), abs=1)


def test_a_stroke_on_a_picture_is_recognised_with_it_where_it_is_seen() -> None:
    """A bar with a stroke at the top is a 7: the same as a picture of both."""
    both = replace(bar(), strokes=(line((200, 150), (500, 150), width=0.076),))
    ink = bar().ink.copy()
    ink[0:18, 21:100] = 255  # 760 units are 200 pixels
    digit, expected = normalize_content(both), normalize_ink_image(ink)
    assert digit is not None and expected is not None
    assert np.abs(digit.image.astype(int) - expected.image).mean() < 6
    assert digit.box[2] == pytest.approx(768, abs=8)


def test_strokes_alone_are_recognised_by_their_points() -> None:
    drawing = Drawing((line((200, 200), (500, 700)),), PAD_SIDE)
    digit, expected = normalize_content(drawing), normalize_drawing(drawing)
    assert digit is not None and expected is not None
    np.testing.assert_array_equal(digit.image, expected.image)


def test_the_saved_picture_is_the_whole_pad() -> None:
    content = replace(bar(), strokes=(line((200, 150), (500, 150)),))
    pixels = cv2.imdecode(np.frombuffer(write_pad_png(content), np.uint8), cv2.IMREAD_UNCHANGED)
    assert pixels is not None and pixels.shape == (1000, 1000)
    assert (pixels[500, 500], pixels[150, 300], pixels[500, 300]) == (0, 0, 255)


def test_an_archive_keeps_everything_exactly() -> None:
    strokes = (line((1, 2), (3, 4), width=0.09), line((5.5, 6.25), width=0.01))
    before = replace(bar(300), strokes=strokes, place=(10.5, 20.25, 1.5), refused_by="eine Probe, “7”")
    after = read_archive(write_archive(before))
    np.testing.assert_array_equal(after.ink, before.ink)
    assert (after.place, after.refused_by) == (before.place, before.refused_by)
    assert [stroke.points.tolist() for stroke in after.strokes] == [[[1, 2], [3, 4]], [[5.5, 6.25]]]
    assert [stroke.width for stroke in after.strokes] == [0.09, 0.01]


def test_an_archive_of_an_earlier_version_says_nothing_of_a_refusal() -> None:
    with np.load(io.BytesIO(write_archive(replace(bar(), refused_by="a model")))) as arrays:
        older = {name: arrays[name] for name in ("ink", "place", "strokes")}
    file = io.BytesIO()
    np.savez_compressed(file, **older)
    assert read_archive(file.getvalue()).refused_by == ""


@pytest.mark.parametrize("kept", [0, 200, -30])
def test_a_damaged_archive_is_refused(kept: int) -> None:
    with pytest.raises(DigitPadError):
        read_archive(write_archive(bar())[:kept])


def test_opened_strokes_bring_their_own_width() -> None:
    opened = fit_to_pad(Drawing((line((1, 1), (2, 2), width=None), line((3, 3), width=0.02)), 100.0, 0.08))
    assert [stroke.width for stroke in opened.strokes] == [0.08, 0.02]


@pytest.mark.parametrize("place", [(-500, -500, 19), (900, 900, 5), (0, 0, 1e-9), (0, 0, np.nan)])
def test_an_archive_with_a_place_beyond_the_pad_is_refused(place: tuple[float, float, float]) -> None:
    with pytest.raises(DigitPadError):
        read_archive(write_archive(replace(bar(), place=place)))


def test_an_array_alone_is_no_archive() -> None:
    file = io.BytesIO()
    np.save(file, np.zeros((3, 3), np.uint8))
    with pytest.raises(DigitPadError):
        read_archive(file.getvalue())
