"""Disputed labels are remembered for the digits that they are on."""

import json
from pathlib import Path

import pytest

from core.errors import StorageError
from core.judging.disputed import DisputedLabels

DIGITS, OTHERS = "a" * 64, "a" * 63 + "b"


def test_marks_are_remembered_and_taken_back(tmp_path: Path) -> None:
    labels = DisputedLabels(tmp_path / "tests", DIGITS, 5)
    labels.mark([3], is_disputed=True)
    labels.mark([1], is_disputed=True)
    labels.mark([3], is_disputed=False)
    again = DisputedLabels(tmp_path / "tests", DIGITS, 5)
    assert 1 in again and 3 not in again and len(again) == 1
    assert again.undisputed().tolist() == [True, False, True, True, True]


def test_digits_with_a_like_beginning_have_marks_of_their_own(tmp_path: Path) -> None:
    DisputedLabels(tmp_path, DIGITS, 5).mark([0], is_disputed=True)
    assert len(DisputedLabels(tmp_path, OTHERS, 5)) == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[1]",
        b"\xff\xfe",
        b'{"digits": 7, "disputed": [1]}',
        json.dumps({"digits": DIGITS, "disputed": {"1": 1}}).encode(),
        json.dumps({"digits": DIGITS, "disputed": [True, -1, 5, "1", 1.0, None, [2]]}).encode(),
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_has_no_marks(tmp_path: Path, content: bytes) -> None:
    labels = DisputedLabels(tmp_path, DIGITS, 5)
    labels.path.write_bytes(content)
    again = DisputedLabels(tmp_path, DIGITS, 5)
    assert len(again) == 0
    again.mark([2], is_disputed=True)
    assert 2 in DisputedLabels(tmp_path, DIGITS, 5)


def test_a_mark_that_cannot_be_kept_is_none(tmp_path: Path) -> None:
    (tmp_path / "tests").write_text("no folder")
    labels = DisputedLabels(tmp_path / "tests", DIGITS, 5)
    with pytest.raises(StorageError):
        labels.mark([2], is_disputed=True)
    assert 2 not in labels


def test_marks_of_another_window_are_kept(tmp_path: Path) -> None:
    one, other = (DisputedLabels(tmp_path, DIGITS, 5) for _ in range(2))
    one.mark([1], is_disputed=True)
    other.mark([2], is_disputed=True)
    assert 1 in other and 2 in other and len(DisputedLabels(tmp_path, DIGITS, 5)) == 2
