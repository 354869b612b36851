"""The sample drawings that ship with DigitPad, one for each digit."""

from core.ink.drawing import Drawing
from core.ink.inkml import read_inkml
from core.system.paths import assets_folder


def read_sample(digit: int) -> Drawing:
    """The sample drawing of `digit`, 0 to 9."""
    return read_inkml((assets_folder() / "samples" / f"{digit}.inkml").read_bytes())
