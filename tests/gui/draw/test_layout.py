"""Where the parts of the drawing page stand, in pages of all sizes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from core.settings import TEXT_SCALES
from gui.draw.layout import SMALLEST_PAD, Needs, PageLayout, find_layout, least_page

ROW, STRIP = QSize(260, 34), QSize(39, 230)


def layout(width: int, height: int, scale: float = 1.0) -> PageLayout:
    return find_layout(QSize(width, height), needs(scale))


def needs(scale: float) -> Needs:
    return Needs(ROW, STRIP, round(160 * scale), scale)


@pytest.mark.parametrize(
    ("width", "height", "upright", "below", "least_pad"),
    [
        (1180, 705, False, False, 620),
        (800, 468, False, False, 400),
        (960, 400, True, False, 380),
        (683, 250, True, False, 230),
        (400, 560, False, True, 250),
        (600, 900, False, True, 460),
    ],
)
def test_the_arrangement_follows_the_room(width: int, height: int, upright: bool, below: bool, least_pad: int) -> None:
    found = layout(width, height)
    assert (found.tools_upright, found.answer.top() > found.pad.bottom()) == (upright, below)
    assert found.pad.width() == found.pad.height() >= least_pad


@given(st.integers(0, 2000), st.integers(0, 1500), st.sampled_from(TEXT_SCALES))
def test_nothing_overlaps_or_leaves_the_page(more_width: int, more_height: int, scale: float) -> None:
    seen = QSize(240 + more_width, 120 + more_height)
    page = seen.expandedTo(least_page(seen, needs(scale)))
    found = find_layout(page, needs(scale))
    parts = (found.pad, found.tools, found.answer)
    for number, part in enumerate(parts):
        assert QRect(0, 0, page.width(), page.height()).contains(part)
        assert not any(part.intersects(other) for other in parts[number + 1 :])
    assert found.pad.width() == found.pad.height() >= SMALLEST_PAD
    assert found.answer.width() >= needs(scale).answer
    least = STRIP if found.tools_upright else ROW
    assert found.tools.size().expandedTo(least) == found.tools.size()


def test_the_pad_is_the_largest_thing() -> None:
    for width, height in ((1920, 1000), (1180, 705), (1024, 610), (800, 468), (683, 250)):
        found = layout(width, height)
        assert found.pad.width() * found.pad.height() >= 0.7 * found.answer.width() * found.answer.height()
        assert found.pad.width() >= 0.6 * min(width, height)
