"""What would change an answer: pieces left out, gaps closed, ends drawn on."""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import pytest

from core.digits.normalize import normalize_drawing
from core.explaining.changes import LARGEST_PIECE, MOST_CHANGES, MOST_VARIANTS, ChangeKind, find_changes
from core.explaining.explainer import Explainer
from core.explaining.ink_cells import divide_ink
from core.ink.drawing import Drawing, Stroke
from core.recognition.recognizer import BLANK, Recognition, Verdict

SEVEN = [[25, 20], [72, 20], [45, 80]]
EIGHT = [[60, 20], [40, 15], [30, 30], [50, 48], [68, 65], [55, 85], [35, 80], [32, 65], [50, 48], [66, 30], [60, 20]]
ZERO_WITH_A_GAP = [[45, 12], [30, 18], [20, 50], [30, 80], [50, 88], [70, 80], [80, 50], [76, 25]]


def drawn(*strokes: list[list[int]]) -> Any:
    digit = normalize_drawing(Drawing(tuple(Stroke(np.array(points, np.float32)) for points in strokes), 100))
    assert digit is not None
    return digit


def test_a_seven_without_its_bar_is_a_one(shipped: Explainer) -> None:
    digit = drawn(SEVEN)
    changes = shipped.changes(digit)
    one = next(change for change in changes if change.digit == 1)
    assert one.kind == ChangeKind.WITHOUT and one.confidence > 0.5 and 0 < one.size <= LARGEST_PIECE
    rows = np.flatnonzero((one.ghost > 127).any(axis=1))
    assert rows.max() < len(one.ghost) / 2  # the bar is at the top
    assert not one.ghost[digit.ink == 0].any()


def test_the_smallest_change_comes_first_and_each_makes_another_digit(shipped: Explainer) -> None:
    eight = drawn(EIGHT)
    answer = shipped.recognize(eight.image)
    assert answer.digit == 8
    changes = shipped.changes(eight)
    assert 0 < len(changes) <= MOST_CHANGES
    assert [change.size for change in changes] == sorted(change.size for change in changes)
    assert len({change.digit for change in changes} | {8}) == len(changes) + 1


class Reader:
    """Reads an image as the digit that a rule says, and counts what it was asked."""

    def __init__(self, rule: Any) -> None:
        self.rule = rule
        self.read = 0

    def __call__(self, images: Sequence[Any]) -> list[Recognition]:
        self.read += len(images)
        return [self._answer(image) for image in images]

    def _answer(self, image: Any) -> Recognition:
        if image is None:
            return BLANK
        digit = self.rule(image)
        return Recognition(digit, tuple(0.9 if d == digit else 0.01 for d in range(10)), Verdict.DIGIT)


def holes(image: Any) -> int:
    """How many holes the ink has."""
    padded = np.pad(image, 1) > 60
    return int(cv2.connectedComponents((~padded).astype(np.uint8), connectivity=4)[0]) - 2


def test_a_gap_is_closed() -> None:
    reader = Reader(lambda image: 0 if holes(image) else 6)
    open_zero = drawn(ZERO_WITH_A_GAP)
    [answer] = reader([open_zero.image])
    assert answer.digit == 6
    [change] = find_changes(open_zero.ink, answer, reader)
    assert (change.kind, change.digit) == (ChangeKind.CLOSED, 0)
    down, across = np.argwhere(change.ghost > 127).mean(axis=0) / len(change.ghost)
    assert down < 0.3 and 0.5 < across < 0.9  # at the top right, where the gap is


def test_an_end_is_drawn_on() -> None:
    reader = Reader(lambda image: 7 if np.ptp(np.flatnonzero(image.any(axis=0))) > 9 else 1)
    line = drawn([[45, 10], [48, 90]], [[26, 50], [45, 50]])
    [answer] = reader([line.image])
    assert answer.digit == 1
    [change] = find_changes(line.ink, answer, reader)
    assert (change.kind, change.digit) == (ChangeKind.LONGER, 7)
    assert not (line.ink[change.ghost > 127] > 127).any()


def test_no_more_variants_are_read_than_fit_into_the_time_and_work_can_be_ended() -> None:
    reader = Reader(lambda image: 4)
    lines = drawn(*[[[x, 10], [x + 5, 50], [x, 90]] for x in range(10, 90, 12)])
    assert find_changes(lines.ink, reader([lines.image])[0], reader) == []
    assert 40 < reader.read - 1 <= MOST_VARIANTS

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_changes(lines.ink, reader([lines.image])[0], reader, stop)


def test_a_dot_and_nothing_have_no_changes() -> None:
    reader = Reader(lambda image: 1)
    for ink in (np.zeros((160, 160), np.uint8), np.full((10, 10), 255, np.uint8)):
        assert find_changes(ink, reader([ink])[0], reader) == []


def test_ink_of_any_size_is_seen_at_one_size(shipped: Explainer) -> None:
    digit = drawn(SEVEN)
    answer = shipped.recognize(digit.image)

    def recognize_many(images: Sequence[Any]) -> list[Recognition]:
        return [shipped.recognize(image) for image in images]

    for side in (40, 500):
        ink = np.asarray(cv2.resize(digit.ink, (side, side), interpolation=cv2.INTER_AREA), np.uint8)
        changes = find_changes(ink, answer, recognize_many)
        assert 1 in [change.digit for change in changes]
        assert all(change.ghost.shape == (160, 160) for change in changes)


def test_cells_divide_all_ink_along_its_strokes() -> None:
    ink = drawn(SEVEN).ink > 127
    cells = divide_ink(ink, 35)
    assert ((cells.labels >= 0) == ink).all()
    assert set(np.unique(cells.labels[ink])) == set(range(len(cells)))
    assert 6 <= len(cells) <= 14
    assert all(cell in cells.neighbours[other] for cell in range(len(cells)) for other in cells.neighbours[cell])
    runs = list(cells.runs(3))
    assert len(set(runs)) == len(runs) and {len(run) for run in runs} == {1, 2, 3}
    whole = cells.ink_of(frozenset(range(len(cells))))
    np.testing.assert_array_equal(whole, ink)


def test_a_ring_is_divided_too_and_nothing_is_not() -> None:
    ring = np.zeros((100, 100), np.uint8)
    cv2.circle(ring, (50, 50), 35, 255, 12)
    cells = divide_ink(ring > 127, 40)
    assert len(cells) >= 5 and all(len(around) == 2 for around in cells.neighbours)
    assert len(divide_ink(np.zeros((20, 20), bool), 5)) == 0
