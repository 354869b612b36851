"""Digits are imported from whatever holds them, once; files that are hostile or damaged change nothing."""

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.datasets.importing import Imported, import_samples
from core.errors import DataSetError, SampleError
from core.models.library import ModelLibrary
from core.recognition.recognizer import Recognizer
from core.recognition.sample_files import SampleReader
from core.samples.exporting import export_samples
from core.samples.packages import IMAGES, LIST
from core.samples.sample import NO_DIGIT
from core.samples.store import SampleStore
from core.system.paths import assets_folder
from tests.core.samples.kept_digits import drawn_sample, pictured_sample


@pytest.fixture(scope="module")
def reader() -> SampleReader:
    library = ModelLibrary(assets_folder() / "none", assets_folder() / "models")
    return SampleReader(Recognizer(library.shipped_bundle()))


@pytest.fixture
def full(tmp_path: Path) -> Iterator[SampleStore]:
    """Digits by Ada, one picture, and what is no digit."""
    with SampleStore(tmp_path / "full.sqlite") as store:
        store.keep(*(drawn_sample(seed, writer="Ada") for seed in range(20)))
        store.keep(pictured_sample(1), drawn_sample(90, label=NO_DIGIT))
        yield store


@pytest.fixture
def other(tmp_path: Path) -> Iterator[SampleStore]:
    with SampleStore(tmp_path / "other.sqlite") as store:
        yield store


def counts(result: Imported) -> tuple[int, int, int]:
    return result.added, result.known, result.unreadable


@pytest.mark.parametrize(("name", "count"), [("out", 22), ("out.npz", 21), ("out.csv", 21), ("out.zip", 22)])
def test_what_was_exported_is_imported_once(
    full: SampleStore, other: SampleStore, tmp_path: Path, reader: SampleReader, name: str, count: int
) -> None:
    export_samples(full, tmp_path / name)
    assert counts(import_samples(full, tmp_path / name, reader.read)) == (0, count, 0), "all were there already"
    assert counts(import_samples(other, tmp_path / name, reader.read)) == (count, 0, 0)
    again = import_samples(other, tmp_path / name, reader.read)
    assert [str(message) for message in again.messages] == [f"0 added, {count} were there already."]
    assert sorted(sample.label for sample in other.samples()) == sorted(
        sample.label for sample in full.samples() if count == 22 or sample.label != NO_DIGIT
    )
    for sample in other.samples():
        other.content(sample.id)


def test_a_zip_keeps_writers_times_and_ink(
    full: SampleStore, other: SampleStore, tmp_path: Path, reader: SampleReader
) -> None:
    export_samples(full, tmp_path / "out.zip")
    import_samples(other, tmp_path / "out.zip", reader.read, writer="Bob")
    for one, two in zip(full.samples(), other.samples(), strict=True):
        assert (two.writer, two.kept_at, two.source) == (one.writer or "Bob", one.kept_at, one.source)
        assert other.ink(two.id)[0] == full.ink(one.id)[0]


def test_a_writer_is_given_to_what_has_none(
    full: SampleStore, other: SampleStore, tmp_path: Path, reader: SampleReader
) -> None:
    export_samples(full, tmp_path / "out.csv")
    for name, added in (("Ada", 21), ("Bob", 21), ("Ada", 0), (None, 0)):
        assert import_samples(other, tmp_path / "out.csv", reader.read, writer=name).added == added
    assert other.writers() == {"Ada": 21, "Bob": 21}


def test_labelled_ink_has_its_writers(other: SampleStore, tmp_path: Path, reader: SampleReader) -> None:
    points = [[10, 10], [20, 90], [30, 10]]
    records = [{"label": n, "writer": f"w{n}", "strokes": [points, [[0, n], [40, 40]]]} for n in range(3)]
    (tmp_path / "ink.json").write_text(json.dumps(records))
    assert counts(import_samples(other, tmp_path / "ink.json", reader.read)) == (3, 0, 0)
    assert other.writers() == {"w0": 1, "w1": 1, "w2": 1}


def test_files_that_cannot_be_read_are_counted(other: SampleStore, tmp_path: Path, reader: SampleReader) -> None:
    for name in ("7", "none"):
        (tmp_path / "in" / name).mkdir(parents=True)
    shutil.copy(assets_folder() / "samples" / "7.inkml", tmp_path / "in" / "7")
    (tmp_path / "in" / "none" / "a.png").write_bytes(b"no picture")
    (tmp_path / "in" / "7" / ".DS_Store").write_bytes(b"left by a system")
    result = import_samples(other, tmp_path / "in", reader.read)
    assert counts(result) == (1, 0, 1)
    added, unread = map(str, result.messages)
    assert added == "1 added." and unread.startswith("1 could not be read; the first: a.png: The file is not a picture")


def test_dark_digits_on_bright_are_inverted(other: SampleStore, tmp_path: Path, reader: SampleReader) -> None:
    images = 255 - np.stack([drawn_sample(seed).image for seed in range(12)])
    np.savez(tmp_path / "dark.npz", x_train=images, y_train=np.arange(12) % 10)
    result = import_samples(other, tmp_path / "dark.npz", reader.read)
    assert result.added == 12 and "inverted" in str(result.messages[-1])
    np.testing.assert_array_equal(other.samples()[0].image, drawn_sample(0).image)


def package(full: SampleStore, folder: Path) -> dict[str, bytes]:
    """The files of an exported package."""
    export_samples(full, folder / "good.zip")
    with zipfile.ZipFile(folder / "good.zip") as good:
        return {name: good.read(name) for name in good.namelist()}


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return path


def changed_list(files: dict[str, bytes], **values: Any) -> dict[str, bytes]:
    return {**files, LIST: json.dumps({**json.loads(files[LIST]), **values}).encode()}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda files: {**files, "../evil.py": b"import os"}, "“../evil.py” in it is not from DigitPad"),
        (lambda files: {**files, "/etc/passwd": b"root"}, "is not from DigitPad; nothing was added"),
        (lambda files: {**files, "ink/x.pickle": b"cos\nsystem\n"}, "is not from DigitPad; nothing was added"),
        (lambda files: {**files, IMAGES: files[IMAGES][:-1]}, "not a complete zip file of digits"),
        (lambda files: {**files, LIST: b"[" * 100_000}, "not a complete zip file of digits"),
        (lambda files: {name: files[name] for name in files if name != IMAGES}, "not a complete zip file of digits"),
        (lambda files: changed_list(files, version=2), "saved by a newer DigitPad"),
        (lambda files: changed_list(files, format="others"), "not a complete zip file of digits"),
        (lambda files: changed_list(files, digits={"label": 3}), "not a complete zip file of digits"),
    ],
    ids=["up", "root", "foreign", "cut", "nested", "no images", "newer", "other format", "no list"],
)
def test_a_hostile_zip_changes_nothing(
    full: SampleStore, other: SampleStore, tmp_path: Path, reader: SampleReader, wrong: Any, sentence: str
) -> None:
    path = zipped(tmp_path / "in.zip", wrong(package(full, tmp_path)))
    with pytest.raises(SampleError, match=sentence) as error:
        import_samples(other, path, reader.read)
    assert str(error.value).startswith("in.zip: ")
    assert other.samples() == []
    assert not (tmp_path.parent / "evil.py").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        *({"label": 11}, {"label": "10"}, {"kept_at": "now"}, {"kept_at": float("nan")}, {"kept_at": 1e300}),
        *(
            {"kept_at": 10**400},
            {"kept_at": True},
            {"kept_at": "1e9"},
            {"writer": {"a": 1}},
            {"source": None},
            {"model": 3},
        ),
        *({"writer": "x" * 65}, {"ink": "ink/999999.inkml"}, {"ink": IMAGES}, {"answered": []}, {"label": {}}),
    ],
)
def test_a_damaged_record_is_left_out(
    full: SampleStore, other: SampleStore, tmp_path: Path, reader: SampleReader, wrong: dict[str, Any]
) -> None:
    files = package(full, tmp_path)
    records = json.loads(files[LIST])["digits"]
    path = zipped(tmp_path / "in.zip", changed_list(files, digits=[{**records[0], **wrong}, *records[1:]]))
    assert counts(import_samples(other, path, reader.read)) == (21, 0, 1)


@pytest.mark.parametrize("mark", ["\n", "\x1b", "\0", "\u202e", "\ud800"], ids=ascii)
def test_names_in_records_are_cleaned(
    full: SampleStore, other: SampleStore, tmp_path: Path, reader: SampleReader, mark: str
) -> None:
    files = package(full, tmp_path)
    records = json.loads(files[LIST])["digits"]
    named = dict.fromkeys(("writer", "source", "model"), f"a{mark}b")
    path = zipped(tmp_path / "in.zip", changed_list(files, digits=[{**records[0], **named}, *records[1:]]))
    assert counts(import_samples(other, path, reader.read)) == (22, 0, 0)
    first = other.samples()[0]
    assert (first.writer, first.source, first.model) == ("a b", "a b", "a b")


def test_names_in_labelled_ink_are_cleaned(other: SampleStore, tmp_path: Path, reader: SampleReader) -> None:
    strokes = [[[10, 10], [20, 90], [30, 10]]]
    records = [{"label": 3, "writer": "a\ud800\n\u202eb", "strokes": strokes}]
    (tmp_path / "ink.json").write_text(json.dumps(records))
    assert counts(import_samples(other, tmp_path / "ink.json", reader.read)) == (1, 0, 0)
    assert counts(import_samples(other, tmp_path / "ink.json", reader.read)) == (0, 1, 0)
    assert other.writers() == {"a b": 1}


def test_two_records_do_not_name_one_file(
    full: SampleStore, other: SampleStore, tmp_path: Path, reader: SampleReader
) -> None:
    files = package(full, tmp_path)
    records = json.loads(files[LIST])["digits"]
    same = [{**record, "ink": records[0]["ink"]} for record in records]
    path = zipped(tmp_path / "in.zip", changed_list(files, digits=same))
    assert counts(import_samples(other, path, reader.read)) == (1, 0, 21)


def test_a_zip_that_was_cut_short_changes_nothing(
    full: SampleStore, other: SampleStore, tmp_path: Path, reader: SampleReader
) -> None:
    export_samples(full, tmp_path / "in.zip")
    content = (tmp_path / "in.zip").read_bytes()
    (tmp_path / "in.zip").write_bytes(content[: len(content) // 2])
    with pytest.raises(SampleError, match=r"in.zip: this is not a complete zip file of digits"):
        import_samples(other, tmp_path / "in.zip", reader.read)
    assert other.samples() == []


def test_ink_that_unpacks_to_gigabytes_is_left_out(
    full: SampleStore, other: SampleStore, tmp_path: Path, reader: SampleReader
) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("ink", "place", "strokes"):
            file.writestr(f"{name}.npy", bytes(30_000_000))
    files = package(full, tmp_path)
    [name] = [name for name in files if name.endswith(".npz")]
    path = zipped(tmp_path / "in.zip", {**files, name: bomb.getvalue()})
    assert counts(import_samples(other, path, reader.read)) == (21, 0, 1)


def test_an_npz_with_pickles_changes_nothing(other: SampleStore, tmp_path: Path, reader: SampleReader) -> None:
    np.savez(tmp_path / "in.npz", x_train=np.array([{}], object), y_train=np.array([1]))
    with pytest.raises(DataSetError, match="holds Python objects, which are not read"):
        import_samples(other, tmp_path / "in.npz", reader.read)
    assert other.samples() == []


def test_an_npz_with_a_huge_header_changes_nothing(other: SampleStore, tmp_path: Path, reader: SampleReader) -> None:
    header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (900000000000, 28, 28), }" + b" " * 50
    array = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header
    zipped(tmp_path / "in.npz", {"x_train.npy": array, "y_train.npy": array})
    with pytest.raises(DataSetError, match="is damaged or cut short"):
        import_samples(other, tmp_path / "in.npz", reader.read)


def test_csv_files_of_others(other: SampleStore, tmp_path: Path, reader: SampleReader) -> None:
    rows = [",".join(map(str, (seed % 10, *drawn_sample(seed).image.reshape(-1)))) for seed in range(4)]
    (tmp_path / "in.csv").write_text("\ufeff" + "\r\n".join([*rows, "", ""]), encoding="utf-8")
    assert counts(import_samples(other, tmp_path / "in.csv", reader.read)) == (4, 0, 0)


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["label,pixel0", "1,2,3"], 2),
        (["7," + ",".join("0" * 783) + ",256"], 1),
        (["10," + ",".join("0" * 784)], 1),
        (["7," + ",".join("9" * 784), "7," + ",".join("9" * 783) + ",nan"], 2),
        (["7," + "9" * 30_000], 1),
    ],
)
def test_a_wrong_csv_changes_nothing(
    other: SampleStore, tmp_path: Path, reader: SampleReader, lines: list[str], number: int
) -> None:
    (tmp_path / "in.csv").write_text("\n".join(lines))
    with pytest.raises(SampleError, match=f"in.csv: line {number} is not a label 0 to 9 and 784 pixels"):
        import_samples(other, tmp_path / "in.csv", reader.read)
    assert other.samples() == []


def test_what_holds_no_digits_is_one_sentence(other: SampleStore, tmp_path: Path, reader: SampleReader) -> None:
    zipped(tmp_path / "other.zip", {"../evil": b"", "readme.txt": b"hello"})
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.doc").write_bytes(b"notes")
    for name, sentence in {
        "other.zip": "a zip archive; unpack it",
        "empty": "there are no subfolders 0 to 9",
        "notes.doc": "neither an npz file",
        "missing": "missing cannot be read: no such file or folder",
    }.items():
        with pytest.raises(DataSetError, match=sentence):
            import_samples(other, tmp_path / name, reader.read)
