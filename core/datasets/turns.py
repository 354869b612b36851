"""How digits may lie in a file, and what puts them right."""

from typing import NamedTuple

from core.digits.arrays import Images


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

    def sentence(self, digits: str) -> str:
        """How `digits` lay, and what was done about it, for people; "" where nothing was."""
        found = [part for part in (self._lying(), ("are dark on bright", "inverted") if self.inverts else None) if part]
        if not found:
            return ""
        how, done = (" and ".join(words) for words in zip(*found, strict=True))
        return f"{digits} {how}, so they were {done}."

    def _lying(self) -> tuple[str, str] | None:
        if self.transposes:
            return "lie on their side", "turned"
        if self.upends:
            return "are upside down", "turned"
        return ("are mirrored", "mirrored back") if self.mirrors else None


AS_THEY_ARE = Turn()
