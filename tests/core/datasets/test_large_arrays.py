"""Sets too large for memory: the same digits, from a file that nobody else sees."""

import gzip
import io
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from core.datasets import large_arrays
from core.datasets.large_arrays import fill_array, join_rows, new_array, take_rows
from core.datasets.sources import find_source
from core.errors import DataSetError
from core.system.checkpoints import no_checkpoint
from core.system.paths import scratch_folder


def write_pair(folder: Path, images: np.ndarray, labels: np.ndarray, *, packed: bool = False) -> str:
    ending = ".gz" if packed else ""
    for name, array in (("images-idx3-ubyte", images), ("labels-idx1-ubyte", labels)):
        header = bytes([0, 0, 8, array.ndim]) + b"".join(n.to_bytes(4, "big") for n in array.shape)
        content = header + array.tobytes()
        (folder / f"train-{name}{ending}").write_bytes(gzip.compress(content) if packed else content)
    return str(folder)


def test_only_what_is_large_lies_in_a_file(nothing_fits_in_memory, is_mapped):
    small, large = new_array((10, 10), np.uint8, no_checkpoint), new_array((101,), np.uint8, no_checkpoint)
    assert not is_mapped(small) and is_mapped(large)
    large[:] = 7
    assert large.sum() == 707


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lists a file until it is closed")
def test_the_file_has_no_name_and_goes_with_the_array(nothing_fits_in_memory):
    array = new_array((1000,), np.int32, no_checkpoint)
    assert array.shape == (1000,)
    assert list(scratch_folder().iterdir()) == []


def test_a_stream_that_ends_too_early_is_noticed(nothing_fits_in_memory):
    calls = []
    assert fill_array(new_array((500,), np.uint8, no_checkpoint), io.BytesIO(bytes(500)), lambda: calls.append(1))
    assert not fill_array(new_array((500,), np.uint8, no_checkpoint), io.BytesIO(bytes(499)), no_checkpoint)
    assert calls


@pytest.mark.parametrize("chosen", [slice(2, 9), np.array([5, 1, 1]), np.arange(20) % 3 == 0])
def test_rows_are_those_of_the_array(nothing_fits_in_memory, chosen):
    array = np.arange(20 * 50, dtype=np.int64).reshape(20, 50)
    np.testing.assert_array_equal(take_rows(array, chosen, no_checkpoint), array[chosen])


def test_joined_rows_follow_each_other(nothing_fits_in_memory, is_mapped, monkeypatch, ends_everywhere):
    monkeypatch.setattr(large_arrays, "_CHUNK_ROWS", 4)
    arrays = [np.arange(10 * 50).reshape(10, 50), np.zeros((0, 50), int), np.ones((3, 50), int)]
    joined = join_rows(arrays, no_checkpoint)
    assert is_mapped(joined)
    np.testing.assert_array_equal(joined, np.concatenate(arrays))
    ends_everywhere(lambda checkpoint: join_rows(arrays, checkpoint), at_least=4)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "change", [lambda images: images, lambda images: 255 - images], ids=["bright on dark", "dark on bright"]
)
def test_a_large_idx_pair_gives_the_digits_of_a_small_one(tmp_path, some, packed, change, monkeypatch, is_mapped):
    source = write_pair(tmp_path, change(some.images), some.labels, packed=packed)
    small = find_source(source).load()
    monkeypatch.setattr(large_arrays, "LARGEST_IN_MEMORY", 100)
    large = find_source(source).load()
    assert is_mapped(large.train.images) and not is_mapped(small.train.images)
    assert not large.train.images.flags.writeable
    for part in ("train", "test"):
        one, other = getattr(small, part), getattr(large, part)
        np.testing.assert_array_equal(one.images, other.images)
        np.testing.assert_array_equal(one.labels, other.labels)
    assert find_source(source).check().train_images == 60


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize(
    "change",
    [lambda images: images, np.asfortranarray, lambda images: images / np.float32(255)],
    ids=["plain", "Fortran order", "float"],
)
def test_a_large_npz_gives_the_digits_of_a_small_one(tmp_path, some, nothing_fits_in_memory, is_mapped, save, change):
    save(tmp_path / "x.npz", x_train=change(some.images), y_train=some.labels, x_test=some.images, y_test=some.labels)
    data = find_source(str(tmp_path / "x.npz")).load()
    assert is_mapped(data.train.images)
    np.testing.assert_array_equal(data.train.images, some.images)


@pytest.mark.parametrize("can_reserve", [True, False])
def test_making_room_ends_anywhere(nothing_fits_in_memory, monkeypatch, ends_everywhere, can_reserve):
    monkeypatch.setattr(large_arrays, "_CHUNK_BYTES", 100)
    if not can_reserve:
        monkeypatch.delattr(os, "posix_fallocate", raising=False)
    ends_everywhere(lambda checkpoint: new_array((950,), np.uint8, checkpoint), at_least=10)
    assert list(scratch_folder().iterdir()) == []


@pytest.mark.parametrize(
    "work",
    [
        lambda digits, checkpoint: digits.take(np.arange(30_000) % 70, checkpoint),
        lambda digits, checkpoint: digits.changed(np.bitwise_not, checkpoint),
    ],
    ids=["take", "changed"],
)
def test_copying_digits_ends_anywhere(some, work, ends_everywhere):
    many = some.take(np.arange(30_000) % 70)
    ends_everywhere(lambda checkpoint: work(many, checkpoint), at_least=3)


def test_a_full_disk_is_said(tmp_path, some, nothing_fits_in_memory, monkeypatch):
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", fail, raising=False)
    source = write_pair(tmp_path, some.images, some.labels)
    with pytest.raises(DataSetError, match="GB of disk space for a while: the disk is full"):
        find_source(source).load()


def test_where_files_cannot_be_reserved_they_are_written(nothing_fits_in_memory, monkeypatch):
    monkeypatch.delattr(os, "posix_fallocate", raising=False)
    assert new_array((300,), np.uint8, no_checkpoint).tolist() == [0] * 300


def test_a_scratch_folder_that_cannot_be_made(nothing_fits_in_memory, is_mapped):
    scratch_folder().parent.mkdir(parents=True)
    scratch_folder().write_text("in the way")
    assert is_mapped(new_array((300,), np.uint8, no_checkpoint))
