"""The undo step of keeping a digit."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtGui import QUndoCommand

from core.pad.content import Content
from gui.pad.document import PadDocument
from gui.recognition.my_digits import MyDigits

if TYPE_CHECKING:
    from core.samples.store import TakenOut


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept.

    Attributes
    ----------
    sample
        The sample's id.
    label
        0 to 9, or `NO_DIGIT`.
    number
        How many samples of this label its writer had by then.
    writer
        Who drew it; "" where nobody said.
    ink
        Which digit of several it is: the same value for the same ink.
    """

    sample: int
    label: int
    number: int
    writer: str
    ink: Hashable


class KeepStep(QUndoCommand):
    """A digit that was kept: undo takes it out of the store and back onto the pad, redo keeps it again."""

    def __init__(self, document: PadDocument, my_digits: MyDigits, kept: Kept, after: Content, text: str) -> None:
        """The sample is in the store by now; with this step, `after` comes onto the pad."""
        super().__init__(text)
        self.kept = kept
        self._document = ref(document)  # which holds this step: a circle would leave both to Python's collector
        self._my_digits = my_digits
        self._before = document.content
        self._after = after
        self._taken: TakenOut | None = None

    @property
    def is_in_store(self) -> bool:
        """Whether the sample is kept, as far as this step knows."""
        return self._taken is None

    def redo(self) -> None:
        """Keep the sample again; where that is impossible, all stays as it is, and this step is gone."""
        if self._taken is not None:
            is_gone = not len(self._taken)  # it was removed elsewhere, before it was taken out here
            if is_gone or not self._my_digits.put_back(self._taken):
                self.setObsolete(True)
                return
            self._taken = None
        self._show(self._after)

    def undo(self) -> None:
        """Bring the ink back. What cannot be taken out of the store stays there, too."""
        self._taken = self._my_digits.take_out([self.kept.sample])
        self._show(self._before)

    def _show(self, content: Content) -> None:
        document = self._document()
        assert document is not None
        document.show(content)
