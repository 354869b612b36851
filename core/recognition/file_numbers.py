"""Read the number in a file, whatever kind of drawing or picture it is."""

from dataclasses import replace
from pathlib import Path

from core.digits.files import open_any
from core.ink.drawing import Drawing
from core.pictures.reading import OpenedPicture
from core.recognition.numbers import NumberReading
from core.recognition.picture_numbers import read_opened
from core.recognition.recognizer import Recognizer
from core.recognition.stroke_numbers import StrokeReader


class FileReader:
    """Reads files with one model.

    A model that does not know what is no digit cannot tell which ink is a digit. `judge`, one that does, finds the
    digits for it.
    """

    def __init__(self, recognizer: Recognizer, judge: Recognizer | None = None) -> None:
        self._recognizer = recognizer
        self._judge = judge or recognizer

    def read(self, path: Path, *, is_single: bool = False) -> NumberReading:
        """Read the number in the file at `path`; with `is_single` one digit, whatever there is.

        Boxes are in the units of the drawing, or the original pixels of the picture. A blank file has an empty reading.

        Raises
        ------
        InkFileError, PictureError
            When it cannot be read; the sentence starts with the file's name.
        """
        return self.read_content(open_any(path), is_single=is_single)

    def read_content(self, content: Drawing | OpenedPicture, *, is_single: bool = False) -> NumberReading:
        """Read the number in what `open_any` gave."""
        if isinstance(content, OpenedPicture):
            reading = read_opened(content, self._judge.recognize, is_single=is_single).reading
        else:
            reading = StrokeReader(self._judge.recognize).read(content, is_single=is_single)
        return reading if self._judge is self._recognizer else self._answered(reading)

    def _answered(self, reading: NumberReading) -> NumberReading:
        """The digits that the judge found, as the model itself reads them."""
        images = [digit.normalized.image for digit in reading.digits]
        answers = self._recognizer.recognize_many(images)
        digits = zip(reading.digits, answers, strict=True)
        return NumberReading(tuple(replace(digit, recognition=said) for digit, said in digits), reading.unread)
