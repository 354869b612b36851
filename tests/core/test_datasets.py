"""Digit sets from real files: what is read, and the sentence for everything that cannot be."""

import gzip
import io
import shutil
import struct
import zipfile

import cv2
import numpy as np
import pytest

from core import idx_digits, mnist, npz_digits
from core.datasets import check_source, load_digits, load_mnist, split_validation
from core.digit_sets import DigitSet
from core.errors import DataSetError
from core.paths import assets_folder

TRAIN_COUNTS = (5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949)
TEST_COUNTS = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)


@pytest.fixture(scope="module")
def some():
    """The first 70 digits of MNIST."""
    return load_mnist().train.take(slice(70))


@pytest.fixture
def npz(tmp_path):
    """Writes arrays to digits.npz and gives its path as a source."""

    def write(name="digits.npz", **arrays):
        np.savez(tmp_path / name, **arrays)
        return str(tmp_path / name)

    return write


def problem_of(source) -> str:
    """The sentence that `source` is refused with, by the form's check and by loading alike."""
    with pytest.raises(DataSetError) as loading:
        load_digits(str(source))
    with pytest.raises(DataSetError) as checking:
        check_source(str(source))
    assert str(loading.value) == str(checking.value)
    sentence = str(loading.value)
    assert sentence.endswith(".") and "\n" not in sentence
    return sentence


# --- MNIST -------------------------------------------------------------------------------------------------


def test_mnist_is_whole():
    data = load_mnist()
    assert data.name == "MNIST" and data.test_origin == "MNIST's test set"
    assert data.train.counts() == TRAIN_COUNTS and data.test.counts() == TEST_COUNTS
    assert data.train.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert data.train.images.shape == (60_000, 28, 28) and data.train.images.dtype == np.uint8


def test_mnist_is_loaded_once_and_cannot_be_written_to():
    data = load_mnist()
    assert load_mnist() is data and load_digits("mnist") is data and load_digits("MNIST") is data
    for array in (data.train.images, data.train.labels, data.test.images, data.test.labels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_the_first_part_of_mnist_has_the_full_test_set():
    data = load_digits("mnist:500")
    assert data.name == "MNIST, the first 500" and len(data.train) == 500
    assert np.array_equal(data.train.images, load_mnist().train.images[:500])
    assert data.test is load_mnist().test
    assert load_digits("mnist:60000") is load_mnist()


@pytest.mark.parametrize(
    "source",
    ["mnist:", "mnist:9", "mnist:60001", "mnist:-5", "mnist:many", "mnist:1e4", "mnist:²", "mnist:" + "9" * 50],
)
def test_a_wrong_part_of_mnist_is_refused(source):
    assert "a whole number from 10 to 60,000 is needed" in problem_of(source)


def test_summary_of_mnist():
    summary = check_source("mnist")
    assert (summary.counts, summary.train_images, summary.test_images) == (TRAIN_COUNTS, 60_000, 10_000)
    assert summary.sentence == "60,000 digits to train with and 10,000 to test; 5,421 to 6,742 of each."
    assert summary.notes == ()
    assert sum(check_source("mnist:10").counts) == 10
    assert check_source("mnist:10").notes == (
        "There are no images of 6, 7, 8: a model trained with this cannot learn them.",
    )


@pytest.fixture
def own_assets(tmp_path, monkeypatch):
    """An assets folder of the test's own; MNIST is loaded afresh from there and forgotten again afterwards."""
    load_mnist.cache_clear()
    monkeypatch.setattr(mnist, "assets_folder", lambda: tmp_path)
    yield tmp_path
    load_mnist.cache_clear()


def test_missing_mnist_is_named(own_assets):
    assert problem_of("mnist").startswith("DigitPad's own copy of MNIST is missing or damaged")


def test_truncated_mnist_is_named(own_assets):
    content = (assets_folder() / "mnist.npz").read_bytes()
    (own_assets / "mnist.npz").write_bytes(content[: len(content) // 2])
    assert "missing or damaged" in problem_of("mnist")


def test_other_digits_in_the_place_of_mnist_are_not_taken_for_it(own_assets, some):
    np.savez(own_assets / "mnist.npz", x_train=some.images, y_train=some.labels, x_test=some.images, y_test=some.labels)
    with pytest.raises(DataSetError, match="is not the original: “x_train” differs"):
        load_digits("mnist")
    with pytest.raises(DataSetError, match="is not the original: “y_train” differs"):
        check_source("mnist")


# --- npz: what is taken --------------------------------------------------------------------------------------


def test_npz_with_a_test_part(npz, some):
    data = load_digits(
        npz(x_train=some.images[:50], y_train=some.labels[:50], x_test=some.images[50:], y_test=some.labels[50:])
    )
    assert data.name == "digits.npz" and data.test_origin == "the test part of digits.npz"
    assert np.array_equal(data.train.images, some.images[:50]) and np.array_equal(data.test.images, some.images[50:])
    assert np.array_equal(data.train.labels, some.labels[:50]) and np.array_equal(data.test.labels, some.labels[50:])
    assert not data.train.images.flags.writeable


def test_compressed_npz(tmp_path, some):
    np.savez_compressed(tmp_path / "small.npz", x_train=some.images, y_train=some.labels, unrelated=np.arange(3))
    assert len(load_digits(str(tmp_path / "small.npz")).train) == 60


def test_npz_without_a_test_part_keeps_a_seventh_out(npz, some):
    source = npz(x_train=some.images, y_train=some.labels)
    data, again = load_digits(source), load_digits(source)
    assert (len(data.train), len(data.test)) == (60, 10)
    assert data.test_origin == "a seventh of digits.npz, kept out of training"
    assert np.array_equal(data.test.images, again.test.images)
    seen = {image.tobytes() for image in data.train.images}
    assert not any(image.tobytes() in seen for image in data.test.images)
    summary = check_source(source)
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
    data = load_digits(npz(x_train=change(some.images), y_train=some.labels, x_test=some.images, y_test=some.labels))
    assert np.array_equal(data.train.images, some.images)


@pytest.mark.parametrize("kind", [bool, np.uint8, np.float32])
def test_images_of_only_zeros_and_ones_become_black_and_white(npz, some, kind):
    data = load_digits(
        npz(x_train=(some.images > 127).astype(kind), y_train=some.labels, x_test=some.images, y_test=some.labels)
    )
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
    data = load_digits(npz(x_train=some.images, y_train=change(some.labels), x_test=some.images, y_test=some.labels))
    assert np.array_equal(data.train.labels, some.labels) and data.train.labels.dtype == np.uint8


def test_dark_digits_on_a_bright_ground_are_turned_around(npz, some):
    source = npz(x_train=255 - some.images, y_train=some.labels, x_test=255 - some.images, y_test=some.labels)
    data = load_digits(source)
    assert np.array_equal(data.train.images, some.images) and np.array_equal(data.test.images, some.images)
    assert (
        data.notes
        == check_source(source).notes
        == ("The digits are dark on bright; they are turned into bright on dark.",)
    )


def test_missing_digits_are_noted(npz, some):
    twos = some.take(some.labels < 2)
    repeated = twos.take(np.arange(20) % len(twos))
    note = "There are no images of 2, 3, 4, 5, 6, 7, 8, 9: a model trained with this cannot learn them."
    assert load_digits(npz(x_train=repeated.images, y_train=repeated.labels)).notes == (note,)


# --- npz: what is refused ------------------------------------------------------------------------------------


def test_labels_that_are_no_digits(npz, some):
    labels = np.linspace(10, 25, 70).astype(int)
    assert (
        problem_of(npz(x_train=some.images, y_train=labels))
        == "digits.npz: the labels go from 10 to 25; they must be digits 0 to 9."
    )
    assert "the labels go from -1 to 9" in problem_of(
        npz(x_train=some.images, y_train=some.labels.astype(int) - 1 + (some.labels == 9))
    )


def test_labels_of_another_length(npz, some):
    assert (
        problem_of(npz(x_train=some.images, y_train=some.labels[:69]))
        == "digits.npz: there are 70 images but 69 labels; every image needs one label."
    )


def test_wrong_test_labels_are_told_from_training_labels(npz, some):
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
def test_labels_that_are_something_else(npz, some, labels, words):
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
def test_images_that_are_something_else(npz, some, images, words):
    assert words in problem_of(npz(x_train=images, y_train=some.labels[: len(images)]))


def test_too_few_images_and_only_one_digit(npz, some):
    assert "only 9 images; training needs at least 10" in problem_of(
        npz(x_train=some.images[:9], y_train=some.labels[:9])
    )
    assert "every label is 4; training needs at least 2" in problem_of(npz(x_train=some.images, y_train=np.full(70, 4)))


def test_missing_arrays(npz, some):
    assert "there is no “x_train” in it" in problem_of(npz(images=some.images, labels=some.labels))
    assert "there is no “y_train” in it" in problem_of(npz(x_train=some.images))
    source = npz(x_train=some.images, y_train=some.labels, x_test=some.images)
    assert "“y_test” is missing" in problem_of(source)


@pytest.mark.parametrize("name", ["x_train", "y_train"])
def test_an_object_array_is_never_unpickled(npz, some, name):
    arrays = {"x_train": some.images, "y_train": some.labels, name: np.array([print] * 70, object)}
    assert problem_of(npz(**arrays)) == (
        f"digits.npz: “{name}” holds Python objects, which are not read; it must hold numbers."
    )


def test_truncated_npz_at_any_place(tmp_path, some):
    content = io.BytesIO()
    np.savez_compressed(content, x_train=some.images, y_train=some.labels)
    path = tmp_path / "cut.npz"
    for share in (0, 0.001, 0.3, 0.9, 0.999):
        path.write_bytes(content.getvalue()[: int(share * len(content.getvalue()))])
        assert problem_of(path) == "cut.npz: this is not a whole npz file; it may have been cut short."


def test_flipped_bytes_anywhere_in_an_npz_are_noticed_or_harmless(tmp_path, some):
    content = io.BytesIO()
    np.savez_compressed(content, x_train=some.images[:12], y_train=some.labels[:12])
    rng = np.random.default_rng(0)
    path = tmp_path / "flipped.npz"
    refused = 0
    for place in rng.integers(len(content.getvalue()), size=150):
        flipped = bytearray(content.getvalue())
        flipped[place] ^= 1 << int(rng.integers(8))
        path.write_bytes(flipped)
        try:
            load_digits(str(path))
        except DataSetError as error:
            refused += 1
            assert "flipped.npz: " in str(error)
    assert refused > 100


def test_text_that_is_called_npz(tmp_path):
    (tmp_path / "text.npz").write_text("not digits at all\n" * 50)
    assert "this is not a whole npz file" in problem_of(tmp_path / "text.npz")


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
        b"\xff\xfe",
        b"",
    ],
    ids=["larger than the file", "negative", "huge number", "type", "code", "cut", "deep", "no text", "empty"],
)
def test_an_array_header_that_lies(tmp_path, header):
    write_raw_npz(tmp_path / "lying.npz", header, bytes(70 * 784))
    assert problem_of(tmp_path / "lying.npz") == "lying.npz: “x_train” is damaged or cut short."


def test_an_npz_that_unpacks_to_too_much_is_not_unpacked(tmp_path, some, npz, monkeypatch):
    monkeypatch.setattr(npz_digits, "MAX_UNPACKED_BYTES", 50_000)
    assert "GB unpacked; at most" in problem_of(npz(x_train=some.images, y_train=some.labels))


def test_a_file_that_is_too_large_is_not_opened(tmp_path):
    with (tmp_path / "huge.npz").open("wb") as file:
        file.truncate(2_000_000_001)  # sparse: takes no space
    assert problem_of(tmp_path / "huge.npz") == "huge.npz: the file is larger than 2 GB."


def test_a_file_that_is_none_of_the_kinds(tmp_path):
    (tmp_path / "notes.txt").write_text("seven")
    assert "notes.txt: this is neither an npz file nor an IDX file" in problem_of(tmp_path / "notes.txt")


@pytest.mark.parametrize("source", ["", "  ", "no/such/file.npz", "x" * 5000, "nul\0byte.npz"])
def test_a_path_that_is_not_there(source):
    assert problem_of(source).startswith(("There is no file or folder", "“" + source[:3]))


# --- IDX -----------------------------------------------------------------------------------------------------


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
    data = load_digits(str(tmp_path / (given + (".gz" if packed and given != "." else ""))))
    assert np.array_equal(data.train.images, some.images[:50]) and np.array_equal(data.train.labels, some.labels[:50])
    assert np.array_equal(data.test.images, some.images[50:]) and np.array_equal(data.test.labels, some.labels[50:])
    assert data.test_origin.startswith("the test part of ")


def test_idx_pair_of_which_one_is_packed_and_no_test_pair(tmp_path, some):
    write_idx(tmp_path, some)
    labels = tmp_path / "train-labels-idx1-ubyte"
    labels.with_name(labels.name + ".gz").write_bytes(gzip.compress(labels.read_bytes()))
    labels.unlink()
    data = load_digits(str(tmp_path / "train-images-idx3-ubyte"))
    assert (len(data.train), len(data.test)) == (60, 10)


def test_idx_with_names_of_ones_own(tmp_path, some):
    (tmp_path / "my-images.idx").write_bytes(idx_bytes(some.images))
    (tmp_path / "my-labels.idx").write_bytes(idx_bytes(some.labels))
    assert check_source(str(tmp_path / "my-labels.idx")).counts == some.counts()


def test_idx_of_wider_numbers(tmp_path, some):
    (tmp_path / "images.idx").write_bytes(idx_bytes(some.images.astype(">f4"), 0x0D))
    (tmp_path / "labels.idx").write_bytes(idx_bytes(some.labels.astype(">i4"), 0x0C))
    data = load_digits(str(tmp_path / "images.idx"))
    assert sum(data.train.counts()) + sum(data.test.counts()) == 70


def test_idx_without_partner(tmp_path, some):
    write_idx(tmp_path, some)
    (tmp_path / "train-labels-idx1-ubyte").unlink()
    for source in (tmp_path, tmp_path / "train-images-idx3-ubyte"):
        assert problem_of(source) == (
            "train-images-idx3-ubyte: its partner “train-labels-idx1-ubyte” is missing in the same folder."
        )


def test_idx_with_half_a_test_pair(tmp_path, some):
    write_idx(tmp_path, some)
    write_idx(tmp_path, some, "t10k")
    (tmp_path / "t10k-images-idx3-ubyte").unlink()
    assert problem_of(tmp_path) == "t10k-labels-idx1-ubyte: the other file of this test pair is missing."


def test_idx_with_a_name_that_says_nothing(tmp_path, some):
    (tmp_path / "digits.idx").write_bytes(idx_bytes(some.images))
    assert "needs “images” in the name of one and “labels” in the name of the other" in problem_of(
        tmp_path / "digits.idx"
    )


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("length", [3, 10, 16, 1000, -1])
def test_truncated_idx(tmp_path, some, packed, length):
    write_idx(tmp_path, some)
    images = tmp_path / "train-images-idx3-ubyte"
    cut = images.read_bytes()[:length]
    images.unlink()
    path = tmp_path / ("train-images-idx3-ubyte" + (".gz" if packed else ""))
    path.write_bytes(gzip.compress(cut) if packed else cut)
    assert problem_of(path) in (f"{path.name}: the IDX file is cut short.", f"{path.name}: this is not an IDX file.")


@pytest.mark.parametrize("share", [0.0005, 0.5, 0.99])
def test_truncated_gzip(tmp_path, some, share):
    write_idx(tmp_path, some, packed=True)
    path = tmp_path / "train-images-idx3-ubyte.gz"
    path.write_bytes(path.read_bytes()[: max(int(share * path.stat().st_size), 3)])
    assert problem_of(path) == "train-images-idx3-ubyte.gz: the gzip file is damaged or cut short."


def test_gzip_that_is_none(tmp_path, some):
    write_idx(tmp_path, some, packed=True)
    path = tmp_path / "train-images-idx3-ubyte.gz"
    path.write_bytes(b"\x1f\x8b" + b"nonsense" * 100)
    assert "the gzip file is damaged" in problem_of(path)
    path.write_text("no gzip at all")
    assert "this is not an IDX file" in problem_of(path)


@pytest.mark.parametrize("packed", [False, True])
def test_idx_that_goes_on_after_its_end(tmp_path, some, packed):
    write_idx(tmp_path, some)
    path = tmp_path / "train-labels-idx1-ubyte"
    content = path.read_bytes() + b"more"
    path.unlink()
    path = path.with_name(path.name + (".gz" if packed else ""))
    path.write_bytes(gzip.compress(content) if packed else content)
    assert problem_of(path) == f"{path.name}: the IDX file is longer than it says."


@pytest.mark.parametrize("packed", [False, True])
def test_idx_header_that_announces_gigabytes(tmp_path, some, packed):
    write_idx(tmp_path, some)
    path = tmp_path / "train-images-idx3-ubyte"
    content = bytes([0, 0, 8, 3]) + struct.pack(">3I", 2**32 - 1, 28, 28)
    path.write_bytes(gzip.compress(content) if packed else content)
    assert "it announces 3367.3 GB; at most 2 GB can be used" in problem_of(path)


def test_a_gzip_bomb_is_not_unpacked(tmp_path, some, monkeypatch):
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

    monkeypatch.setattr(idx_digits.gzip.GzipFile, "read", watch)
    assert "longer than it says" in problem_of(path)
    assert 0 < largest <= some.images.size + 1


def test_idx_images_and_labels_in_each_others_place(tmp_path, some):
    write_idx(tmp_path, DigitSet(some.images, some.labels))
    images, labels = tmp_path / "train-images-idx3-ubyte", tmp_path / "train-labels-idx1-ubyte"
    one, other = images.read_bytes(), labels.read_bytes()
    images.write_bytes(other)
    labels.write_bytes(one)
    assert "it should hold images (three dimensions), but has 1" in problem_of(images)


def test_idx_labels_that_are_no_digits_or_too_few(tmp_path, some):
    write_idx(tmp_path, some)
    labels = tmp_path / "train-labels-idx1-ubyte"
    labels.write_bytes(idx_bytes(some.labels + 10))
    assert "the labels go from 10 to 19; they must be digits 0 to 9" in problem_of(tmp_path)
    labels.write_bytes(idx_bytes(some.labels[:60]))
    assert "there are 70 images but 60 labels" in problem_of(tmp_path)


# --- folders -------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, some):
    """Thirty digits as dark-on-light pictures, in subfolders 0 to 9."""
    root = tmp_path / "mine"
    for index in range(30):
        subfolder = root / str(some.labels[index])
        subfolder.mkdir(parents=True, exist_ok=True)
        sheet = np.zeros((120, 120), np.uint8)
        sheet[4:116, 4:116] = cv2.resize(some.images[index], (112, 112), interpolation=cv2.INTER_NEAREST)
        cv2.imwrite(str(subfolder / f"{index:02}.png"), 255 - sheet)
    return root


def test_folder_of_pictures(folder, some):
    data = load_digits(str(folder))
    assert (data.name, len(data.train), len(data.test)) == ("mine", 26, 4)
    assert data.notes == () and data.test_origin == "a seventh of mine, kept out of training"
    together = np.array(data.train.counts()) + data.test.counts()
    assert together.tolist() == list(some.take(slice(30)).counts())
    # each picture became nearly the image that it was made from
    for image, label in zip(data.train.images, data.train.labels, strict=True):
        originals = some.images[:30][some.labels[:30] == label].astype(np.float32)
        assert np.abs(originals - image).mean(axis=(1, 2)).min() < 16


def test_folder_of_ink_files(tmp_path):
    trace = '<ink xmlns="http://www.w3.org/2003/InkML"><trace>{}</trace></ink>'
    for digit, points in ((1, "50 10, 50 90"), (7, "20 10, 80 10, 40 90")):
        (tmp_path / str(digit)).mkdir()
        for index in range(6):
            (tmp_path / str(digit) / f"{index}.inkml").write_text(trace.format(points))
    data = load_digits(str(tmp_path))
    assert np.array(data.train.counts())[[1, 7]].tolist() == [5, 5]
    assert data.train.images[0].max() == 255


def test_summary_of_a_folder(folder, some):
    summary = check_source(str(folder))
    assert (summary.train_images, summary.test_images) == (26, 4)
    assert summary.counts == some.take(slice(30)).counts() and summary.notes == ()


def test_a_few_unreadable_pictures_are_left_out_and_counted(folder):
    (folder / "1" / "broken.png").write_text("not a picture")
    cv2.imwrite(str(folder / "7" / "empty.png"), np.full((50, 50), 255, np.uint8))
    (folder / "7" / ".hidden").write_text("ignored")
    (folder / "7" / "Thumbs.db").write_text("ignored")
    data = load_digits(str(folder))
    assert len(data.train) + len(data.test) == 30
    [note] = data.notes
    assert note.startswith("2 of 32 files cannot be read as digits and are left out; first: ")
    assert "broken.png" in note
    assert check_source(str(folder)).notes[0].startswith("2 of 32 tried files cannot be read")


def test_a_folder_of_mostly_unreadable_files_is_refused(folder):
    for index in range(8):
        (folder / "3" / f"bad{index}.png").write_text("not a picture")
    sentence = problem_of(folder)
    assert sentence.startswith("mine: 8 of 38 files in its subfolders cannot be read as digits; the first: ")


def test_folders_without_digits(tmp_path, folder):
    assert problem_of(tmp_path).endswith(": there are no subfolders 0 to 9 with pictures of digits in it.")
    (tmp_path / "empty" / "4").mkdir(parents=True)
    assert problem_of(tmp_path / "empty") == "empty: there are no files in its subfolders 0 to 9."


def test_a_folder_with_too_few_pictures_or_one_digit(folder):
    for digit in range(1, 10):
        shutil.rmtree(folder / str(digit))
    assert "training needs at least 10" in problem_of(folder)
    for index in range(10):
        shutil.copy(next((folder / "0").glob("*.png")), folder / "0" / f"copy{index}.png")
    assert "every label is 0; training needs at least 2 different digits" in problem_of(folder)


# --- parts of a set ------------------------------------------------------------------------------------------


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
