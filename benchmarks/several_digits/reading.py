"""The functions under test, as the benchmark calls them."""

from core.errors import PictureError
from core.ink.drawing import Drawing
from core.recognition.recognizer import Recognizer


class Reader:
    """Reads drawings and picture files as text, rows separated by line breaks; empty where there is no digit."""

    def __init__(self, recognizer: Recognizer) -> None:
        self.recognizer = recognizer

    def drawing(self, drawing: Drawing) -> str:
        from core.recognition.numbers import read_drawing  # type: ignore[import-not-found]

        return str(read_drawing(drawing, self.recognizer).text)

    def picture(self, content: bytes) -> str:
        from core.recognition.numbers import read_picture_number

        try:
            return str(read_picture_number(content, self.recognizer).text)
        except PictureError:
            return ""
