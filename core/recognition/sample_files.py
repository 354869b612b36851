"""Read files as samples: each one digit, with what the model answered."""

from pathlib import Path

import numpy as np

from core.digits.files import open_any
from core.digits.normalize import NormalizedDigit, normalize_drawing
from core.errors import InkFileError, NoInkError
from core.ink.drawing import Drawing
from core.pad.content import Content, PictureInk, fit_picture, fit_to_pad
from core.recognition.picture_numbers import read_opened
from core.recognition.recognizer import Recognition, Recognizer, Verdict
from core.recognition.stroke_numbers import StrokeReader
from core.samples.sample import NO_DIGIT, NewSample
from core.wording.file_problems import FileProblem
from core.wording.names import shown_name

MARGIN = 0.2
"""Around the digit of a picture, in its longer sides."""


class SampleReader:
    """Reads files as samples. The `recognizer` finds the digit in a picture, and its answers are recorded."""

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer

    def read(self, path: Path, label: int, writer: str = "") -> NewSample:
        """Read the file at `path` as one digit, of which `label` says what it is.

        Raises
        ------
        InkFileError, PictureError
            When it cannot be read, or there is no ink in it; the sentence starts with the file's name.
        """
        content = open_any(path)
        name = shown_name(path)
        recognize = self._recognizer.recognize
        if isinstance(content, Drawing):
            drawing = fit_to_pad(content)
            answer = StrokeReader(recognize).read(content, is_single=True).whole
            normalized = normalize_drawing(drawing)
            if normalized is None:
                raise InkFileError(FileProblem.IN_FILE, where=name, reason=InkFileError(FileProblem.NO_INK))
            return self._sample(label, drawing, normalized, answer, writer, name)
        reading = read_opened(content, recognize, is_single=True).reading
        if not reading.digits:
            raise NoInkError(FileProblem.IN_FILE, where=name, reason=NoInkError(FileProblem.NO_INK))
        normalized = reading.digits[0].normalized
        ink = np.pad(normalized.ink, round(MARGIN * len(normalized.ink)))
        return self._sample(label, fit_picture(PictureInk(ink, name)), normalized, reading.whole, writer, name)

    def _sample(
        self, label: int, content: Content, digit: NormalizedDigit, answer: Recognition, writer: str, name: str
    ) -> NewSample:
        slug = self._recognizer.bundle.slug
        return NewSample(label, content, digit.image, writer, name, answered_label(answer), slug)


def answered_label(answer: Recognition) -> int | None:
    """The label that an answer stands for: its digit, `NO_DIGIT` for a refusal, None for a blank pad."""
    if answer.digit is None:
        return None
    return NO_DIGIT if answer.verdict == Verdict.NOT_A_DIGIT else answer.digit
