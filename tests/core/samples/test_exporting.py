"""Exported digits are what other programs expect, and a file is there whole or not at all."""

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from core.digits.files import read_any
from core.errors import SampleError, StorageError
from core.ink.drawing import Drawing
from core.samples.exporting import export_samples
from core.samples.packages import opened_package
from core.samples.sample import NO_DIGIT
from core.samples.store import SampleStore
from tests.core.samples.kept_digits import drawn, drawn_sample, pictured_sample


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    """Twenty digits by Ada, one picture, and what is no digit."""
    store = SampleStore(tmp_path / "digits.sqlite")
    store.keep(*(drawn_sample(seed, writer="Ada") for seed in range(20)))
    store.keep(pictured_sample(1), drawn_sample(90, label=NO_DIGIT))
    return store


def test_a_folder_holds_ink_by_label(store: SampleStore, tmp_path: Path) -> None:
    done = export_samples(store, tmp_path / "out")
    assert str(done.message) == f"Saved 22 digits in {tmp_path / 'out'}."
    files = sorted(str(file.relative_to(tmp_path / "out")) for file in (tmp_path / "out").rglob("*.*"))
    assert files[:2] == ["0/01.inkml", "0/11.inkml"] and files[-1] == "none/22.inkml"
    assert "5/21.png" in files and len(files) == 22
    drawing = read_any(tmp_path / "out" / "1" / "02.inkml")
    assert isinstance(drawing, Drawing)
    np.testing.assert_array_equal(drawing.strokes[0].points, drawn(1).strokes[0].points)
    assert not isinstance(read_any(tmp_path / "out" / "5" / "21.png"), Drawing)


def test_an_npz_file_is_like_that_of_keras(store: SampleStore, tmp_path: Path) -> None:
    done = export_samples(store, tmp_path / "out.npz")
    assert str(done.message).endswith("out.npz; 1 is no digit and cannot be in such a file.")
    with np.load(tmp_path / "out.npz", allow_pickle=False) as arrays:
        (x_train, y_train), (x_test, y_test) = ((arrays[f"x_{p}"], arrays[f"y_{p}"]) for p in ("train", "test"))
    assert (x_train.shape, x_test.shape, x_train.dtype) == ((18, 28, 28), (3, 28, 28), np.uint8)
    labels = np.concatenate([y_train, y_test])
    assert np.bincount(labels).tolist() == [2, 2, 2, 2, 2, 3, 2, 2, 2, 2]
    np.testing.assert_array_equal(x_train[y_train == 7][0], drawn_sample(7).image)


def test_few_digits_are_not_split(tmp_path: Path) -> None:
    with SampleStore(tmp_path / "digits.sqlite") as store:
        store.keep(*(drawn_sample(seed) for seed in range(3)))
        export_samples(store, tmp_path / "out.npz")
    with np.load(tmp_path / "out.npz") as arrays:
        assert sorted(arrays) == ["x_train", "y_train"]


def test_a_csv_file_has_a_row_for_each_digit(store: SampleStore, tmp_path: Path) -> None:
    export_samples(store, tmp_path / "out.csv", writer="Ada")
    with (tmp_path / "out.csv").open(newline="") as file:
        heading, *rows = list(csv.reader(file))
    assert heading[:2] == ["label", "pixel0"] and heading[-1] == "pixel783"
    assert [row[0] for row in rows] == [str(seed % 10) for seed in range(20)]
    np.testing.assert_array_equal(np.array(rows[7][1:], int).reshape(28, 28), drawn_sample(7).image)


def test_a_zip_file_holds_everything(store: SampleStore, tmp_path: Path) -> None:
    export_samples(store, tmp_path / "out.zip")
    with opened_package(tmp_path / "out.zip") as found:
        samples = list(found)
    assert all(samples) and len(samples) == 22
    for new, kept in zip(samples, store.samples(), strict=True):
        assert new is not None
        np.testing.assert_array_equal(new.image, kept.image)
        for name in ("label", "writer", "kept_at", "source", "answered", "model"):
            assert getattr(new, name) == getattr(kept, name)


def test_a_file_is_replaced_and_a_folder_is_not(store: SampleStore, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("old")
    export_samples(store, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().startswith("label")
    (tmp_path / "empty").mkdir()
    export_samples(store, tmp_path / "empty")
    with pytest.raises(SampleError, match="name a folder that is new or empty"):
        export_samples(store, tmp_path / "empty")


def test_nothing_to_export_is_one_sentence(store: SampleStore, tmp_path: Path) -> None:
    with pytest.raises(SampleError, match="There are no digits to export"):
        export_samples(store, tmp_path / "out.npz", writer="Nobody")
    assert not (tmp_path / "out.npz").exists()


def damage(path: Path, condition: str) -> None:
    """Damage the ink of some samples."""
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"UPDATE samples SET ink = x'00' WHERE {condition}")
        database.execute(f"UPDATE samples SET ink_form = 'none' WHERE {condition} AND id = 3")
        database.commit()


def test_what_is_damaged_is_left_out_and_counted(store: SampleStore, tmp_path: Path) -> None:
    damage(store.path, "id IN (2, 3, 21)")
    for name in ("out", "out.zip"):
        done = export_samples(store, tmp_path / name)
        assert (done.count, done.unreadable) == (19, 3)
        assert str(done.message) == f"Saved 19 digits in {tmp_path / name}; 3 could not be read: damaged."
    assert len(list((tmp_path / "out").rglob("*.*"))) == 19
    with opened_package(tmp_path / "out.zip") as found:
        samples = list(found)
    whole = [sample for sample in store.samples() if sample.id not in (2, 3, 21)]
    for new, kept in zip(samples, whole, strict=True):
        assert new is not None
        np.testing.assert_array_equal(new.image, kept.image)
    assert export_samples(store, tmp_path / "out.npz").count == 21, "images are whole"


def test_where_all_are_damaged_nothing_is_saved(store: SampleStore, tmp_path: Path) -> None:
    damage(store.path, "1")
    for name in ("out", "out.zip"):
        with pytest.raises(SampleError, match="None of these digits can be read"):
            export_samples(store, tmp_path / name)
        assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["foo.txt", "foo.JSON", "foo.7z.gz"])
def test_an_unknown_suffix_is_one_sentence(store: SampleStore, tmp_path: Path, name: str) -> None:
    with pytest.raises(SampleError, match=r"saved as \.npz, \.csv or \.zip, or in a folder"):
        export_samples(store, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_names_of_folders_and_files_as_people_write_them(store: SampleStore, tmp_path: Path) -> None:
    (tmp_path / "empty.d").mkdir()
    for name in ("digits 2.1", "digits 30.11.2026", "empty.d"):
        export_samples(store, tmp_path / name)
        assert (tmp_path / name / "7").is_dir()
    export_samples(store, tmp_path / "OUT.NPZ")
    assert np.load(tmp_path / "OUT.NPZ")["x_train"].shape == (18, 28, 28)


def test_what_cannot_be_saved_leaves_nothing_behind(store: SampleStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(StorageError, match="a file is in the way"):
        export_samples(store, tmp_path / "file" / "out.csv")
    with pytest.raises(StorageError, match="it is a folder"):
        export_samples(store, tmp_path / "folder.csv")

    def stop() -> None:
        raise KeyboardInterrupt

    for name in ("out.csv", "out.npz", "out.zip", "out"):
        with pytest.raises(KeyboardInterrupt):
            export_samples(store, tmp_path / name, checkpoint=stop)
    assert {path.name for path in tmp_path.iterdir()} == {
        *("digits.sqlite", "digits.sqlite-shm", "digits.sqlite-wal", "file", "folder.csv")
    }
