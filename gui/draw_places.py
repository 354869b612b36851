"""Where the parts of the drawing page stand, by the room there is: geometry without a window."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from gui.theme import MARGIN, SPACING

SMALLEST_PAD = 150
COMFORTABLE_PAD = 360
NARROWEST_ANSWER, WIDEST_ANSWER = 340, 540
LOWEST_ANSWER = 104
"""Of the answer below the pad: the digit and how sure it is are seen, the rest is scrolled to."""
CLEARLY_LARGER = 1.15
LOW, TIGHT = 500, 8
"""Margin of a page that is lower than `LOW`."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the pad, its tools and the answer stand on the page.

    Attributes
    ----------
    tools_upright
        The tools are a strip beside the pad, not a row below it.
    answer_below
        The answer is below the pad, not beside it.
    """

    pad: QRect
    tools: QRect
    answer: QRect
    tools_upright: bool = False
    answer_below: bool = False


def find_places(page: QSize, *, row: int, strip: QSize, answer: int, text_scale: float) -> Places:
    """Share out a `page` so that the pad becomes large.

    Parameters
    ----------
    page
        Size of the page.
    row
        Height of the tools as a row.
    strip
        Least size of the tools as a strip.
    answer
        Least width of the answer.
    text_scale
        How much larger than drawn texts are: the answer needs more room then.
    """
    margin = MARGIN if page.height() >= LOW else TIGHT
    inside = QRect(0, 0, page.width(), page.height()).adjusted(margin, margin, -margin, -margin)
    column = _column(inside, answer, text_scale)
    beside = _beside(inside, column, row=row)
    below = _below(inside, row=row, text_scale=text_scale)
    if below.pad.width() > CLEARLY_LARGER * beside.pad.width():
        return below
    if beside.pad.width() >= COMFORTABLE_PAD or inside.height() < strip.height():
        return beside
    upright = _beside_strip(inside, column, strip=strip)
    return upright if upright.pad.width() > beside.pad.width() else beside


def least_page(*, row: int, strip: QSize, answer: int) -> QSize:
    """The smallest page on which nothing is cut; a smaller one has to be scrolled."""
    return QSize(2 * TIGHT + max(answer, SMALLEST_PAD), 2 * TIGHT + max(strip.height(), SMALLEST_PAD + SPACING + row))


def _beside(inside: QRect, answer: QRect, *, row: int) -> Places:
    left = QRect(inside.topLeft(), QSize(answer.left() - MARGIN - inside.left(), inside.height()))
    pad, tools = _pad_and_row(left, row)
    return Places(pad, tools, answer)


def _beside_strip(inside: QRect, answer: QRect, *, strip: QSize) -> Places:
    room = answer.left() - MARGIN - inside.left() - strip.width() - SPACING
    side = max(min(room, inside.height()), 0)
    left = inside.left() + (room - side) // 2
    tools = QRect(left, inside.top(), strip.width(), inside.height())
    pad = QRect(tools.right() + 1 + SPACING, inside.top() + (inside.height() - side) // 2, side, side)
    return Places(pad, tools, answer, tools_upright=True)


def _below(inside: QRect, *, row: int, text_scale: float) -> Places:
    least = round(LOWEST_ANSWER * text_scale)
    height = max(least, inside.height() * 2 // 5)
    upper = inside.adjusted(0, 0, 0, -height - SPACING)
    pad, tools = _pad_and_row(upper, row)
    top = tools.bottom() + 1 + SPACING
    answer = QRect(inside.left(), top, inside.width(), inside.bottom() + 1 - top)
    return Places(pad, tools, answer, answer_below=True)


def _column(inside: QRect, least: int, text_scale: float) -> QRect:
    """A third of the page at its right edge, more where texts need it, but no more than half without need."""
    half = (inside.width() - MARGIN) // 2
    width = max((inside.width() - MARGIN) // 3, round(NARROWEST_ANSWER * text_scale))
    width = max(min(width, WIDEST_ANSWER, half), least)
    return QRect(inside.right() + 1 - width, inside.top(), width, inside.height())


def _pad_and_row(room: QRect, row: int) -> tuple[QRect, QRect]:
    """A square as large as fits, in the middle, with a row of tools as wide as `room` right below."""
    side = max(min(room.width(), room.height() - SPACING - row), 0)
    top = room.top() + (room.height() - side - SPACING - row) // 2
    pad = QRect(room.left() + (room.width() - side) // 2, top, side, side)
    return pad, QRect(room.left(), top + side + SPACING, room.width(), row)
