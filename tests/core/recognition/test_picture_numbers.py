"""Numbers in pictures of all kinds: boxes in original pixels, and no digit where there is none."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from core.ink.drawing import Stroke
from core.pictures.reading import open_array, open_picture
from core.recognition.picture_numbers import read_opened, read_picture_number
from core.recognition.recognizer import Recognizer, Verdict
from tests.core.recognition.written_numbers import Gray, counted, encoded, ink_of, write_digit, write_row

SIDE = 400
LOSSY = (cv2.IMWRITE_JPEG_QUALITY, 85)


def on_paper(ink: Gray, dark: int = 30, light: int = 245) -> Gray:
    share = ink.astype(np.float32) / 255
    return np.rint(light + (dark - light) * share).astype(np.uint8)


def digit_ink(digit: int, pen: int = 12) -> Gray:
    return ink_of(write_digit(digit, 125, 100), SIDE, SIDE, pen)


def text_of(pixels: npt.NDArray[np.uint8], recognizer: Recognizer) -> str:
    reading = read_picture_number(encoded(pixels), recognizer).reading
    assert reading.verdict is Verdict.DIGIT
    return reading.text


def box_of(ink: Gray) -> tuple[float, ...]:
    left, top, width, height = cv2.boundingRect(ink)
    return float(left), float(top), float(left + width), float(top + height)


@pytest.mark.parametrize("digit", range(10))
def test_the_tones_may_be_turned(shipped: Recognizer, digit: int) -> None:
    for dark, light in ((30, 245), (245, 30), (0, 255), (255, 0), (120, 180)):
        assert text_of(on_paper(digit_ink(digit), dark, light), shipped) == str(digit)


def test_digits_of_mnist_enlarged_ten_times(shipped: Recognizer, mnist: dict[str, Gray]) -> None:
    enlarged = [
        cv2.resize(image, None, fx=10, fy=10, interpolation=cv2.INTER_NEAREST) for image in mnist["x_test"][:30]
    ]
    readings = [read_picture_number(encoded(np.asarray(pixels, np.uint8)), shipped).reading for pixels in enlarged]
    right = [reading.text == str(label) for reading, label in zip(readings, mnist["y_test"], strict=False)]
    assert sum(right) >= 29
    for reading, pixels in zip(readings, enlarged, strict=True):
        assert reading.digits[0].box == pytest.approx(box_of(np.asarray(pixels, np.uint8)), abs=20)


def test_digits_of_mnist_cut_tight_at_a_small_cost(shipped: Recognizer, mnist: dict[str, Gray]) -> None:
    """The paper beside such a digit may look like digits that touch: these are only cut where no digit is seen."""
    recognize, answers = counted(shipped.recognize)
    right = 0
    for image, label in zip(mnist["x_test"][:15], mnist["y_test"], strict=False):
        left, top, width, height = cv2.boundingRect(image)
        tight = image[top : top + height, left : left + width]
        pixels = np.asarray(cv2.resize(tight, None, fx=12, fy=12, interpolation=cv2.INTER_LINEAR), np.uint8)
        right += read_opened(open_array(pixels), recognize).reading.text == str(label)
    assert right >= 14
    assert len(answers) < 15 * 100


@pytest.mark.parametrize("thickness", [3, 6, 12])
@pytest.mark.parametrize("digit", [2, 4, 5])
def test_a_frame_along_the_edges_is_no_digit(shipped: Recognizer, digit: int, thickness: int) -> None:
    ink = digit_ink(digit)
    cv2.rectangle(ink, (0, 0), (SIDE - 1, SIDE - 1), 255, thickness)
    assert text_of(on_paper(ink), shipped) == str(digit)


@pytest.mark.parametrize("digit", range(10))
def test_a_circle_around_is_left_out(shipped: Recognizer, digit: int) -> None:
    ink = digit_ink(digit)
    plain = box_of(ink)
    cv2.circle(ink, (SIDE // 2, SIDE // 2), 180, 255, 6, cv2.LINE_AA)
    for margin in (0, 150):
        reading = read_picture_number(encoded(on_paper(np.pad(ink, margin))), shipped).reading
        assert (reading.text, reading.verdict) == (str(digit), Verdict.DIGIT)
        assert np.subtract(reading.digits[0].box, margin).tolist() == pytest.approx(plain, abs=3)


@pytest.mark.parametrize("text", ["27", "1", "380"])
def test_an_underline_is_no_digit(shipped: Recognizer, text: str) -> None:
    ink = ink_of(write_row(text, left=60, top=60), 400, 600)
    cv2.line(ink, (20, 350), (580, 352), 255, 6, cv2.LINE_AA)
    assert text_of(on_paper(ink), shipped) == text


@pytest.mark.parametrize("text", ["7", "274"])
def test_ink_of_two_tones_in_a_jpeg(shipped: Recognizer, text: str) -> None:
    ink = ink_of(write_row(text, left=60, top=60), 320, 600)
    pixels = np.full((*ink.shape, 3), 255, np.uint8)
    pixels[ink > 127] = (200, 60, 40)
    pixels[160:][ink[160:] > 127] = (90, 30, 20)
    reading = read_picture_number(encoded(pixels, ".jpg", *LOSSY), shipped).reading
    assert (reading.text, reading.verdict) == (text, Verdict.DIGIT)


def test_a_thin_one_with_a_flag(shipped: Recognizer) -> None:
    for pen in (1, 2, 4):
        ink = ink_of([Stroke(np.array([[120, 100], [160, 60], [160, 240]], np.float32))], 300, 300, pen)
        assert text_of(on_paper(ink), shipped) == "1"


@pytest.mark.parametrize("margin", [0, 1, 4])
@pytest.mark.parametrize("digit", range(10))
def test_a_digit_of_a_thick_marker_cut_close(shipped: Recognizer, digit: int, margin: int) -> None:
    ink = digit_ink(digit, 44)
    left, top, width, height = cv2.boundingRect(ink)
    cut = np.pad(ink[top : top + height, left : left + width], margin)
    for dark, light in ((0, 255), (240, 20)):
        assert text_of(on_paper(cut, dark, light), shipped) == str(digit)


def test_a_number_cut_close(shipped: Recognizer) -> None:
    ink = ink_of(write_row("274", left=60, top=60), 320, 600)
    left, top, width, height = cv2.boundingRect(ink)
    assert text_of(on_paper(ink[top : top + height, left : left + width]), shipped) == "274"


@pytest.mark.parametrize("digits", [(2, 7, 4), (1, 1, 1), (5, 5)])
def test_a_column_of_digits_gives_rows(shipped: Recognizer, digits: tuple[int, ...]) -> None:
    strokes = [stroke for place, digit in enumerate(digits) for stroke in write_digit(digit, 100, 60 + 320 * place)]
    reading = read_picture_number(encoded(on_paper(ink_of(strokes, 1000, 340))), shipped).reading
    assert reading.text == "\n".join(map(str, digits))
    assert [digit.row for digit in reading.digits] == [*range(len(digits))]


@pytest.mark.parametrize("scale", [0.25, 1.0, 4.0])
def test_boxes_are_in_original_pixels(shipped: Recognizer, scale: float) -> None:
    ink = ink_of(write_row("27", left=60, top=60) + write_row("380", left=60, top=360), 640, 700)
    sheet = np.asarray(cv2.resize(on_paper(ink), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    number = read_picture_number(encoded(sheet), shipped)
    assert number.reading.text == "27\n380"
    assert number.picture.size == (700 * scale, 640 * scale)
    drawn = [
        box_of(ink_of(write_row("27", 60, 60)[:1], 640, 700)),
        box_of(ink_of(write_row("27", 60, 60)[1:], 640, 700)),
    ]
    for digit, box in zip(number.reading.digits, drawn, strict=False):
        assert digit.box == pytest.approx([edge * scale for edge in box], abs=3 + 2 * scale)


def test_the_ink_that_was_read_is_given(shipped: Recognizer) -> None:
    ink = digit_ink(7)
    number = read_opened(open_array(on_paper(ink)), shipped.recognize)
    assert number.ink is not None and number.ink.shape == ink.shape
    assert np.mean((number.ink > 127) == (ink > 127)) > 0.99


def test_single_reads_one_digit_whatever_there_is(shipped: Recognizer) -> None:
    content = encoded(on_paper(ink_of(write_row("27", left=60, top=60), 320, 500)))
    assert len(read_picture_number(content, shipped).reading.digits) == 2
    assert len(read_picture_number(content, shipped, is_single=True).reading.digits) == 1
    assert (
        read_opened(open_picture(encoded(on_paper(digit_ink(3)))), shipped.recognize, is_single=True).reading.text
        == "3"
    )


def test_who_waits_learns_how_many_parts_are_read(shipped: Recognizer) -> None:
    counts: list[int] = []
    read_opened(open_array(on_paper(ink_of(write_row("4207")))), shipped.recognize, on_parts=counts.append)
    assert counts[0] == 4


def test_who_waits_can_end_the_reading(shipped: Recognizer) -> None:
    def end(parts: int) -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        read_opened(open_array(on_paper(ink_of(write_row("4207")))), shipped.recognize, on_parts=end)


def test_digits_of_two_pens_are_one_number(shipped: Recognizer) -> None:
    dark, pale = (
        on_paper(ink_of(write_row(text, left=left, top=50)), tone)
        for text, left, tone in (("2", 50, 20), ("7", 350, 160))
    )
    assert text_of(np.minimum(dark, pale), shipped) == "27"


@pytest.mark.parametrize("pen", [17, 22, 27])
@pytest.mark.parametrize("height", [24, 60, 250])
def test_a_flagged_one_is_a_one_whatever_the_pen(shipped: Recognizer, pen: int, height: int) -> None:
    """A long flag on a thin line looks like the top of a 7 to a network that knows thicker lines."""
    flag_and_stem = Stroke(np.array([[130, 150], [215, 75], [165, 325]], np.float32))
    ink = ink_of([flag_and_stem], SIDE, SIDE, pen)
    scale = height / 250
    shrunk = cv2.resize(on_paper(ink), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    assert text_of(np.asarray(shrunk, np.uint8), shipped) == "1"


@pytest.mark.parametrize("text", ["42", "350", "5083"])
@pytest.mark.parametrize("share", [0.4, 0.6])
def test_the_edge_of_a_shadow_across_a_number_is_nothing_to_explain(
    shipped: Recognizer, text: str, share: float
) -> None:
    """Pale ink beside the edge of a shadow, which is darker than the ink."""
    pale = on_paper(ink_of(write_row(text, left=120, top=200), 600, 900, 6), 150, 240).astype(np.float32)
    columns = np.arange(900) + np.linspace(0, 150, 600)[:, np.newaxis]
    light = cv2.GaussianBlur(np.where(columns < share * 900, 1.0, 0.5).astype(np.float32), (0, 0), 8)
    noise = np.random.default_rng(1).normal(0, 2, pale.shape)
    photograph = np.clip(pale * light + noise, 0, 255).astype(np.uint8)
    assert text_of(photograph, shipped) == text


@pytest.mark.parametrize("text", ["42", "3134"])
def test_what_is_far_thicker_than_the_digits_is_none(shipped: Recognizer, text: str) -> None:
    """As the rim of a shadow, which may look like a 1."""
    ink = ink_of(write_row(text, left=60, top=40), 500, 900, 6)
    cv2.ellipse(ink, (200, 400), (18, 80), 0, 0, 360, 255, -1, cv2.LINE_AA)
    reading = read_picture_number(encoded(on_paper(ink)), shipped).reading
    assert reading.text == text or reading.verdict is not Verdict.DIGIT
