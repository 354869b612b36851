"""Frames, rings and grids around ink, and outlines of things that are none."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from core.pictures.frames import find_frames, is_grid
from core.pictures.parts import Parts, plausible_parts

Gray = npt.NDArray[np.uint8]
SIDE = 300


def with_seven() -> Gray:
    ink = np.zeros((SIDE, SIDE), np.uint8)
    cv2.polylines(ink, [np.array([(110, 100), (190, 98), (140, 210)], np.int32)], False, 255, 14, cv2.LINE_AA)
    return ink


def parts_of(ink: Gray) -> Parts:
    found = plausible_parts(ink > 127, ink.astype(np.float32), 127, least_peak=50, edges=None)
    assert found is not None
    return found


def frames_of(ink: Gray) -> int:
    parts = parts_of(ink)
    frames = find_frames(parts)
    assert not frames[[box.tolist() for box in parts.boxes].index([103, 91, 198, 218])]
    return int(frames.sum())


@pytest.mark.parametrize("width", [2, 5, 16])
def test_a_rectangle_is_a_frame_at_the_edges_and_inside(width: int) -> None:
    for inset in (0, 4, 40):
        ink = with_seven()
        cv2.rectangle(ink, (inset, inset), (SIDE - 1 - inset, SIDE - 1 - inset), 255, width)
        assert frames_of(ink) == 1


def test_the_lines_of_a_frame_may_cross_at_its_corners() -> None:
    ink = with_seven()
    for place in (50, 250):
        cv2.line(ink, (20, place), (280, place), 255, 5)
        cv2.line(ink, (place, 20), (place, 280), 255, 5)
    assert frames_of(ink) == 1


@pytest.mark.parametrize("end", [360, 355, 351])
def test_a_ring_is_a_frame_even_when_it_is_not_closed(end: int) -> None:
    ink = with_seven()
    cv2.ellipse(ink, (150, 150), (125, 110), 20, 0, end, 255, 6, cv2.LINE_AA)
    assert frames_of(ink) == 1


def test_the_outline_of_a_thing_is_no_frame() -> None:
    fish = with_seven()
    body = [(20, 150), (90, 60), (180, 60), (240, 150), (290, 90), (290, 210), (240, 150), (180, 240), (90, 240)]
    cv2.polylines(fish, [np.array(body)], isClosed=True, color=255, thickness=5, lineType=cv2.LINE_AA)
    assert frames_of(fish) == 0
    horseshoe = with_seven()
    cv2.ellipse(horseshoe, (150, 150), (125, 125), 90, 50, 310, 255, 6, cv2.LINE_AA)
    assert frames_of(horseshoe) == 0


def test_lines_all_over_the_picture_are_a_grid() -> None:
    squared, framed = with_seven(), with_seven()
    cv2.rectangle(framed, (2, 2), (SIDE - 3, SIDE - 3), 255, 5)
    for place in range(0, SIDE, 33):
        if not 100 < place < 200:
            cv2.line(squared, (place, 0), (place, SIDE), 255, 3)
            cv2.line(squared, (0, place), (SIDE, place), 255, 3)
    ringed = np.pad(with_seven(), 200)
    cv2.ellipse(ringed, (350, 350), (125, 105), 45, 0, 360, 255, 6, cv2.LINE_AA)
    for ink, expected in ((squared, True), (framed, False), (with_seven(), False), (ringed, False)):
        parts = parts_of(ink)
        assert is_grid(parts, find_frames(parts)) is expected
