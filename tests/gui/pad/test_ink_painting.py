"""Painted ink: no slits, and round ends, however a stroke folds back."""

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from core.digits.arrays import Image
from core.ink.drawing import Stroke
from gui.pad.ink_painting import paint_step, paint_stroke, paint_tail

SIDE, FINER = 130, 4
INK = QColor("black")
Points = list[tuple[float, float]]

UP = (110, 108, 106, 104, 101, 98, 96, 94, 92, 90, 88, 86, 83, 82, 80, 79)
DOWN = (82, 83, 86, 87, 89, 90, 92, 95, 96, 97, 99, 100, 101, 103, 105)
BACK_AND_FORTH: Points = [(80, y) for y in (*UP, *DOWN)]
HOOK: Points = [(45.3, 70.5), (62.3, 70.7), (62.1, 71.6), (61.8, 69.8), (55.3, 65.1)]
CROWDED: Points = [
    *[(70.0, 80.0), (60.4, 85.7), (74.7, 80.2), (78.8, 73.9), (56.3, 68.6), (58.0, 62.4), (56.8, 68.4), (48.1, 72.6)],
    *[(46.6, 73.1), (56.5, 74.5), (48.5, 76.1), (48.7, 76.1), (42.8, 80.5)],
]
TREMBLING: Points = [(30.0 + place + 3 * (place % 2), 80.0 + (-1) ** place) for place in range(60)]


def painted(points: Points, width: float, *, in_steps: bool) -> Image:
    """How opaque the ink of a stroke is: drawn as a whole, or in steps, as while it is under way."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_Alpha8)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if in_steps:
        places = [QPointF(*point) for point in points]
        for index in range(len(places)):
            paint_step(painter, places[: index + 1][-3:], width=width, colour=INK)
        paint_tail(painter, places[-2:], width=width, colour=INK)
    else:
        paint_stroke(painter, Stroke(np.array(points, np.float32)), scale=1, width=width, colour=INK)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(SIDE, image.bytesPerLine())
    return rows[:, :SIDE].copy()


def covered(points: Points, width: float) -> Image:
    """What a round pen covers on its way: discs along the curves through the midpoints, averaged to 0 to 255."""
    ends = np.array(points, np.float64)
    middles = (ends[1:] + ends[:-1]) / 2
    share = np.linspace(0, 1, 20)[:, np.newaxis]
    bends = zip(middles, ends[1:], middles[1:], strict=False)
    curves = [(1 - share) ** 2 * a + 2 * share * (1 - share) * b + share**2 * c for a, b, c in bends]
    straight = [a + share * (b - a) for a, b in ((ends[0], middles[0]), (middles[-1], ends[-1]))]
    fine = np.zeros((SIDE * FINER, SIDE * FINER), np.uint8)
    for place in np.concatenate([*curves, *straight]) * FINER:
        cv2.circle(fine, tuple((place * 16).astype(int).tolist()), round(width / 2 * FINER * 16), 255, -1, shift=4)
    return np.asarray(cv2.resize(fine, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)


@pytest.mark.parametrize("in_steps", [False, True])
@pytest.mark.parametrize("points", [BACK_AND_FORTH, HOOK, CROWDED, TREMBLING])
@pytest.mark.parametrize("width", [16.4, 19.7, 23.4])
def test_ink_covers_what_the_pen_covers(points: Points, width: float, in_steps: bool) -> None:
    ink, expected = painted(points, width, in_steps=in_steps), covered(points, width)
    inside = cv2.erode((expected == 255).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    outside = cv2.dilate((expected > 0).astype(np.uint8), np.ones((3, 3), np.uint8)) == 0
    assert inside.sum() > 200
    assert ink[inside].min() > 243
    assert ink[outside].max() == 0
