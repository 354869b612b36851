"""Digits from pairs of IDX files, plain and packed, whole and damaged."""

import gzip
import struct

import numpy as np
import pytest

from core.datasets import idx
from core.datasets.digit_sets import DigitSet
from core.datasets.sources import find_source


def idx_bytes(array: np.ndarray, kind: int = 0x08) -> bytes:
    return bytes([0, 0, kind, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def write_idx(folder, digits: DigitSet, part: str = "train", *, packed: bool = False) -> None:
    for name, array in (("images-idx3-ubyte", digits.images), ("labels-idx1-ubyte", digits.labels)):
        content = idx_bytes(array)
        path = folder / f"{part}-{name}{'.gz' if packed else ''}"
        path.write_bytes(gzip.compress(content) if packed else content)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("given", ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "."])
def test_idx_files_find_each_other(tmp_path, some, packed, given):
    write_idx(tmp_path, some.take(slice(50)), packed=packed)
    write_idx(tmp_path, some.take(slice(50, 70)), "t10k", packed=packed)
    data = find_source(str(tmp_path / (given + (".gz" if packed and given != "." else "")))).load()
    assert np.array_equal(data.train.images, some.images[:50]) and np.array_equal(data.train.labels, some.labels[:50])
    assert np.array_equal(data.test.images, some.images[50:]) and np.array_equal(data.test.labels, some.labels[50:])
    assert data.test_origin.startswith("the test part of ")


def test_idx_pair_of_which_one_is_packed_and_no_test_pair(tmp_path, some):
    write_idx(tmp_path, some)
    labels = tmp_path / "train-labels-idx1-ubyte"
    labels.with_name(labels.name + ".gz").write_bytes(gzip.compress(labels.read_bytes()))
    labels.unlink()
    data = find_source(str(tmp_path / "train-images-idx3-ubyte")).load()
    assert (len(data.train), len(data.test)) == (60, 10)


def test_idx_with_names_of_ones_own(tmp_path, some):
    (tmp_path / "my-images.idx").write_bytes(idx_bytes(some.images))
    (tmp_path / "my-labels.idx").write_bytes(idx_bytes(some.labels))
    assert find_source(str(tmp_path / "my-labels.idx")).check().counts == some.counts()


def test_idx_of_wider_numbers(tmp_path, some):
    (tmp_path / "images.idx").write_bytes(idx_bytes(some.images.astype(">f4"), 0x0D))
    (tmp_path / "labels.idx").write_bytes(idx_bytes(some.labels.astype(">i4"), 0x0C))
    data = find_source(str(tmp_path / "images.idx")).load()
    assert sum(data.train.counts()) + sum(data.test.counts()) == 70


def test_idx_without_partner(tmp_path, some, problem_of):
    write_idx(tmp_path, some)
    (tmp_path / "train-labels-idx1-ubyte").unlink()
    for source in (tmp_path, tmp_path / "train-images-idx3-ubyte"):
        assert problem_of(source) == (
            "train-images-idx3-ubyte: its partner “train-labels-idx1-ubyte” is missing in the same folder."
        )


def test_idx_with_half_a_test_pair(tmp_path, some, problem_of):
    write_idx(tmp_path, some)
    write_idx(tmp_path, some, "t10k")
    (tmp_path / "t10k-images-idx3-ubyte").unlink()
    assert problem_of(tmp_path) == "t10k-labels-idx1-ubyte: the other file of this test pair is missing."


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("given", ["digits A", "answers A", "."])
def test_idx_files_with_odd_names_are_paired_by_what_is_in_them(tmp_path, some, given, packed):
    """Also where the names of two sets differ in nothing but a letter, and other files lie beside them."""
    for name, part in (("A", some.take(slice(50))), ("B", some.take(slice(50, 70)))):
        for kind, array in ((f"digits {name}", part.images), (f"answers {name}", part.labels)):
            content = idx_bytes(array)
            (tmp_path / kind).write_bytes(gzip.compress(content) if packed else content)
    (tmp_path / "readme.txt").write_text("two sets of digits")
    data = find_source(str(tmp_path / given)).load()
    learned = 50 if given == "." else 43  # a folder's smaller set tests; of one set alone a seventh is kept out
    assert (len(data.train), len(data.test)) == (learned, 20 if given == "." else 7)
    digits = some.take(slice(50))
    assert np.isin(data.train.images.sum(axis=(1, 2)), digits.images.sum(axis=(1, 2))).all()
    assert find_source(str(tmp_path / given)).check().counts == digits.counts()


def test_idx_files_that_could_belong_together_in_two_ways(tmp_path, some, problem_of):
    (tmp_path / "digits").write_bytes(idx_bytes(some.images))
    assert problem_of(tmp_path / "digits") == (
        "digits: it holds 70 images; a file with their labels is missing beside it."
    )
    for name in ("left", "right"):
        (tmp_path / name).write_bytes(idx_bytes(some.labels))
    assert "its labels could be in “left” or “right”" in problem_of(tmp_path / "digits")
    (tmp_path / "digits answers").write_bytes(idx_bytes(some.labels))
    assert find_source(str(tmp_path)).check().counts == some.counts()
    for number in range(3):
        (tmp_path / f"more {number}").write_bytes(idx_bytes(some.images))
    assert "there are several sets of digits in it; choose a file of images" in problem_of(tmp_path)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("length", [3, 10, 16, 1000, -1])
def test_truncated_idx(tmp_path, some, packed, length, problem_of):
    write_idx(tmp_path, some)
    images = tmp_path / "train-images-idx3-ubyte"
    cut = images.read_bytes()[:length]
    images.unlink()
    path = tmp_path / ("train-images-idx3-ubyte" + (".gz" if packed else ""))
    path.write_bytes(gzip.compress(cut) if packed else cut)
    assert problem_of(path) in (f"{path.name}: the IDX file is cut short.", f"{path.name}: this is not an IDX file.")


@pytest.mark.parametrize("share", [0.0005, 0.5, 0.99])
def test_truncated_gzip(tmp_path, some, share, problem_of):
    write_idx(tmp_path, some, packed=True)
    path = tmp_path / "train-images-idx3-ubyte.gz"
    path.write_bytes(path.read_bytes()[: max(int(share * path.stat().st_size), 3)])
    assert problem_of(path) == "train-images-idx3-ubyte.gz: the gzip file is damaged or cut short."


def test_gzip_that_is_none(tmp_path, some, problem_of):
    write_idx(tmp_path, some, packed=True)
    path = tmp_path / "train-images-idx3-ubyte.gz"
    path.write_bytes(b"\x1f\x8b" + b"nonsense" * 100)
    assert "the gzip file is damaged" in problem_of(path)
    path.write_text("no gzip at all")
    assert "this is not an IDX file" in problem_of(path)


@pytest.mark.parametrize("packed", [False, True])
def test_idx_that_goes_on_after_its_end(tmp_path, some, packed, problem_of):
    write_idx(tmp_path, some)
    path = tmp_path / "train-labels-idx1-ubyte"
    content = path.read_bytes() + b"more"
    path.unlink()
    path = path.with_name(path.name + (".gz" if packed else ""))
    path.write_bytes(gzip.compress(content) if packed else content)
    assert problem_of(path) == f"{path.name}: the IDX file is longer than its header says."


@pytest.mark.parametrize("packed", [False, True])
def test_idx_header_that_announces_gigabytes(tmp_path, some, packed, problem_of):
    write_idx(tmp_path, some)
    path = tmp_path / "train-images-idx3-ubyte"
    content = bytes([0, 0, 8, 3]) + struct.pack(">3I", 2**32 - 1, 28, 28)
    path.write_bytes(gzip.compress(content) if packed else content)
    assert "its header announces 3367.3 GB; at most 2 GB can be used" in problem_of(path)


def test_a_short_gzip_file_that_announces_much_takes_no_room(tmp_path, some, monkeypatch, problem_of):
    write_idx(tmp_path, some, packed=True)
    path = tmp_path / "train-images-idx3-ubyte.gz"
    path.write_bytes(gzip.compress(bytes([0, 0, 8, 3]) + struct.pack(">3I", 2_000_000, 28, 28)))
    taken = []
    new_array = idx.new_array
    monkeypatch.setattr(idx, "new_array", lambda shape, *rest: taken.append(shape) or new_array(shape, *rest))
    assert problem_of(path) == "train-images-idx3-ubyte.gz: the IDX file is cut short."
    assert taken == []


def test_what_packs_as_well_as_can_be_is_still_read(tmp_path, some):
    images = np.zeros((20_000, 28, 28), np.uint8)
    images[:70] = some.images
    labels = (np.arange(20_000) % 10).astype(np.uint8)
    for name, array in (("images", images), ("labels", labels)):
        (tmp_path / f"{name}.idx.gz").write_bytes(gzip.compress(idx_bytes(array)))
    assert find_source(str(tmp_path / "images.idx.gz")).check().counts == (2000,) * 10


def test_a_gzip_bomb_is_not_unpacked(tmp_path, some, monkeypatch, problem_of):
    write_idx(tmp_path, some, packed=True)
    path = tmp_path / "train-images-idx3-ubyte.gz"
    path.write_bytes(gzip.compress(idx_bytes(some.images) + bytes(30_000_000)))
    largest = 0
    read = gzip.GzipFile.read

    def watch(stream, size=-1):
        nonlocal largest
        content = read(stream, size)
        largest = max(largest, len(content))
        return content

    monkeypatch.setattr(idx.gzip.GzipFile, "read", watch)
    assert "longer than its header says" in problem_of(path)
    assert 0 < largest <= some.images.size + 1


def test_idx_images_and_labels_in_each_others_place(tmp_path, some, problem_of):
    write_idx(tmp_path, DigitSet(some.images, some.labels))
    images, labels = tmp_path / "train-images-idx3-ubyte", tmp_path / "train-labels-idx1-ubyte"
    one, other = images.read_bytes(), labels.read_bytes()
    images.write_bytes(other)
    labels.write_bytes(one)
    assert "it should hold images (three dimensions), but has 1" in problem_of(images)


def test_idx_labels_that_are_no_digits_or_too_few(tmp_path, some, problem_of):
    write_idx(tmp_path, some)
    labels = tmp_path / "train-labels-idx1-ubyte"
    labels.write_bytes(idx_bytes(some.labels + 10))
    assert "the labels go from 10 to 19; they must be digits 0 to 9" in problem_of(tmp_path)
    labels.write_bytes(idx_bytes(some.labels[:60]))
    assert "there are 70 images but 60 labels" in problem_of(tmp_path)


@pytest.mark.parametrize(("case", "ending"), [(str.upper, ".GZ"), (str.title, ".gz")])
@pytest.mark.parametrize("given", ["images", "labels"])
def test_idx_names_in_other_cases(tmp_path, some, case, ending, given):
    for part, digits in (("train", some.take(slice(50))), ("t10k", some.take(slice(50, 70)))):
        (tmp_path / (case(f"{part}-images.idx3") + ending)).write_bytes(gzip.compress(idx_bytes(digits.images)))
        (tmp_path / (case(f"{part}-labels.idx1") + ending)).write_bytes(gzip.compress(idx_bytes(digits.labels)))
    kind = "idx3" if given == "images" else "idx1"
    data = find_source(str(tmp_path / (case(f"train-{given}.{kind}") + ending))).load()
    assert (len(data.train), len(data.test)) == (50, 20)


def test_an_idx_file_in_capitals_is_not_its_own_partner(tmp_path, some, problem_of):
    (tmp_path / "TRAIN-IMAGES.idx").write_bytes(idx_bytes(some.images))
    assert "its partner “TRAIN-labels.idx” is missing" in problem_of(tmp_path / "TRAIN-IMAGES.idx")


def test_reading_ends_between_the_steps(tmp_path, some, ends_everywhere):
    write_idx(tmp_path, some.take(slice(50)))
    write_idx(tmp_path, some.take(slice(50, 70)), "t10k")
    ends_everywhere(lambda checkpoint: find_source(str(tmp_path)).load(checkpoint), at_least=4)
