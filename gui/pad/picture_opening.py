"""What the pad shows of a picture: its digit, its number, or a page of digits."""

import math
from collections.abc import Callable

import cv2
import numpy as np

from core.digits.arrays import Image
from core.pictures.reading import OpenedPicture, find_digit
from core.recognition.picture_numbers import PictureNumber, read_opened
from core.recognition.recognizer import Recognizer
from core.recognition.rows import box_around
from gui.pad.document import PictureInk
from gui.pad.page import Page, is_page
from gui.pad.reading_progress import ReadingProgress

MARGIN, MARGIN_OF_ONE = 0.05, 0.2
"""Around a number and around a single digit, in their longer sides."""

MakeRecognizer = Callable[[], Recognizer]
"""Makes a recogniser for the thread in which it is called. Raises ModelError."""


def read_on_pad(
    opened: OpenedPicture, name: str, make_recognizer: MakeRecognizer | None, progress: ReadingProgress
) -> PictureInk | Page:
    """Read a picture for the pad, in any thread, with a recogniser that is made for it.

    Where no digit is read, all the ink that was found is shown as it is; without a model, the ink that looks most like
    a digit. What `progress` raises, to end the reading, is passed on.

    Raises
    ------
    ModelError
        When the model cannot be read.
    NoInkError
        For a blank picture.
    """
    if make_recognizer is not None:
        recognizer = make_recognizer()  # one of its own: that of the window is busy
        number = read_opened(opened, progress.watch(recognizer.recognize), on_parts=progress.expect)
        reading = number.reading
        if is_page(reading):
            return Page(opened.tones[0], reading, opened.size, name)
        if not reading.is_single and number.ink is not None:
            return PictureInk(_ink_of_number(number, number.ink), name)
        if reading.text:
            ink = reading.digits[0].normalized.ink
            return PictureInk(np.pad(ink, round(MARGIN_OF_ONE * len(ink))), name)
        if number.ink is not None:
            return PictureInk(_all_of(number.ink), name, refused_by=recognizer.bundle.slug)
    return PictureInk(find_digit(opened).ink, name)


def _all_of(ink: Image) -> Image:
    """All of `ink`, with a margin."""
    left, top, width, height = cv2.boundingRect(ink)
    return np.pad(ink[top : top + height, left : left + width], math.ceil(MARGIN * max(width, height)))


def _ink_of_number(number: PictureNumber, ink: Image) -> Image:
    """The part of `ink` in which the number is, with what was not read of it."""
    scale = ink.shape[1] / number.picture.size[0]
    boxes = [*(digit.box for digit in number.reading.digits), *number.reading.unread]
    left, top, right, bottom = (edge * scale for edge in box_around(boxes))
    around = MARGIN * max(right - left, bottom - top)
    first_row, first_column = max(math.floor(top - around), 0), max(math.floor(left - around), 0)
    return ink[first_row : math.ceil(bottom + around), first_column : math.ceil(right + around)]
