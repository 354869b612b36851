"""The user's own digits as a source: chosen by writer, mixed with MNIST, tested on writers who were never seen."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.datasets.my_digits import MyDigits
from core.datasets.my_digits_choice import MyDigitsChoice, read_choice
from core.datasets.sources import find_source, load_test_digits
from core.errors import DataSetError
from core.samples.sample import NO_DIGIT
from core.samples.store import SampleStore
from core.system.paths import app_paths
from tests.core.samples.kept_digits import drawn_sample


@pytest.fixture
def store() -> Iterator[SampleStore]:
    """Twenty digits by Ada, thirty by Bob, ten by nobody, and what is no digit."""
    with SampleStore(app_paths().digits) as store:
        for writer, first, count in (("Ada", 0, 20), ("Bob", 100, 30), ("", 200, 10)):
            store.keep(*(drawn_sample(first + number, writer=writer) for number in range(count)))
        store.keep(*(drawn_sample(300 + number, label=NO_DIGIT, writer="Ada") for number in range(3)))
        yield store


def keys(images: np.ndarray) -> set[bytes]:
    return {image.tobytes() for image in images}


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("digits", MyDigitsChoice()),
        ("digits:Ada", MyDigitsChoice("Ada")),
        ("digits+mnist:20", MyDigitsChoice(None, 20)),
        ("digits:Ada Lovelace+mnist:90,unseen", MyDigitsChoice("Ada Lovelace", 90, True)),
        ("digits,unseen", MyDigitsChoice(is_unseen=True)),
        ("digits:%2B1%2C 50%25: 7", MyDigitsChoice("+1, 50%: 7")),
    ],
)
def test_a_choice_and_its_text(text: str, choice: MyDigitsChoice) -> None:
    assert read_choice(text) == choice
    assert choice.text == text


def test_other_ways_to_type_a_choice() -> None:
    assert read_choice(" Digits+MNIST:20 %,Unseen ") == MyDigitsChoice(None, 20, True)
    assert read_choice("digits:100%") == MyDigitsChoice("100%")
    for other in ("mnist", "digits.npz", "digits/", "./digits", "my digits", ""):
        assert read_choice(other) is None


@pytest.mark.parametrize("text", ["digits:", "digits,", "digits,seen", "digits+mnist", "digits+mnist:5,unseen,unseen"])
def test_a_text_that_goes_on_in_another_way_is_refused(text: str) -> None:
    with pytest.raises(DataSetError, match="your own digits are “digits” or “digits:WRITER”"):
        read_choice(text)


@pytest.mark.parametrize("text", ["digits+mnist:0", "digits+mnist:100", "digits+mnist:many"])
def test_a_share_out_of_bounds_is_refused(text: str) -> None:
    with pytest.raises(DataSetError, match="a whole number of percent from 1 to 99"):
        read_choice(text)


@pytest.mark.usefixtures("store")
def test_all_digits_and_those_of_a_writer() -> None:
    data = find_source("digits").load()
    assert (data.name, len(data.train), len(data.test)) == ("My digits", 51, 9)
    assert data.test_origin == "a seventh of My digits, kept out of training"
    assert [str(note) for note in data.notes] == ["Left out because they are no digits: 3."]
    assert not keys(data.train.images) & keys(data.test.images)
    ada = find_source("digits:Ada").load()
    assert len(ada.train) + len(ada.test) == 20
    np.testing.assert_array_equal(load_test_digits("digits:Ada").digits.images, ada.test.images)


@pytest.mark.usefixtures("store")
def test_mnist_has_the_share_that_was_chosen() -> None:
    data = find_source("digits:Bob+mnist:75").load()
    own = len(find_source("digits:Bob").load().train)
    assert len(data.train) == 4 * own and len(data.test) == 30 - own
    assert str(data.notes[-1]) == f"{3 * own:,} digits of MNIST are among the training digits, beside {own} of yours."


@pytest.mark.usefixtures("store")
def test_writers_who_test_are_not_learned_from() -> None:
    everybody, bob = find_source("digits,unseen").load(), find_source("digits:Bob,unseen").load()
    assert len(everybody.train) + len(everybody.test) == 60 and len(everybody.test) in (20, 30)
    assert len(bob.test) == 30 and len(bob.train) == 30
    assert str(bob.notes[-1]) == "Only for testing: digits by Bob."
    assert bob.test_origin == "digits by Bob, none of whose digits were used for training"
    assert keys(bob.test.images) == keys(np.stack([drawn_sample(seed).image for seed in range(100, 130)]))


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("text", ["digits", "digits:Ada", "digits+mnist:50", "digits,unseen"])
def test_the_summary_is_what_is_loaded(text: str) -> None:
    summary, data = find_source(text).check(), find_source(text).load()
    assert (summary.train_images, summary.test_images) == (len(data.train), len(data.test))
    assert summary.counts == data.train.counts()
    assert find_source(text).text == text


def test_too_few_digits_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match=r"^No digits kept yet\. Draw some in DigitPad"):
        find_source("digits").load()
    with SampleStore(tmp_path / "digits.sqlite") as store:
        store.keep(drawn_sample(99, label=7, writer="Bob"))
        with pytest.raises(DataSetError, match="My digits: at least 10 images are needed, and there are only 1"):
            find_source("digits", store.path).load()
        with pytest.raises(DataSetError, match="My digits by Ada: at least 10 images are needed, and there are only 0"):
            find_source("digits:Ada", store.path).load()
        store.remove([1])
        store.keep(*(drawn_sample(seed, label=7, writer="Ada") for seed in range(12)))
        source = MyDigits(MyDigitsChoice(), store.path)
        with pytest.raises(DataSetError, match="every label is 7; at least 2 different digits"):
            source.load()
        store.relabel([2, 3, 4], 4)
        assert len(source.load().train) == 10
        for unseen in (MyDigitsChoice(is_unseen=True), MyDigitsChoice("Bob", is_unseen=True)):
            with pytest.raises(DataSetError, match="digits by at least two writers are needed"):
                MyDigits(unseen, store.path).load()


def test_a_store_that_cannot_be_read_is_one_sentence() -> None:
    app_paths().digits.mkdir(parents=True)
    with pytest.raises(DataSetError, match=r"Your digits cannot be read: Cannot keep digits in .*: it is a folder"):
        find_source("digits").load()
