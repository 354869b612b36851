"""The functions under test, as the benchmark calls them."""

from core.errors import PictureError
from core.ink.drawing import Drawing
from core.recognition.picture_numbers import read_picture_number
from core.recognition.recognizer import Recognizer
from core.recognition.stroke_numbers import StrokeReader


class Reader:
    """Reads drawings and picture files as text, rows separated by line breaks; empty where there is no digit."""

    def __init__(self, recognizer: Recognizer) -> None:
        self.recognizer = recognizer

    def drawing(self, drawing: Drawing) -> str:
        return StrokeReader(self.recognizer.recognize).read(drawing).text

    def picture(self, content: bytes) -> str:
        try:
            return read_picture_number(content, self.recognizer).reading.text
        except PictureError:
            return ""
