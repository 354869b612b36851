"""Sources that are nothing of the kind, and parts of a set."""

import gzip
import io
import pickle
import tarfile
import zipfile

import numpy as np
import pytest

from core.datasets.digit_sets import DigitSet
from core.datasets.mnist import load_mnist
from core.datasets.splitting import split_validation


def test_a_file_that_is_too_large_is_not_opened(tmp_path, problem_of):
    with (tmp_path / "huge.npz").open("wb") as file:
        file.truncate(2_000_000_001)  # sparse: takes no space
    assert problem_of(tmp_path / "huge.npz") == "huge.npz: the file is larger than 2 GB."


def test_a_file_that_is_none_of_the_kinds(tmp_path, problem_of):
    (tmp_path / "notes.txt").write_text("seven")
    assert "notes.txt: this is neither an npz file nor an IDX file" in problem_of(tmp_path / "notes.txt")


def packed(kind: str, name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(name, content)
    else:
        with tarfile.open(fileobj=stream, mode=f"w:{kind}") as archive:
            archive.addfile(tarfile.TarInfo(name))
    return stream.getvalue()


NPZ = "save its digits as an npz file with “x_train” and “y_train”."
PICKLE = f"this is a pickle, which may run any program when it is opened, so DigitPad does not open it; {NPZ}"
UNPACK = "; unpack it and choose the folder or file in it."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("mnist.pkl.gz", gzip.compress(pickle.dumps([1])), f"{PICKLE} MNIST itself comes with DigitPad, as “mnist”."),
        ("digits", pickle.dumps([1]), PICKLE),
        ("digits.csv", b"7,0,0,255", f"this is a text table, which DigitPad cannot read; {NPZ}"),
        ("digits.csv.gz", gzip.compress(b"7,0,0,255"), f"this is a text table, which DigitPad cannot read; {NPZ}"),
        ("digits.mat", b"MATLAB 5.0 MAT-file", f"this is a MATLAB file, which DigitPad cannot read; {NPZ}"),
        ("digits.h5", b"\x89HDF\r\n\x1a\n", f"this is an HDF5 file, which DigitPad cannot read; {NPZ}"),
        ("digits.parquet", b"PAR1", f"this is a Parquet file, which DigitPad cannot read; {NPZ}"),
        ("digits.zip", packed("zip", "0/a.png", b"picture"), f"this is a zip archive{UNPACK}"),
        ("digits.tar.gz", packed("gz", "0/a.png", b""), f"this is a tar archive{UNPACK}"),
        ("digits.npy", b"\x93NUMPY", "this is a single array; images and labels together make an npz file"),
        ("model.keras", packed("zip", "config.json", b"{}"), "this is a model, not digits to learn from."),
        ("7.png", b"\x89PNG\r\n\x1a\n", "this is a single picture or drawing; choose a folder with pictures in"),
        ("7.heic", b"\0\0\0\x18ftypheic", "this is a single picture or drawing; choose a folder with pictures in"),
    ],
    ids=lambda value: "content" if isinstance(value, bytes) else None,  # what is packed holds the time, and ids may not
)
def test_what_a_file_of_another_kind_is_and_what_to_do_about_it(tmp_path, problem_of, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    assert problem_of(tmp_path / name).startswith(f"{name}: {sentence}")


@pytest.mark.parametrize(
    "source",
    ["", "  ", "no/such/file.npz", "x" * 5000, "nul\0byte.npz", "~nobody-of-that-name/x.npz", "gr\udcfc\udcdfe.npz"],
)
def test_a_path_that_is_not_there(source, problem_of):
    assert problem_of(source).encode().decode().startswith(("There is no file or folder", "“" + source[:3]))


@pytest.mark.parametrize("share", [0.05, 1 / 7, 0.5])
def test_validation_digits_are_a_fair_share_of_each(share):
    digits = load_mnist().train.take(slice(3000))
    train, validation = split_validation(digits, share, seed=3)
    assert len(validation) == round(3000 * share) and len(train) + len(validation) == 3000
    assert np.abs(np.array(validation.counts()) - np.array(digits.counts()) * share).max() <= 1
    assert (np.array(train.counts()) + validation.counts() == digits.counts()).all()


def test_validation_digits_depend_on_the_seed_alone():
    digits = load_mnist().train.take(slice(500))
    one, again, other = (split_validation(digits, 0.1, seed)[1] for seed in (1, 1, 2))
    assert np.array_equal(one.images, again.images)
    assert not np.array_equal(one.images, other.images)


def test_no_digit_is_in_both_parts():
    images = np.zeros((40, 28, 28), np.uint8)
    images[:, 0, 0] = np.arange(40)
    train, validation = split_validation(DigitSet(images, (np.arange(40) % 10).astype(np.uint8)), 0.25, 0)
    assert sorted([*train.images[:, 0, 0], *validation.images[:, 0, 0]]) == list(range(40))


def test_small_and_empty_shares():
    digits = load_mnist().train.take(slice(12))
    assert [len(part) for part in split_validation(digits, 0.0, 1)] == [12, 0]
    assert [len(part) for part in split_validation(digits, 0.01, 1)] == [11, 1]
    with pytest.raises(ValueError, match="share"):
        split_validation(digits, 1.0, 1)


@pytest.mark.parametrize(
    ("images", "labels"),
    [
        (np.zeros((2, 28, 28), np.float32), np.zeros(2, np.uint8)),
        (np.zeros((2, 27, 28), np.uint8), np.zeros(2, np.uint8)),
        (np.zeros((2, 28, 28), np.uint8), np.zeros(3, np.uint8)),
        (np.zeros((2, 28, 28), np.uint8), np.zeros(2, np.int64)),
        (np.zeros((2, 28, 28), np.uint8), np.full(2, 10, np.uint8)),
    ],
)
def test_a_digit_set_cannot_hold_anything_else(images, labels):
    with pytest.raises(ValueError, match="must be"):
        DigitSet(images, labels)
