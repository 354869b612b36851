"""From the pad to the answer, at most once a frame."""

from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from core.ink import Drawing
from core.normalize import NormalizedDigit, normalize_drawing, normalize_ink_image
from core.recognizer import BLANK, Recognition
from gui.active_model import ActiveModel
from gui.pad_document import Content, PadDocument

FRAME_SECONDS = 1 / 60


class LiveRecognition(QObject):
    """Answers for what is on the pad, also while a stroke is being drawn.

    Normalising and recognising take about a millisecond, so they run here, on the window's own thread. A slow model
    lowers the rate by its own latency, so that it never takes more than half of the thread.

    Signals
    -------
    answered
        `(NormalizedDigit | None, Recognition)` for what is on the pad now; None when it is blank.
    """

    answered = Signal(object, object)

    def __init__(self, document: PadDocument, model: ActiveModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._model = model
        self._next_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.answer_now)
        self.content: Content = document.content
        self.digit: NormalizedDigit | None = None
        self.recognition: Recognition = BLANK
        document.changed.connect(self.schedule)
        model.changed.connect(self.schedule)

    def schedule(self) -> None:
        """Answer soon: at once after a pause, otherwise with the next frame."""
        if not self._timer.isActive():
            wait = max(self._next_at - perf_counter(), 0.0)
            self._timer.start(round(wait * 1000))

    def answer_now(self) -> None:
        began = perf_counter()
        self.content = self._document.snapshot()
        self.digit = normalize_content(self.content)
        self.recognition = self._model.recognize(self.digit.image if self.digit else None)
        ended = perf_counter()
        self._next_at = began + max(FRAME_SECONDS, 2 * (ended - began))
        self.answered.emit(self.digit, self.recognition)


def normalize_content(content: Content) -> NormalizedDigit | None:
    """What the network sees of the pad; None when it is blank."""
    if isinstance(content, Drawing):
        return normalize_drawing(content)
    return normalize_ink_image(content.ink)
