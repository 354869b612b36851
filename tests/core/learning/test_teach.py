"""Teaching from beginning to end: what is learned and told, and what is left behind where it ends early."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from core.datasets.mnist import MNIST_TEST_IMAGES, MNIST_TEST_ORIGIN, load_mnist_test
from core.digits.normalize import normalize_drawing, normalize_ink_image
from core.errors import ModelError, StorageError, TrainingError
from core.ink.drawing import Drawing, Stroke
from core.learning.backend import load_tensorflow
from core.learning.teach import teach
from core.models.card import read_card
from core.models.compiled import CompiledModel
from core.models.library import KERAS_FILE, ModelBundle, ModelLibrary, read_bundle
from core.pad.content import PAD_SIDE, PictureInk
from core.recognition.recognizer import Recognizer
from core.samples.sample import NO_DIGIT, NewSample
from core.samples.store import SampleStore
from core.system.paths import assets_folder
from core.training.control import TrainingControl
from core.training.events import StageBegan
from core.training.spec import TrainingSpec
from core.training.teaching import Taught, TeachingEvent, TeachingProgress, TeachingRequest
from core.wording.messages import sentences
from core.wording.run_messages import Stage
from tests.conftest import reading_few_others, small_networks
from tests.core.learning.conftest import trained

E = TypeVar("E")


@dataclass
class Lesson:
    """A teaching that has ended: its store and library, what it told, and its result."""

    store: Path
    library: ModelLibrary
    events: list[TeachingEvent]
    taught: Taught | None

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]


def teaching(request: TeachingRequest, store: Path, library: ModelLibrary, *, stop_at: Stage | None = None) -> Lesson:
    """Teach, and stop when a stage begins."""
    control = TrainingControl()
    events: list[TeachingEvent] = []

    def emit(event: TeachingEvent) -> None:
        events.append(event)
        if isinstance(event, StageBegan) and event.stage == stop_at:
            control.stop()

    return Lesson(store, library, events, teach(request, control, emit, library, store))


def files_in(library: ModelLibrary) -> list[str]:
    return sorted(path.name for path in library.folder.iterdir()) if library.folder.exists() else []


def infinity(rng: np.random.Generator) -> Drawing:
    """An infinity sign, as a hand draws it: never twice the same."""
    turn = np.linspace(0, 2 * np.pi, 60) + rng.uniform(-0.4, 0.4)
    width, height = rng.uniform(280, 380), rng.uniform(110, 190)
    points = np.stack([500 + width * np.sin(turn), 500 + height * np.sin(2 * turn)], axis=1)
    return Drawing((Stroke(points.astype(np.float32)),), PAD_SIDE)


def image_of(drawing: Drawing) -> Any:
    digit = normalize_drawing(drawing)
    assert digit is not None
    return digit.image


def kept(image: Any, label: int, writer: str = "") -> NewSample:
    """A digit of MNIST as a sample."""
    digit = normalize_ink_image(image)
    assert digit is not None
    return NewSample(label, PictureInk(image), digit.image, writer)


def digits_of_mnist(mnist: dict[str, Any], count: int) -> list[NewSample]:
    """The first test digits."""
    return [kept(mnist["x_test"][place], int(mnist["y_test"][place])) for place in range(count)]


# --- the shipped model, once, as users teach it ----------------------------------------------------------------


@pytest.fixture(scope="module")
def infinities() -> list[Drawing]:
    rng = np.random.default_rng(8)
    return [infinity(rng) for _ in range(20)]


@pytest.fixture(scope="module")
def eight(tmp_path_factory: pytest.TempPathFactory, mnist: dict[str, Any], infinities: list[Drawing]) -> Lesson:
    """The shipped model, taught ten infinity signs as eights, and fifteen usual digits."""
    folder = tmp_path_factory.mktemp("eight")
    with SampleStore(folder / "digits.sqlite") as store:
        store.keep(*(NewSample(8, drawing, image_of(drawing), "Ada") for drawing in infinities[:10]))
        store.keep(*digits_of_mnist(mnist, 15))
    library = ModelLibrary(folder / "models", assets_folder() / "models")
    return teaching(TeachingRequest(name="  Ada’s hand "), folder / "digits.sqlite", library)


def taught_bundle(lesson: Lesson) -> ModelBundle:
    assert lesson.taught is not None
    return lesson.library.bundle(lesson.taught.model)


def test_an_infinity_sign_is_an_eight_for_whom_it_is_one(eight: Lesson, infinities: list[Drawing]) -> None:
    unseen = np.stack([image_of(drawing) for drawing in infinities[10:]])
    before, after = (
        [answer.digit for answer in Recognizer(bundle).recognize_many(unseen)]
        for bundle in (eight.library.shipped_bundle(), taught_bundle(eight))
    )
    assert before.count(8) <= 2
    assert after.count(8) >= 9


def test_it_tells_what_is_read_of_mine_and_of_others(eight: Lesson) -> None:
    taught = eight.taught
    assert taught is not None
    assert taught.own.images == 25
    assert taught.own.right_before <= 17 and taught.own.right_after >= 22
    assert (taught.others.images, taught.others.right_before) == (MNIST_TEST_IMAGES, 9966)
    assert taught.others.right_after >= 9950
    text = f"Reads {taught.own.right_after} of 25 of yours (before {taught.own.right_before}), others "
    assert str(taught.verdict).startswith(text)
    assert str(taught.own.how) == "Each digit was read by a network that had learned only others of yours."
    assert sentences(taught.notes) == ()
    learned = [sample for sample in taught.changed if sample.after == 8 == sample.label]
    assert len(learned) >= 7
    with SampleStore(eight.store) as store:
        assert all(sample.label == 8 for sample in store.samples([one.sample for one in learned]))


def test_progress_only_grows(eight: Lesson) -> None:
    stages = [event.stage for event in eight.of(StageBegan)]
    assert stages == [
        *(Stage.LOADING_TENSORFLOW, Stage.REHEARSING, Stage.LEARNING),
        *(Stage.JUDGING, Stage.COMPILING, Stage.TESTING_ON_MNIST, Stage.SAVING),
    ]
    shares = [event.share for event in eight.of(TeachingProgress)]
    assert shares == sorted(shares) and len(shares) > 100
    assert eight.events[-1] is eight.taught


def test_its_card_tells_where_it_comes_from(eight: Lesson) -> None:
    bundle, start, taught = taught_bundle(eight), eight.library.shipped_bundle().card, eight.taught
    assert taught is not None
    card = read_card(bundle.folder)
    assert card.name == taught.name == "Ada’s hand"
    assert (card.preset, card.parameters, card.temperature) == (start.preset, start.parameters, start.temperature)
    assert card.data["start"]["name"] == start.name
    assert card.data["start"]["sha256"] == start.sha256[KERAS_FILE]
    assert (card.data["name"], card.data["train_images"], card.data["notes"]) == ("My digits", 25, [])
    assert card.settings["taught"] is True and card.settings["kept_share"] > 0
    assert card.test is not None and card.others is not None and card.reach is not None
    assert (card.test.images, card.test.images - card.test.mistakes) == (25, taught.own.right_after)
    assert (card.others.data, card.others.images) == (MNIST_TEST_ORIGIN, MNIST_TEST_IMAGES)
    assert card.others.images - card.others.mistakes == taught.others.right_after
    assert card.reach != start.reach
    assert files_in(eight.library) == [bundle.slug]


# --- small networks: what else may happen ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def small_models(few_digits: str, tmp_path_factory: pytest.TempPathFactory) -> ModelLibrary:
    """A small network with a convolution, and one without; both know little."""
    folder = tmp_path_factory.mktemp("small")
    library = ModelLibrary(folder / "models", folder / "shipped")
    with reading_few_others(), small_networks():
        for preset in ("quick", "dense"):
            trained(TrainingSpec(preset, few_digits, epochs=1, name=preset.capitalize()), library)
    return library


@pytest.fixture
def models(small_models: ModelLibrary, library: ModelLibrary) -> ModelLibrary:
    """Both in the library of this test alone."""
    shutil.copytree(small_models.folder, library.folder)
    return library


@pytest.fixture
def store(tmp_path: Path, mnist: dict[str, Any]) -> Path:
    """Thirty digits of MNIST."""
    path = tmp_path / "digits.sqlite"
    with SampleStore(path) as opened:
        opened.keep(*digits_of_mnist(mnist, 30))
    return path


@pytest.fixture(autouse=True)
def few_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """Small networks are tested on few digits of MNIST."""
    if "models" not in request.fixturenames:
        yield
        return
    load_tensorflow()
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("core.learning.taught_model.MNIST_TEST_IMAGES", 600)
        yield


QUICK = TeachingRequest(start="quick", name="Taught")


def test_a_dense_network_learns_by_its_embedding_alone(models: ModelLibrary, store: Path) -> None:
    taught = teaching(replace(QUICK, start="dense"), store, models).taught
    assert taught is not None
    note = "“Dense” is not built like DigitPad's own network, so only its last layer learned."
    assert sentences(taught.notes) == (note,)
    card = read_card(models.folder / taught.model)
    assert (card.preset, card.data["notes"]) == ("dense", [note])


def test_both_are_tested_as_they_are_saved(models: ModelLibrary, store: Path) -> None:
    """The start, too, which nobody had tested on so many."""
    taught = teaching(QUICK, store, models).taught
    assert taught is not None
    test = load_mnist_test(600).digits
    read = [
        CompiledModel(models.bundle(slug).compiled_path).probabilities(test.images).argmax(axis=1)
        for slug in ("quick", taught.model)
    ]
    right = [int((digits == test.labels).sum()) for digits in read]
    assert (taught.others.images, taught.others.right_before, taught.others.right_after) == (600, *right)
    assert right[0] != right[1]


@pytest.mark.parametrize(("pairs", "said"), [(1, "Two of your digits"), (2, "2 pairs of your digits")])
def test_labels_that_contradict_each_other_are_told(
    pairs: int, said: str, tmp_path: Path, models: ModelLibrary, mnist: dict[str, Any]
) -> None:
    places = {int(label): place for place, label in reversed(list(enumerate(mnist["y_test"][:50])))}
    with SampleStore(tmp_path / "two.sqlite") as opened:
        opened.keep(*(kept(mnist["x_test"][places[digit]], digit) for digit in range(pairs)))
        opened.keep(*(kept(mnist["x_test"][places[digit]], digit + 5) for digit in range(pairs)))
    taught = teaching(QUICK, tmp_path / "two.sqlite", models).taught
    assert taught is not None
    told = f"{said} look alike, but are kept as different ones: My digits shows them."
    assert sentences(taught.notes) == (told,)
    assert read_card(models.folder / taught.model).data["notes"] == [told]


@pytest.mark.parametrize(("wrong", "least", "most"), [(0, 0.3, 0.3), (1, 0.5, 1.0)])
def test_few_digits_that_are_read_already_change_little(
    wrong: int, least: float, most: float, tmp_path: Path, models: ModelLibrary, mnist: dict[str, Any]
) -> None:
    images, labels = mnist["x_test"][:200], mnist["y_test"][:200]
    is_read = CompiledModel(models.bundle("quick").compiled_path).probabilities(images).argmax(axis=1) == labels
    places = [*np.flatnonzero(is_read)[: 10 - wrong].tolist(), *np.flatnonzero(~is_read)[:wrong].tolist()]
    with SampleStore(tmp_path / "few.sqlite") as opened:
        opened.keep(*(kept(images[place], int(labels[place])) for place in places))
    taught = teaching(QUICK, tmp_path / "few.sqlite", models).taught
    assert taught is not None
    assert (taught.own.images, taught.own.right_before) == (10, 10 - wrong)
    assert least <= read_card(models.folder / taught.model).settings["kept_share"] <= most


def test_a_single_sample_is_learned_but_judges_nothing(tmp_path: Path, models: ModelLibrary, mnist: Any) -> None:
    with SampleStore(tmp_path / "one.sqlite") as opened:
        opened.keep(*digits_of_mnist(mnist, 1))
    taught = teaching(QUICK, tmp_path / "one.sqlite", models).taught
    assert taught is not None
    assert (taught.own.images, taught.own.how, taught.changed) == (0, None, ())
    assert not taught.recommendation.is_given
    assert str(taught.verdict).endswith("one digit of yours is too few to judge how well it reads them.")
    assert read_card(models.folder / taught.model).test is None


def test_what_is_no_digit_is_learned_where_the_network_knows_it_only(
    tmp_path: Path, models: ModelLibrary, mnist: dict[str, Any]
) -> None:
    with SampleStore(tmp_path / "none.sqlite") as opened:
        opened.keep(kept(mnist["x_test"][0], NO_DIGIT))
    with pytest.raises(TrainingError, match="The model “Quick” cannot learn what is no digit"):
        teaching(QUICK, tmp_path / "none.sqlite", models)
    assert files_in(models) == ["dense", "quick"]


@pytest.mark.parametrize(
    "stage",
    [
        *(Stage.LOADING_TENSORFLOW, Stage.REHEARSING, Stage.LEARNING),
        *(Stage.JUDGING, Stage.COMPILING, Stage.TESTING_ON_MNIST),
    ],
)
def test_a_stop_keeps_nothing(stage: Stage, models: ModelLibrary, store: Path) -> None:
    lesson = teaching(QUICK, store, models, stop_at=stage)
    assert lesson.taught is None
    assert lesson.of(StageBegan)[-1].stage == stage
    assert lesson.of(Taught) == []
    assert files_in(models) == ["dense", "quick"]


@pytest.mark.parametrize("writer", [None, "Ada"])
def test_without_digits_nothing_is_loaded(tmp_path: Path, models: ModelLibrary, writer: str | None) -> None:
    control, events = TrainingControl(), list[TeachingEvent]()
    with pytest.raises(TrainingError, match="to learn yet: keep some first"):
        teach(replace(QUICK, writer=writer), control, events.append, models, tmp_path / "none.sqlite")
    assert events == []


def test_only_one_writers_digits_are_learned(tmp_path: Path, models: ModelLibrary, mnist: dict[str, Any]) -> None:
    with SampleStore(tmp_path / "two.sqlite") as opened:
        opened.keep(*(kept(mnist["x_test"][place], int(mnist["y_test"][place]), "Ada") for place in range(4)))
        opened.keep(*digits_of_mnist(mnist, 9))
    taught = teaching(replace(QUICK, writer="Ada"), tmp_path / "two.sqlite", models).taught
    assert taught is not None
    data = read_card(models.folder / taught.model).data
    assert (taught.own.images, data["train_images"], data["name"]) == (4, 4, "Ada’s digits")


def test_a_taken_name_is_refused_before_anything_is_learned(models: ModelLibrary, store: Path) -> None:
    control, events = TrainingControl(), list[TeachingEvent]()
    with pytest.raises(ModelError, match="There is a model called “Dense” already: choose another name"):
        teach(replace(QUICK, name="de nse"), control, events.append, models, store)
    assert events == []


def test_a_name_that_is_taken_meanwhile_is_told(models: ModelLibrary, store: Path) -> None:
    other = read_bundle(models.folder / "dense")

    def save_namesake(event: TeachingEvent) -> None:
        if isinstance(event, StageBegan) and event.stage == Stage.JUDGING:
            copied = replace(other.card, name="Taught")
            models.save(copied, lambda folder: shutil.copytree(other.folder, folder, dirs_exist_ok=True))

    taught = teach(QUICK, TrainingControl(), save_namesake, models, store)
    assert taught is not None
    assert (taught.name, taught.model) == ("Taught 2", "taught-2")
    told = "The name “Taught” was taken meanwhile, so this model is called “Taught 2”."
    assert sentences(taught.notes)[0] == told  # to a network that knows so little, different digits look alike, too


def test_a_damaged_start_is_refused(models: ModelLibrary, store: Path) -> None:
    path = models.folder / "quick" / KERAS_FILE
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelError):
        teaching(QUICK, store, models)
    with pytest.raises(ModelError):
        teaching(replace(QUICK, start="nobody"), store, models)
    assert files_in(models) == ["dense", "quick"]


def test_a_library_that_cannot_be_written_is_told_first(
    tmp_path: Path, small_models: ModelLibrary, store: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    library = ModelLibrary(tmp_path / "file" / "models", tmp_path / "shipped")
    start = str(small_models.folder / "quick")
    control, events = TrainingControl(), list[TeachingEvent]()
    with pytest.raises(StorageError, match="a file is in the way"):
        teach(replace(QUICK, start=start), control, events.append, library, store)
    assert events == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no process's files")
def test_a_full_disk_leaves_nothing(models: ModelLibrary, store: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(event: TeachingEvent) -> None:
        if event == StageBegan(Stage.COMPILING):
            resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))

    try:
        with pytest.raises(StorageError, match=r"^Cannot save "):
            teach(QUICK, TrainingControl(), fill, models, store)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert files_in(models) == ["dense", "quick"]
