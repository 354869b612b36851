"""Brackets under the digits of a number: each can be told from its neighbours, however close these are."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.digits.normalize import normalize_drawing
from core.ink.samples import read_sample
from core.recognition.numbers import NumberReading, ReadDigit
from core.recognition.recognizer import Recognition, Verdict
from core.recognition.rows import Box
from gui.pad.digit_marks import BETWEEN, DigitMarks

SIDE = 500
"""Of the pad, in pixels: half as many as it has units."""


def reading(*boxes: Box, verdict: Verdict = Verdict.DIGIT) -> NumberReading:
    """Ones at `boxes`, of which the first has this verdict."""
    normalized = normalize_drawing(read_sample(1))
    assert normalized is not None
    shares = tuple(float(digit == 1) for digit in range(10))
    verdicts = [verdict] + [Verdict.DIGIT] * (len(boxes) - 1)
    answers = [Recognition(1, shares, each) for each in verdicts]
    return NumberReading(tuple(ReadDigit(answer, normalized, box) for answer, box in zip(answers, boxes, strict=True)))


def brackets(pad: QWidget, number: NumberReading, pen: float = 20.0) -> list[tuple[int, int]]:
    """From where to where, in pixels, each line of the brackets goes that lie on one floor."""
    opaque = painted(pad, number, pen)
    floor = opaque[int(opaque.sum(axis=1).argmax())].astype(np.int8)
    turns = np.flatnonzero(np.diff(floor, prepend=0, append=0)).tolist()
    return list(zip(turns[::2], turns[1::2], strict=True))


def painted(pad: QWidget, number: NumberReading, pen: float = 20.0) -> npt.NDArray[np.bool_]:
    """Which pixels of the pad the marks of `number` cover."""
    marks = DigitMarks()
    marks.show(number, None, with_unread=False)
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    marks.paint(painter, pad, pen)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(SIDE, SIDE, 4)[..., 3] > 0


@pytest.fixture
def pad(qtbot: QtBot) -> QWidget:
    pad = QWidget()
    qtbot.addWidget(pad)
    pad.resize(SIDE, SIDE)
    return pad


@pytest.mark.parametrize("gap", [-60.0, 0.0, 40.0, 48.0])
def test_brackets_of_neighbours_never_touch(pad: QWidget, gap: float) -> None:
    lefts = [100.0 + index * (200 + gap) for index in range(3)]
    found = brackets(pad, reading(*((left, 300.0, left + 200, 600.0) for left in lefts)))
    assert len(found) == 3
    for (_, right), (left, _) in pairwise(found):
        assert left - right >= BETWEEN - 2
    assert found[0][0] == pytest.approx(40, abs=2)
    assert found[-1][1] == pytest.approx((lefts[-1] + 200) / 2 + 10, abs=2)


def test_a_bracket_is_as_wide_as_its_digit_where_there_is_room(pad: QWidget) -> None:
    found = brackets(pad, reading((100.0, 300.0, 300.0, 600.0), (500.0, 300.0, 700.0, 600.0)))
    assert found == [pytest.approx((40, 160), abs=2), pytest.approx((240, 360), abs=2)]


def test_rows_do_not_narrow_each_other(pad: QWidget) -> None:
    found = brackets(pad, reading((100.0, 100.0, 700.0, 200.0), (650.0, 500.0, 900.0, 600.0)))
    assert found == [pytest.approx((40, 360), abs=2)]


@pytest.mark.parametrize(("left", "is_below"), [(310.0, True), (500.0, False)])
def test_the_question_mark_of_an_unsure_digit_touches_no_neighbour(pad: QWidget, left: float, is_below: bool) -> None:
    boxes = (100.0, 300.0, 300.0, 600.0), (left, 300.0, left + 200, 600.0)
    sure = painted(pad, reading(*boxes))
    added = painted(pad, reading(*boxes, verdict=Verdict.UNSURE)) & ~sure
    rows, columns = np.nonzero(added)
    assert len(rows) > 10, "there is a question mark"
    floor = int(np.nonzero(sure)[0].max())
    assert (rows.max() > floor + 5) == is_below
    assert columns.max() < left / 2 - 10
