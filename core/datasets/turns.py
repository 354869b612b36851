"""How digits may lie in a file, and what puts them right."""

from typing import NamedTuple

from core.digits.arrays import Images
from core.wording.data_messages import DataNote, Part
from core.wording.messages import Message


class Turn(NamedTuple):
    """What puts digits right: bright for dark, columns for rows, then top for bottom, and left for right."""

    inverts: bool = False
    transposes: bool = False
    upends: bool = False
    mirrors: bool = False

    def apply(self, images: Images) -> Images:
        """`images`, `(n, 28, 28)`, put right."""
        turned = images.swapaxes(1, 2) if self.transposes else images
        turned = turned[:, :: -1 if self.upends else 1, :: -1 if self.mirrors else 1]
        return 255 - turned if self.inverts else turned

    def note(self, part: Part) -> Message | None:
        """How the digits of `part` lay, and what was done about it; None where nothing was."""
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
