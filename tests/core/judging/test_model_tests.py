"""A test is measured once, and kept; whatever is wrong with a kept file, it is measured again."""

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import DataSetError, ModelError
from core.judging import model_tests
from core.judging.fingerprints import network_hash
from core.judging.kept_tests import MOST_FILES, KeptTests
from core.judging.model_tests import ModelTest, Places, find_kept_test, run_damaged, run_test
from core.judging.robustness import Robustness, find_robustness, keep_robustness, sample_digits
from core.models.bundles import ModelBundle, file_hash
from core.models.card import CARD_FILE, Score, card_bytes
from core.models.compiled import Answers
from core.models.library import COMPILED_FILE
from core.pad.content import PictureInk
from core.samples.sample import NO_DIGIT, NewSample
from core.samples.store import SampleStore

SOURCE = "mnist:100"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many digits a network was asked about, each time it was."""
    asked: list[int] = []
    ask = model_tests.ask

    def counted(bundle: ModelBundle, images: np.ndarray, progress: Callable[[float], None]) -> Answers:
        asked.append(len(images))
        return ask(bundle, images, progress)

    monkeypatch.setattr(model_tests, "ask", counted)
    return asked


def only_file(folder: Path) -> Path:
    [file] = folder.iterdir()
    return file


def test_the_result_is_that_of_the_card(whole_test: ModelTest, shipped_bundle: ModelBundle) -> None:
    assert whole_test.score.images == 1500
    assert 0 < whole_test.score.mistakes <= 30
    assert whole_test.model.title == shipped_bundle.card.name
    assert whole_test.comparison is None
    assert isinstance(whole_test.score, Score)


def test_a_test_is_shown_again_without_asking(shipped_bundle: ModelBundle, places: Places, asked: list[int]) -> None:
    first = run_test(SOURCE, shipped_bundle, None, places)
    again = run_test(SOURCE, shipped_bundle, shipped_bundle, places)
    assert asked == [100]
    assert np.array_equal(first.model.answers.probabilities, again.model.answers.probabilities)
    assert np.array_equal(first.model.answers.no_digit, again.model.answers.no_digit)
    assert first.fingerprint == again.fingerprint
    assert again.comparison is not None and again.comparison.p == 1
    assert run_test("mnist:101", shipped_bundle, None, places).fingerprint != first.fingerprint
    assert asked == [100, 101]


def test_own_models_keep_their_tests_in_their_folders(
    shipped_bundle: ModelBundle, places: Places, tmp_path: Path
) -> None:
    folder = places.models / "mine"
    shutil.copytree(shipped_bundle.folder, folder)
    mine = ModelBundle(folder, shipped_bundle.card)
    run_test(SOURCE, mine, None, places)
    assert only_file(folder / "tests").name.startswith("answers-")
    assert not places.tests.exists()
    run_test(SOURCE, shipped_bundle, None, places)
    assert only_file(places.tests).name == only_file(folder / "tests").name


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def fill(path: Path) -> None:
    path.write_bytes(b"PK\5\6" + b"\0" * 400)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def rewrite(path: Path, **arrays: np.ndarray) -> None:
    """Other arrays under the right mark."""
    with zipfile.ZipFile(path) as archive:
        mark = archive.comment
    np.savez(path, **arrays)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = mark


def unmark(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = archive.comment.replace(b"a", b"b")


def put_objects(path: Path) -> None:
    rewrite(path, probabilities=np.array([[{}] * 10] * 100, object))


def put_doubles(path: Path) -> None:
    rewrite(path, probabilities=np.full((100, 10), 0.1))


def put_others(path: Path) -> None:
    rewrite(path, probabilities=np.full((99, 10), 0.1, np.float32))


def put_no_numbers(path: Path) -> None:
    rewrite(path, probabilities=np.full((100, 10), np.nan, np.float32))


def put_no_probabilities(path: Path) -> None:
    rewrite(path, probabilities=np.full((100, 10), 0.9, np.float32))


def put_impossible(path: Path) -> None:
    rewrite(path, probabilities=np.full((100, 10), 0.1, np.float32), no_digit=np.full(100, np.inf, np.float32))


def put_a_bomb(path: Path) -> None:
    """A gigabyte of zeros that needs a megabyte."""
    with zipfile.ZipFile(path) as archive:
        mark = archive.comment
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = mark
        with archive.open("probabilities.npy", "w") as member:
            for _ in range(100):
                member.write(bytes(10_000_000))


DAMAGERS = [cut, fill, empty, unmark, put_objects, put_doubles, put_others, put_no_numbers]


@pytest.mark.parametrize("damage", [*DAMAGERS, put_no_probabilities, put_impossible, put_a_bomb])
def test_a_kept_file_that_is_damaged_or_hostile_is_measured_again(
    damage: Callable[[Path], None], shipped_bundle: ModelBundle, places: Places, asked: list[int]
) -> None:
    before = run_test(SOURCE, shipped_bundle, None, places)
    damage(only_file(places.tests))
    after = run_test(SOURCE, shipped_bundle, None, places)
    assert asked == [100, 100]
    assert np.array_equal(before.model.answers.probabilities, after.model.answers.probabilities)
    run_test(SOURCE, shipped_bundle, None, places)
    assert asked == [100, 100], "it was kept again"


def test_where_nothing_can_be_kept_the_test_is_shown_all_the_same(
    shipped_bundle: ModelBundle, places: Places, asked: list[int]
) -> None:
    places.tests.write_text("a file where the folder should be")
    assert run_test(SOURCE, shipped_bundle, None, places).score.images == 100
    assert run_test(SOURCE, shipped_bundle, None, places).score.images == 100
    assert asked == [100, 100]


def test_a_test_that_is_stopped_is_not_kept(shipped_bundle: ModelBundle, places: Places) -> None:
    def stop(share: float) -> None:
        if share >= 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_test(SOURCE, shipped_bundle, None, places, stop)
    assert not places.tests.exists()


def test_the_share_that_is_done_only_rises(shipped_bundle: ModelBundle, places: Places) -> None:
    told: list[float] = []
    run_test(SOURCE, shipped_bundle, None, places, told.append)
    assert told == sorted(told) and told[-1] == pytest.approx(1)


def test_only_so_many_tests_are_kept(shipped_bundle: ModelBundle, places: Places) -> None:
    kept = KeptTests(shipped_bundle, "a" * 64, places.models, places.tests)
    said = Answers(np.full((1, 10), 0.1, np.float32), None)
    for number in range(MOST_FILES + 3):
        kept.keep_answers(f"{number:064x}"[::-1], said)
    assert len(list(places.tests.iterdir())) == MOST_FILES
    last = kept.find_answers(f"{MOST_FILES + 2:064x}"[::-1], 1)
    assert last is not None and last.no_digit is None


def test_a_model_that_is_damaged_is_named(shipped_bundle: ModelBundle, places: Places) -> None:
    folder = places.models / "mine"
    shutil.copytree(shipped_bundle.folder, folder)
    (folder / COMPILED_FILE).write_bytes(b"no network")
    with pytest.raises(ModelError, match=r"damaged: model\.tflite is not the file"):
        run_test(SOURCE, ModelBundle(folder, shipped_bundle.card), None, places)


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ([7] * 30, r"mine\.npz: every label is 7; at least 2 different digits are needed\."),
        ([], r"mine\.npz: there are no images in it\."),
    ],
)
def test_digits_of_one_kind_or_none_are_refused(
    labels: list[int], sentence: str, shipped_bundle: ModelBundle, places: Places, tmp_path: Path
) -> None:
    path = tmp_path / "mine.npz"
    images = np.zeros((len(labels), 28, 28), np.uint8)
    images[:, 4:24, 14] = 255
    np.savez(path, x_train=images, y_train=np.array(labels, np.uint8))
    with pytest.raises(DataSetError, match=sentence):
        run_test(str(path), shipped_bundle, None, places)


def test_a_test_part_of_one_kind_is_refused(
    shipped_bundle: ModelBundle, places: Places, tmp_path: Path, mnist: dict[str, np.ndarray]
) -> None:
    path = tmp_path / "mine.npz"
    ones = mnist["y_test"] == 1
    train = {"x_train": mnist["x_train"][:100], "y_train": mnist["y_train"][:100]}
    np.savez(path, **train, x_test=mnist["x_test"][ones][:20], y_test=mnist["y_test"][ones][:20])
    with pytest.raises(DataSetError, match="every label is 1; at least 2 different digits are needed"):
        run_test(str(path), shipped_bundle, None, places)


def test_a_file_that_has_vanished_is_named(shipped_bundle: ModelBundle, places: Places) -> None:
    with pytest.raises(DataSetError, match=r"There is no file or folder “gone\.npz”"):
        run_test("gone.npz", shipped_bundle, None, places)


def test_without_digits_of_their_own_people_are_told_how_to_keep_some(
    shipped_bundle: ModelBundle, places: Places
) -> None:
    with pytest.raises(DataSetError, match=r"No digits kept yet\."):
        run_test("digits", shipped_bundle, None, places)


def test_damaged_digits_are_counted_once_and_kept(
    shipped_bundle: ModelBundle, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = run_test("mnist:40", shipped_bundle, shipped_bundle, places)
    told: list[float] = []
    [(tested, found), (_, other)] = run_damaged(test, places, told.append)
    assert tested is test.model and found.digits == 40
    assert told == sorted(told) and told[-1] == pytest.approx(0.5), "the second model is the first"
    assert np.array_equal(found.right, other.right)
    assert found.right[:, 0].mean() > found.right[:, 4].mean()
    monkeypatch.setattr(model_tests, "measure_robustness", None)
    assert np.array_equal(run_damaged(test, places)[0][1].right, found.right)


@pytest.mark.parametrize("count", [41, -1, 0.5, np.nan])
def test_impossible_counts_are_measured_again(shipped_bundle: ModelBundle, places: Places, count: float) -> None:
    kept = KeptTests(shipped_bundle, "a" * 64, places.models, places.tests)
    counts = np.full((15, 5), 7.0)
    keep_robustness(kept, "b" * 64, Robustness(counts.astype(np.int64), 40))
    found = find_robustness(kept, "b" * 64, 40)
    assert found is not None and (found.right == 7).all()
    counts[3, 3] = count
    kept.keep("b" * 64, {"right": counts.astype(np.float32)}, "damaged")
    assert find_robustness(kept, "b" * 64, 40) is None


def test_of_many_digits_always_the_same_ones_are_damaged(whole_test: ModelTest) -> None:
    one, again = sample_digits(whole_test.digits), sample_digits(whole_test.digits)
    assert len(one) == 500 and np.array_equal(one.images, again.images)
    assert sorted(set(one.labels.tolist())) == list(range(10))


def test_what_is_kept_is_found_and_nothing_else(shipped_bundle: ModelBundle, places: Places, asked: list[int]) -> None:
    assert find_kept_test(SOURCE, shipped_bundle, None, places) is None
    test = run_test(SOURCE, shipped_bundle, None, places)
    found = find_kept_test(SOURCE, shipped_bundle, shipped_bundle, places)
    assert found is not None and found.other is not None and found.score == test.score
    assert find_kept_test("mnist:99", shipped_bundle, None, places) is None
    assert asked == [100]


def test_all_digits_that_somebody_kept_are_tested(
    shipped_bundle: ModelBundle, places: Places, mnist: dict[str, np.ndarray]
) -> None:
    with SampleStore(places.digits) as store:
        for number in range(40):
            label = NO_DIGIT if number == 39 else int(mnist["y_test"][number])
            image, writer = mnist["x_test"][number], "Ada" if number < 25 else "Ben"
            store.keep(NewSample(label, PictureInk(image), image, writer=writer))
    whole = run_test("digits", shipped_bundle, None, places)
    assert whole.score.images == 39
    assert any("a model that was taught them has seen them" in note for note in whole.notes)
    assert run_test("digits:Ada", shipped_bundle, None, places).score.images == 25
    unseen = run_test("digits:Ben,unseen", shipped_bundle, None, places)
    assert unseen.score.images == 14
    assert not any("has seen them" in note for note in unseen.notes)


def test_a_model_without_embeddings_is_tested_all_the_same(shipped_bundle: ModelBundle, places: Places) -> None:
    folder = places.models / "older"
    shutil.copytree(shipped_bundle.folder, folder)
    content = (folder / COMPILED_FILE).read_bytes()
    (folder / COMPILED_FILE).write_bytes(content.replace(b"embedding", b"of-no-use"))
    hashes = {**shipped_bundle.card.sha256, COMPILED_FILE: file_hash(folder / COMPILED_FILE)}
    card = replace(shipped_bundle.card, sha256=hashes)
    (folder / CARD_FILE).write_bytes(card_bytes(card))
    older = run_test(SOURCE, ModelBundle(folder, card), shipped_bundle, places)
    assert older.comparison is not None and older.comparison.p == 1


def test_a_card_without_a_hash_has_the_hash_of_the_file(shipped_bundle: ModelBundle) -> None:
    known = network_hash(shipped_bundle)
    card = replace(shipped_bundle.card, sha256={COMPILED_FILE: "../../somewhere"})
    assert network_hash(replace(shipped_bundle, card=card)) == known
