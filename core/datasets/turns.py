"""Corrections for digits that are rotated, mirrored or inverted in a file."""

from typing import NamedTuple

from core.digits.arrays import Images
from core.wording.data_messages import DataNote, Part
from core.wording.messages import Message


class Turn(NamedTuple):
    """A correction: invert brightness, transpose, then flip vertically and horizontally."""

    inverts: bool = False
    transposes: bool = False
    upends: bool = False
    mirrors: bool = False

    def apply(self, images: Images) -> Images:
        """The corrected `images`, `(n, 28, 28)`."""
        turned = images.swapaxes(1, 2) if self.transposes else images
        turned = turned[:, :: -1 if self.upends else 1, :: -1 if self.mirrors else 1]
        return 255 - turned if self.inverts else turned

    def note(self, part: Part) -> Message | None:
        """A note on the orientation of the digits in `part` and the correction; None when nothing was corrected."""
        note = self._note()
        return None if note is None else note(digits=part.value)

    def _note(self) -> DataNote | None:
        if self.transposes:
            return DataNote.TURNED_INVERTED if self.inverts else DataNote.TURNED
        if self.upends:
            return DataNote.TURNED_OVER_INVERTED if self.inverts else DataNote.TURNED_OVER
        if self.mirrors:
            return DataNote.MIRRORED_INVERTED if self.inverts else DataNote.MIRRORED
        return DataNote.INVERTED if self.inverts else None


AS_THEY_ARE = Turn()
