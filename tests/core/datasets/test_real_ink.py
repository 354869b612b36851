"""Files of labelled ink: what is read, what is refused with a sentence, and whose ink is for what."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from core.datasets.real_ink import read_ink_file, split_writers
from core.errors import DataSetError

SEVEN = {"label": 7, "writer": "w01", "strokes": [[[0, 0], [10, 0], [4, 20]], [[2, 9], [9, 9]]]}


def write(path: Path, records: Any, *, packed: bool = False) -> Path:
    content = json.dumps(records).encode()
    path.write_bytes(gzip.compress(content) if packed else content)
    return path


@pytest.mark.parametrize("packed", [False, True])
def test_drawings_are_read_with_label_and_writer(tmp_path: Path, packed: bool) -> None:
    seven, other = read_ink_file(
        write(tmp_path / "ink", [SEVEN, {**SEVEN, "label": 0, "writer": "w02"}], packed=packed)
    )
    assert (seven.label, seven.writer, other.label, other.writer) == (7, "w01", 0, "w02")
    assert [stroke.points.tolist() for stroke in seven.drawing.strokes] == SEVEN["strokes"]
    assert seven.drawing.pad_side is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"label": 10}, "the label is not 0 to 9"),
        ({"label": True}, "the label is not 0 to 9"),
        ({"label": "7"}, "the label is not 0 to 9"),
        ({"strokes": []}, "there are no strokes"),
        ({"strokes": None}, "there are no strokes"),
        ({"strokes": [[]]}, "not a list of points"),
        ({"strokes": [[[1, 2], [3]]]}, "not a list of points"),
        ({"strokes": [[["1", "2"]]]}, "not a list of points"),
        ({"strokes": [[[True, False]]]}, "not a list of points"),
        ({"strokes": [None]}, "not a list of points"),
        ({"strokes": [[[1, 1e999]]]}, "a coordinate is not within"),
        ({"strokes": [[[1, 1e39]]]}, "a coordinate is not within"),
        ({"strokes": [[[1, 2]] * 10_001]}, "more than 10,000 points"),
        ({"writer": None}, "the writer is not a name"),
        ({"writer": {"name": "w"}}, "the writer is not a name"),
        ({"writer": "w" * 65}, "the writer is not a name"),
    ],
)
def test_a_wrong_drawing_is_named(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    path = write(tmp_path / "ink.json", [SEVEN, {**SEVEN, **change}])
    with pytest.raises(DataSetError, match=rf"ink\.json: drawing 2 is not a labelled digit \(.*{reason}") as problem:
        read_ink_file(path)
    assert str(problem.value).endswith(".")


def test_a_record_of_another_kind_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match=r"drawing 1 is not a labelled digit \(it is no record"):
        read_ink_file(write(tmp_path / "ink.json", [7]))


@pytest.mark.parametrize("records", [{}, [], "ink", {"strokes": []}])
def test_what_is_no_list_of_drawings_is_refused(tmp_path: Path, records: Any) -> None:
    with pytest.raises(DataSetError, match="no list of drawings"):
        read_ink_file(write(tmp_path / "ink.json", records))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a JSON file"),
        (b"\xff\xfe\x00", "not a JSON file"),
        (b"[" * 100_000, "not a JSON file"),
        (gzip.compress(b"[]", mtime=0)[:-6], "damaged"),
        (b"\x1f\x8b" + bytes(30), "damaged"),
    ],
)
def test_what_is_no_ink_file_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "ink.json"
    path.write_bytes(content)
    with pytest.raises(DataSetError, match=reason):
        read_ink_file(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match=r"none\.json cannot be read: no such file or folder\."):
        read_ink_file(tmp_path / "none.json")


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.datasets.real_ink.MAX_FILE_BYTES", 1000)
    path = write(tmp_path / "ink.gz", [SEVEN] * 100, packed=True)
    assert path.stat().st_size < 1000
    with pytest.raises(DataSetError, match="it holds more than"):
        read_ink_file(path)


def test_thirty_writers_are_split_into_three_parts_without_overlap() -> None:
    names = [f"w{number:02}" for number in range(30)]
    split = split_writers([*names, *reversed(names)])
    assert (len(split.train), len(split.validation), len(split.judging)) == (20, 2, 8)
    assert split.train | split.validation | split.judging == set(names)
    assert split == split_writers(names)


def test_a_single_writer_is_learned_from() -> None:
    assert split_writers(["me"]).train == {"me"}
