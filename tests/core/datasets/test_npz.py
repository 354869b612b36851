"""Digits from npz files: every usual form is read, everything else has its sentence."""

import contextlib
import io
import struct
import zipfile

import numpy as np
import pytest

from core.datasets import npz as reader
from core.datasets.sources import find_source
from core.errors import DataSetError
from core.wording.messages import sentences


@pytest.fixture
def npz(tmp_path):
    """Writes arrays to digits.npz and gives its path as a source."""

    def write(name="digits.npz", **arrays):
        np.savez(tmp_path / name, **arrays)
        return str(tmp_path / name)

    return write


def test_npz_with_a_test_part(npz, some):
    data = find_source(
        npz(x_train=some.images[:50], y_train=some.labels[:50], x_test=some.images[50:], y_test=some.labels[50:])
    ).load()
    assert data.name == "digits.npz" and data.test_origin == "the test part of digits.npz"
    assert np.array_equal(data.train.images, some.images[:50]) and np.array_equal(data.test.images, some.images[50:])
    assert np.array_equal(data.train.labels, some.labels[:50]) and np.array_equal(data.test.labels, some.labels[50:])
    assert not data.train.images.flags.writeable


def test_compressed_npz(tmp_path, some):
    np.savez_compressed(tmp_path / "small.npz", x_train=some.images, y_train=some.labels, unrelated=np.arange(3))
    assert len(find_source(str(tmp_path / "small.npz")).load().train) == 60


def test_npz_without_a_test_part_keeps_a_seventh_out(npz, some):
    source = npz(x_train=some.images, y_train=some.labels)
    data, again = find_source(source).load(), find_source(source).load()
    assert (len(data.train), len(data.test)) == (60, 10)
    assert data.test_origin == "a seventh of digits.npz, kept out of training"
    assert np.array_equal(data.test.images, again.test.images)
    seen = {image.tobytes() for image in data.train.images}
    assert not any(image.tobytes() in seen for image in data.test.images)
    summary = find_source(source).check()
    assert (summary.train_images, summary.test_images, summary.counts) == (60, 10, some.counts())
    assert summary.sentence.startswith("60 digits to train with and 10 kept out of them to test; ")


@pytest.mark.parametrize(
    "change",
    [
        lambda images: images[..., None],
        lambda images: images.astype(np.int64),
        lambda images: images.astype(">u2"),
        lambda images: images.astype(np.float64),
        lambda images: images.astype(np.float32) / 255,
        lambda images: np.asfortranarray(images),
    ],
    ids=["channel", "int64", "big-endian", "float 0-255", "float 0-1", "Fortran order"],
)
def test_images_in_every_usual_form(npz, some, change):
    data = find_source(
        npz(x_train=change(some.images), y_train=some.labels, x_test=some.images, y_test=some.labels)
    ).load()
    assert np.array_equal(data.train.images, some.images)


@pytest.mark.parametrize("kind", [bool, np.uint8, np.float32])
def test_images_of_only_zeros_and_ones_become_black_and_white(npz, some, kind):
    data = find_source(
        npz(x_train=(some.images > 127).astype(kind), y_train=some.labels, x_test=some.images, y_test=some.labels)
    ).load()
    assert np.array_equal(data.train.images, (some.images > 127) * np.uint8(255))


@pytest.mark.parametrize(
    "change",
    [
        lambda labels: labels[:, None],
        lambda labels: labels.astype(np.float32),
        lambda labels: labels.astype(np.int64),
        lambda labels: np.eye(10)[labels],
        lambda labels: np.eye(10, dtype=bool)[labels],
    ],
    ids=["column", "float", "int64", "one-hot", "one-hot bool"],
)
def test_labels_in_every_usual_form(npz, some, change):
    data = find_source(
        npz(x_train=some.images, y_train=change(some.labels), x_test=some.images, y_test=some.labels)
    ).load()
    assert np.array_equal(data.train.labels, some.labels) and data.train.labels.dtype == np.uint8


def test_missing_digits_are_noted(npz, some):
    twos = some.take(some.labels < 2)
    repeated = twos.take(np.arange(20) % len(twos))
    note = "There are no images of 2, 3, 4, 5, 6, 7, 8, 9: a model trained with this cannot learn them."
    assert sentences(find_source(npz(x_train=repeated.images, y_train=repeated.labels)).load().notes) == (note,)


def test_labels_that_are_no_digits(npz, some, problem_of):
    labels = np.linspace(10, 25, 70).astype(int)
    assert (
        problem_of(npz(x_train=some.images, y_train=labels))
        == "digits.npz: the labels go from 10 to 25; they must be digits 0 to 9."
    )
    assert "the labels go from -1 to 9" in problem_of(
        npz(x_train=some.images, y_train=some.labels.astype(int) - 1 + (some.labels == 9))
    )


def test_labels_of_another_length(npz, some, problem_of):
    assert (
        problem_of(npz(x_train=some.images, y_train=some.labels[:69]))
        == "digits.npz: there are 70 images but 69 labels; every image needs one label."
    )


def test_wrong_test_labels_are_told_from_training_labels(npz, some, problem_of):
    source = npz(x_train=some.images, y_train=some.labels, x_test=some.images, y_test=some.labels + 3)
    assert "the test labels go from 3 to 12" in problem_of(source)


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (np.full(70, 1.5), "some labels are not whole numbers"),
        (np.full(70, np.nan), "some labels are not whole numbers"),
        (np.full(70, "7"), "the labels are of the type <U1"),
        (np.zeros((70, 3)), "the labels have the shape 70 × 3"),
        (np.zeros((70, 10)), "not every row is a single 1 among zeros"),
        (np.full((70, 10), 0.1), "not every row is a single 1 among zeros"),
        (np.array(3), "the labels have the shape a single number"),
        (np.full(70, 1 + 1j), "the labels are of the type complex128"),
    ],
)
def test_labels_that_are_something_else(npz, some, labels, words, problem_of):
    assert words in problem_of(npz(x_train=some.images, y_train=labels))


@pytest.mark.parametrize(
    ("images", "words"),
    [
        (np.zeros((70, 32, 32), np.uint8), "the images have the shape 70 × 32 × 32; it must be n × 28 × 28"),
        (np.zeros((70, 784), np.uint8), "the images have the shape 70 × 784"),
        (np.zeros((70, 28, 28, 3), np.uint8), "the images have the shape 70 × 28 × 28 × 3"),
        (np.zeros((0, 28, 28), np.uint8), "there are no images in it"),
        (np.zeros((70, 28, 28), np.uint8), "the images are blank"),
        (np.full((70, 28, 28), 200, np.uint8), "the images are blank"),
        (np.arange(70 * 784).reshape(70, 28, 28), "go from 0 to 54879; they must be 0 to 255"),
        (np.linspace(-1, 1, 70 * 784).reshape(70, 28, 28), "go from -1 to 1; they must be 0 to 255"),
        (np.full((70, 28, 28), np.nan), "are not finite numbers"),
        (np.full((70, 28, 28), np.inf), "are not finite numbers"),
        (np.full((70, 28, 28), "x"), "the images are of the type <U1"),
        (np.zeros((70, 28, 28), "datetime64[s]"), "the images are of the type datetime64"),
    ],
)
def test_images_that_are_something_else(npz, some, images, words, problem_of):
    assert words in problem_of(npz(x_train=images, y_train=some.labels[: len(images)]))


def test_too_few_images_and_only_one_digit(npz, some, problem_of):
    assert "at least 10 images are needed, and there are only 9" in problem_of(
        npz(x_train=some.images[:9], y_train=some.labels[:9])
    )
    assert "every label is 4; at least 2 different digits are needed" in problem_of(
        npz(x_train=some.images, y_train=np.full(70, 4))
    )


def test_missing_arrays(npz, some, problem_of):
    assert "there is no “x_train” in it" in problem_of(npz(images=some.images, labels=some.labels))
    assert "there is no “y_train” in it" in problem_of(npz(x_train=some.images))
    source = npz(x_train=some.images, y_train=some.labels, x_test=some.images)
    assert "“y_test” is missing" in problem_of(source)


@pytest.mark.parametrize("name", ["x_train", "y_train"])
def test_an_object_array_is_never_unpickled(npz, some, name, problem_of):
    arrays = {"x_train": some.images, "y_train": some.labels, name: np.array([print] * 70, object)}
    assert problem_of(npz(**arrays)) == (
        f"digits.npz: “{name}” holds Python objects, which are not read; it must hold numbers."
    )


def test_truncated_npz_at_any_place(tmp_path, some, problem_of):
    content = io.BytesIO()
    np.savez_compressed(content, x_train=some.images, y_train=some.labels)
    path = tmp_path / "cut.npz"
    for share in (0, 0.001, 0.3, 0.9, 0.999):
        path.write_bytes(content.getvalue()[: int(share * len(content.getvalue()))])
        assert problem_of(path) == "cut.npz: this is not a complete npz file; it may have been cut short."


def test_flipped_bytes_anywhere_in_an_npz_are_noticed_or_harmless(tmp_path, some):
    content = io.BytesIO()
    np.savez_compressed(content, x_train=some.images[:12], y_train=some.labels[:12])
    rng = np.random.default_rng(0)
    path = tmp_path / "flipped.npz"
    harmless = 0
    for place in rng.integers(len(content.getvalue()), size=150):
        flipped = bytearray(content.getvalue())
        flipped[place] ^= 1 << int(rng.integers(8))
        path.write_bytes(flipped)
        with contextlib.suppress(DataSetError):  # anything else would be a traceback for the user
            find_source(str(path)).load()
            harmless += 1
    assert harmless < 50


def test_text_that_is_called_npz(tmp_path, problem_of):
    (tmp_path / "text.npz").write_text("not digits at all\n" * 50)
    assert "this is not a complete npz file" in problem_of(tmp_path / "text.npz")


def write_raw_npz(path, header: bytes, body: bytes = b"") -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("x_train", "y_train"):
            magic = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header))
            archive.writestr(f"{name}.npy", magic + header + body)


@pytest.mark.parametrize(
    "header",
    [
        b"{'descr': '|u1', 'fortran_order': False, 'shape': (1000000000, 28, 28), }",
        b"{'descr': '|u1', 'fortran_order': False, 'shape': (-70, -28, 28), }",
        b"{'descr': '|u1', 'fortran_order': False, 'shape': (" + b"9" * 4000 + b",), }",
        b"{'descr': 'nonsense', 'fortran_order': False, 'shape': (1,), }",
        b"__import__('os').getcwd()",
        b"{'descr': (",
        b"{" * 5000,
        b"{'descr': '|u1', 'fortran_order': False, 'shape': (" + b"-" * 9000 + b"1,), }",
        b"\xff\xfe",
        b"",
    ],
    ids=[
        "larger than the file",
        "negative",
        "huge number",
        "type",
        "code",
        "cut",
        "deep",
        "minus signs",
        "no text",
        "empty",
    ],
)
def test_an_array_header_that_lies(tmp_path, header, problem_of):
    write_raw_npz(tmp_path / "lying.npz", header, bytes(70 * 784))
    assert problem_of(tmp_path / "lying.npz") == "lying.npz: “x_train” is damaged or cut short."


def test_an_npz_that_unpacks_to_too_much_is_not_unpacked(tmp_path, some, npz, monkeypatch, problem_of):
    monkeypatch.setattr(reader, "MAX_UNPACKED_BYTES", 50_000)
    assert "GB unpacked; at most" in problem_of(npz(x_train=some.images, y_train=some.labels))


def test_reading_ends_between_the_steps(npz, some, ends_everywhere):
    source = npz(x_train=some.images, y_train=some.labels, x_test=some.images, y_test=some.labels)
    ends_everywhere(lambda checkpoint: find_source(source).load(checkpoint), at_least=6)
