"""Where the parts of the drawing page are, depending on its size: geometry without a window."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from gui.widgets.theme import MARGIN, SPACING

SMALLEST_PAD, COMFORTABLE_PAD = 150, 360
NARROWEST_ANSWER, WIDEST_ANSWER = 340, 540
LOWEST_ANSWER = 104
"""Below the pad: enough for the digit and how sure it is; the rest is scrolled to."""
CLEARLY_LARGER = 1.15
SMALL, TIGHT = 500, 8
"""A page with a side shorter than this is small, and has this margin."""


@dataclass(frozen=True, slots=True)
class Needs:
    """The least sizes of the parts.

    Attributes
    ----------
    row, strip
        Of the tools as a row below the pad, and as a strip beside it.
    answer
        Width of the answer.
    text_scale
        How much larger than their actual size texts are.
    """

    row: QSize
    strip: QSize
    answer: int
    text_scale: float


@dataclass(frozen=True, slots=True)
class PageLayout:
    """Where the pad, its tools and the answer are on the page, and whether the tools are an upright strip."""

    pad: QRect
    tools: QRect
    answer: QRect
    tools_upright: bool = False


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One way to divide a page: the least size it needs, and what it makes of the room there is."""

    least: Callable[[Needs], QSize]
    divide: Callable[[QRect, Needs], PageLayout]

    def fits(self, room: QSize, needs: Needs) -> bool:
        return room.expandedTo(self.least(needs)) == room


def find_layout(page: QSize, needs: Needs) -> PageLayout:
    """Divide a `page`, no smaller than `least_page` says, so that the pad becomes large."""
    margin = TIGHT if min(page.width(), page.height()) < SMALL else MARGIN
    inside = QRect(0, 0, page.width(), page.height()).adjusted(margin, margin, -margin, -margin)
    fitting = [kind for kind in ARRANGEMENTS if kind.fits(inside.size(), needs)]
    best, *others = [kind.divide(inside, needs) for kind in fitting or ARRANGEMENTS[:1]]
    for other in others:
        wanted = 1.0 if other.tools_upright and best.pad.width() < COMFORTABLE_PAD else CLEARLY_LARGER
        if other.pad.width() > wanted * best.pad.width():
            best = other
    return best


def least_page(visible: QSize, needs: Needs) -> QSize:
    """The smallest page on which nothing is cut off, in the arrangement that exceeds the `visible` size least."""
    margins = QSize(2 * TIGHT, 2 * TIGHT)
    leasts = [kind.least(needs) + margins for kind in ARRANGEMENTS]
    return min(leasts, key=lambda least: sum(_excess(least, visible)))


def _excess(least: QSize, visible: QSize) -> tuple[int, int]:
    return max(least.width() - visible.width(), 0), max(least.height() - visible.height(), 0)


# --- the answer beside the pad, and the tools below the pad -----------------------------------------------


def _beside_least(needs: Needs) -> QSize:
    width = max(SMALLEST_PAD, needs.row.width()) + MARGIN + needs.answer
    return QSize(width, SMALLEST_PAD + SPACING + needs.row.height())


def _beside(inside: QRect, needs: Needs) -> PageLayout:
    answer = _column(inside, needs, left_over=needs.row.width())
    left = QRect(inside.topLeft(), QSize(answer.left() - MARGIN - inside.left(), inside.height()))
    return PageLayout(*_pad_and_row(left, needs.row.height()), answer)


# --- the answer and the tools beside the pad, where the page is low ---------------------------------------


def _upright_least(needs: Needs) -> QSize:
    width = needs.strip.width() + SPACING + SMALLEST_PAD + MARGIN + needs.answer
    return QSize(width, max(needs.strip.height(), SMALLEST_PAD))


def _upright(inside: QRect, needs: Needs) -> PageLayout:
    strip = needs.strip.width() + SPACING
    answer = _column(inside, needs, left_over=strip + SMALLEST_PAD)
    room = answer.left() - MARGIN - inside.left() - strip
    side = min(room, inside.height())
    left = inside.left() + (room - side) // 2
    tools = QRect(left, inside.top(), needs.strip.width(), inside.height())
    pad = QRect(left + strip, inside.top() + (inside.height() - side) // 2, side, side)
    return PageLayout(pad, tools, answer, tools_upright=True)


# --- the answer below the pad, where the page is narrow ---------------------------------------------------


def _below_least(needs: Needs) -> QSize:
    height = SMALLEST_PAD + SPACING + needs.row.height() + SPACING + round(LOWEST_ANSWER * needs.text_scale)
    return QSize(max(SMALLEST_PAD, needs.row.width(), needs.answer), height)


def _below(inside: QRect, needs: Needs) -> PageLayout:
    row = needs.row.height()
    most = inside.height() - SMALLEST_PAD - 2 * SPACING - row
    height = min(max(round(LOWEST_ANSWER * needs.text_scale), inside.height() * 2 // 5), most)
    pad, tools = _pad_and_row(inside.adjusted(0, 0, 0, -height - SPACING), row)
    top = tools.bottom() + 1 + SPACING
    return PageLayout(pad, tools, QRect(inside.left(), top, inside.width(), inside.bottom() + 1 - top))


ARRANGEMENTS = (
    Arrangement(_beside_least, _beside),
    Arrangement(_upright_least, _upright),
    Arrangement(_below_least, _below),
)


def _column(inside: QRect, needs: Needs, *, left_over: int) -> QRect:
    """The answer at the right edge: a third of the page, or up to half of it where texts need that."""
    room = inside.width() - MARGIN
    wanted = min(max(room // 3, round(NARROWEST_ANSWER * needs.text_scale)), WIDEST_ANSWER, room // 2)
    width = max(min(wanted, room - left_over), needs.answer)
    return QRect(inside.right() + 1 - width, inside.top(), width, inside.height())


def _pad_and_row(room: QRect, row: int) -> tuple[QRect, QRect]:
    """The largest centred square that fits, with a row of tools as wide as `room` right below it."""
    side = min(room.width(), room.height() - SPACING - row)
    top = room.top() + (room.height() - side - SPACING - row) // 2
    pad = QRect(room.left() + (room.width() - side) // 2, top, side, side)
    return pad, QRect(room.left(), top + side + SPACING, room.width(), row)
