"""A colour for each digit, as far apart for colour-blind eyes as ten can be; labels say the same."""

from gui.widgets.theme import LIGHT, current_colours

ON_LIGHT = (
    *("#0072b2", "#d55e00", "#009e73", "#a8327e", "#7a6400"),
    *("#2b9fd9", "#6a3d9a", "#4d4d4d", "#b8860b", "#b2182b"),
)
ON_DARK = (
    *("#56b4e9", "#e69f00", "#2fc79a", "#e48cc0", "#f0e442"),
    *("#8ad0ff", "#b79cf0", "#b8bcc6", "#d6a95c", "#f0837b"),
)


def digit_colour(digit: int) -> str:
    """The colour of a digit in the current scheme, as #rrggbb."""
    return (ON_LIGHT if current_colours() == LIGHT else ON_DARK)[digit]
