"""How far the reading of a page is, and its end where nobody wants it any more."""

from collections.abc import Callable

from core.digits.arrays import Image
from core.recognition.recognizer import Recognition
from core.recognition.stroke_numbers import Recognize
from core.system.checkpoints import Checkpoint
from gui.pad.page import MOST_ON_PAD

EACH_PASS = 0.75
"""Of what is left: how many times the parts are read, and in how many ways, is not known before."""


class ReadingProgress:
    """Counts the answers of the network to the parts of a picture. Belongs to the thread that reads.

    It only ever grows, and is not complete before the reading is. Of a picture of few parts, nothing is shown.
    """

    def __init__(self, checkpoint: Checkpoint, show: Callable[[float], object]) -> None:
        """`checkpoint` raises an exception to end the reading; `show` gets the share that is done, in [0, 1)."""
        self._checkpoint = checkpoint
        self._show = show
        self._begin = self._end = 0.0
        self._parts = self._answered = 0
        self._shown_percent = 0

    def expect(self, parts: int) -> None:
        """A pass through `parts` begins."""
        self._checkpoint()
        self._begin, self._end = self._end, self._end + EACH_PASS * (1 - self._end)
        self._parts, self._answered = parts, 0
        if parts > MOST_ON_PAD:
            self._show(self._begin)

    def watch(self, recognize: Recognize) -> Recognize:
        """`recognize`, with each answer counted."""

        def answer(image: Image) -> Recognition:
            self._checkpoint()
            answered = recognize(image)
            self._count_answer()
            return answered

        return answer

    def _count_answer(self) -> None:
        self._answered += 1
        if self._parts <= MOST_ON_PAD:
            return
        share = self._begin + (self._end - self._begin) * min(self._answered / self._parts, 1.0)
        percent = int(share * 100)
        if percent > self._shown_percent:  # no more often than can be seen
            self._shown_percent = percent
            self._show(share)
