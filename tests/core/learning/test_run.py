"""Training runs, small but real: what they tell, how they stop, and what they leave."""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import DataSetError, StorageError, TrainingError
from core.learning.backend import load_tensorflow
from core.learning.run import fit
from core.models.library import ModelBundle, ModelLibrary, read_bundle
from core.recognition.evaluation import measure_accuracy as measure
from core.recognition.recognizer import Recognizer
from core.training.context import RunContext
from core.training.control import RunStopped, TrainingControl
from core.training.events import (
    BatchDone,
    CanvasGuess,
    ChoiceNeeded,
    ChoiceReason,
    EpochDone,
    Event,
    Outcome,
    RunEnded,
    RunStarted,
    StageBegan,
    StageProgress,
)
from core.training.spec import TrainingSpec
from core.wording.messages import sentences
from core.wording.percentages import counted_accuracy_text
from core.wording.run_messages import Stage

REPOSITORY = Path(__file__).resolve().parents[3]


def test_a_run_from_the_first_event_to_a_model_in_use(
    library: ModelLibrary, new_record: Any, mnist: dict[str, Any]
) -> None:
    record, control = new_record(), TrainingControl()
    control.show_digit(mnist["x_test"][0])
    spec = TrainingSpec("dense", "mnist:2000", epochs=1, validation_share=0.1, name="First try")
    ended = fit(spec, control, record, library)

    kinds = [type(event) for event in record.events if not isinstance(event, CanvasGuess)]
    in_order = [kind for index, kind in enumerate(kinds) if kind is not kinds[index - 1]]
    assert in_order == [StageBegan, RunStarted, BatchDone, EpochDone, StageBegan, RunEnded]
    assert record.events[-1] == ended

    [started] = record.of(RunStarted)
    assert (started.train_images, started.validation_images, started.test_images) == (1800, 200, 10_000)
    assert (started.batches_per_epoch, started.parameters) == (57, 118_282)
    losses = [loss for event in record.of(BatchDone) for loss in event.losses]
    accuracies = [share for event in record.of(BatchDone) for share in event.accuracies]
    sizes = [32] * 56 + [8]
    [epoch] = record.of(EpochDone)
    assert len(losses) == len(accuracies) == 57
    assert np.average(losses, weights=sizes) == pytest.approx(epoch.loss, rel=1e-5)
    assert np.average(accuracies, weights=sizes) == pytest.approx(epoch.accuracy, rel=1e-5)
    assert epoch.validation_accuracy is not None and epoch.validation_accuracy > 0.5
    assert all(len(guess.probabilities) == 10 for guess in record.of(CanvasGuess))
    assert record.of(CanvasGuess)

    assert (ended.outcome, ended.name) == (Outcome.COMPLETED, "First try")
    assert ended.model is not None
    bundle = read_bundle(library.folder / ended.model)
    card = bundle.card
    assert (card.preset, card.seed, card.epochs, len(card.history)) == ("dense", 1, 1, 1)
    assert card.test is not None
    assert (card.test.images, card.test.mistakes) == (10_000, ended.test_mistakes)
    assert card.test.accuracy == ended.test_accuracy
    assert np.sum(card.test.confusion) == 10_000
    assert {"keras", "tensorflow", "ai-edge-litert", "numpy"} < set(card.libraries)
    assert ended.test_accuracy is not None and ended.test_accuracy > 0.6
    recognizer = Recognizer(bundle)
    answer = recognizer.recognize(mnist["x_test"][0])
    assert answer.digit == int(recognizer.probabilities(mnist["x_test"][:1]).argmax())
    assert sentences(ended.ending) == (
        f"Test loss {ended.test_loss:.4f}, test accuracy {counted_accuracy_text(ended.test_accuracy, 10_000)}.",
        f"The first test digit is a 7 and is read as {answer.digit}: {'valid' if answer.digit == 7 else 'not valid'}.",
    )


def test_batch_events_come_from_their_own_batch(few_digits: str, library: ModelLibrary, new_record: Any) -> None:
    """With one image a batch, each accuracy is all or nothing: no running mean."""
    record = new_record()
    fit(TrainingSpec("dense", few_digits, epochs=1, batch_size=1), TrainingControl(), record, library)
    shares = [share for event in record.of(BatchDone) for share in event.accuracies]
    assert len(shares) == 400
    assert set(shares) == {0.0, 1.0}


def test_without_validation_there_is_nothing_to_calibrate(
    few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    record = new_record()
    spec = TrainingSpec("dense", few_digits, epochs=2, validation_share=0)
    ended = fit(spec, TrainingControl(), record, library)
    assert [epoch.validation_accuracy for epoch in record.of(EpochDone)] == [None, None]
    assert ended.model is not None
    card = read_bundle(library.folder / ended.model).card
    assert card.temperature == 1.0
    assert card.epochs == 2


def test_a_stop_acts_within_its_batch(
    few_digits: str, library: ModelLibrary, new_record: Any, scripted_control: Any
) -> None:
    control = scripted_control(7, TrainingControl.stop)
    record = new_record(control.see)
    ended = fit(TrainingSpec("dense", few_digits, epochs=50), control, record, library)
    assert control.checkpoints == 7
    assert (ended.outcome, ended.model, ended.test_accuracy) == (Outcome.STOPPED, None, None)
    assert not record.of(EpochDone)
    assert not record.of(ChoiceNeeded)
    assert library.entries() == []


def test_a_stop_acts_inside_validation(
    few_digits: str, library: ModelLibrary, new_record: Any, scripted_control: Any
) -> None:
    # one checkpoint after each of 10 batches, then those of validation
    control = scripted_control(11, lambda control: control.stop(keep=True))
    record = new_record(control.see)
    spec = TrainingSpec("dense", few_digits, epochs=50, batch_size=20, validation_share=0.5)
    ended = fit(spec, control, record, library)
    assert record.of(BatchDone)[-1].batch == 10
    assert control.checkpoints == 11
    assert not record.of(EpochDone)
    assert ended.outcome is Outcome.STOPPED


@pytest.mark.parametrize("stage", [Stage.READING_DIGITS, Stage.LOADING_TENSORFLOW])
def test_a_stop_before_the_training_ends_the_run(
    stage: Stage, few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    control = TrainingControl()
    record = new_record(lambda event: control.stop() if event == StageBegan(stage) else None)
    ended = fit(TrainingSpec("dense", few_digits), control, record, library)
    assert (ended.outcome, ended.model) == (Outcome.STOPPED, None)
    assert record.events[-2:] == [StageBegan(stage), ended]
    assert not list(library.folder.iterdir())


@pytest.mark.parametrize("passes", [0, 1])
def test_a_stop_acts_while_digits_are_synthesised(
    passes: int, few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    """At the first drawings and at later ones."""
    stage = StageBegan(Stage.SYNTHESISING)

    class StopsWhileWriting(TrainingControl):
        passes_left: int | None = None

        def checkpoint(self) -> None:
            if self.passes_left == 0:
                self.stop()
            elif self.passes_left is not None:
                self.passes_left -= 1
            super().checkpoint()

    control = StopsWhileWriting()

    def react(event: Event) -> None:
        if event == stage:
            control.passes_left = passes

    record = new_record(react)
    ended = fit(TrainingSpec("digitpad", few_digits), control, record, library)
    assert record.events == [StageBegan(Stage.READING_DIGITS), stage, ended]
    assert (ended.outcome, ended.model) == (Outcome.STOPPED, None)
    assert not list(library.folder.iterdir())


@pytest.mark.parametrize(
    ("preset", "ink", "synthesize", "stage"),
    [
        ("digitpad", False, None, "Synthesising handwriting"),
        ("digitpad", True, None, "Synthesising handwriting"),
        ("digitpad", False, False, "Drawing non-digits"),
        ("dense", True, None, "Reading real writers' ink"),
        ("dense", False, None, None),
    ],
)
def test_a_run_says_what_it_is_about_to_do_and_no_more(
    preset: str, ink: bool, synthesize: bool | None, stage: str | None, few_digits: str, tmp_path: Path, new_record: Any
) -> None:
    strokes = [[[0, 0], [20, 0], [8, 30]]]
    file = tmp_path / "ink.json"
    file.write_text(json.dumps([{"label": 7, "writer": f"w{number}", "strokes": strokes} for number in range(8)]))
    real = (str(file), "eight hands") if ink else ("", "")
    spec = TrainingSpec(preset, few_digits, ink=real[0], ink_source=real[1], synthesize=synthesize)
    control = TrainingControl()
    record = new_record(lambda event: control.stop() if event == StageBegan(Stage.LOADING_TENSORFLOW) else None)
    fit(spec, control, record, ModelLibrary(tmp_path / "models", tmp_path / "shipped"))
    texts = [event.text for event in record.of(StageBegan)]
    assert texts == ["Reading the digits", *([stage] if stage else []), "Loading TensorFlow"]


@pytest.mark.slow
def test_digitpad_learns_from_twenty_digits_of_the_users_own(
    tmp_path: Path, mnist: dict[str, Any], library: ModelLibrary, new_record: Any
) -> None:
    chosen = np.concatenate([np.flatnonzero(mnist["y_train"] == digit)[:2] for digit in range(10)])
    path = tmp_path / "own.npz"
    np.savez(path, x_train=mnist["x_train"][chosen], y_train=mnist["y_train"][chosen])
    record = new_record()
    ended = fit(TrainingSpec("digitpad", str(path), epochs=1), TrainingControl(), record, library)
    [started] = record.of(RunStarted)
    assert started.notes == ()
    # a seventh to test, one of the rest to validate with a synthesised one; two and one fifth as many are made
    parts = {"data": 16, "synthesized": 6, "no_digit": 3}
    assert started.train_images == sum(parts.values())
    assert record.of(StageProgress)[-1] == StageProgress(6 + 3 + 1, 6 + 3 + 1)
    assert (started.validation_images, started.test_images) == (2, 3)
    assert str(started.material[0]).replace("\u200b", "") == "16 digits come from own.npz."
    assert (ended.outcome, ended.test_images) == (Outcome.COMPLETED, 3)
    assert ended.model is not None
    bundle = read_bundle(library.folder / ended.model)
    assert bundle.card.data["origins"] == parts
    answer = Recognizer(bundle).recognize(mnist["x_test"][0])
    assert sum(answer.probabilities) == pytest.approx(1, abs=1e-4)


def test_a_stop_acts_between_the_files_of_a_folder(
    tmp_path: Path, mnist: dict[str, Any], library: ModelLibrary, new_record: Any
) -> None:
    import cv2

    for digit in range(10):
        (tmp_path / "digits" / str(digit)).mkdir(parents=True)
        for number, image in enumerate(mnist["x_train"][mnist["y_train"] == digit][:20]):
            cv2.imwrite(str(tmp_path / "digits" / str(digit) / f"{number:02}.png"), 255 - image)

    class StopsAtTenth(TrainingControl):
        checkpoints = 0

        def checkpoint(self) -> None:
            self.checkpoints += 1
            if self.checkpoints == 10:
                self.stop(keep=False)
            super().checkpoint()

    record, control = new_record(), StopsAtTenth()
    ended = fit(TrainingSpec("dense", str(tmp_path / "digits")), control, record, library)
    assert record.events == [StageBegan(Stage.READING_DIGITS), ended]
    assert ended.outcome is Outcome.STOPPED
    assert control.checkpoints == 10


def test_a_stopped_run_keeps_the_best_epoch_when_asked(few_digits: str, library: ModelLibrary, new_record: Any) -> None:
    control = TrainingControl()

    def react(event: Event) -> None:
        match event:
            case EpochDone(epoch=6):
                control.stop()
            case ChoiceNeeded(reason="stopped"):
                control.choose(True)

    record = new_record(react)
    # far too high a learning rate: some epochs make it worse
    spec = TrainingSpec("dense", few_digits, epochs=50, learning_rate=0.1, validation_share=0.25)
    ended = fit(spec, control, record, library)

    assert ended.outcome is Outcome.STOPPED_KEPT
    scores = [(epoch.validation_accuracy, epoch.epoch) for epoch in record.of(EpochDone)]
    assert len(scores) == 6
    best = max(scores)[-1]
    [choice] = record.of(ChoiceNeeded)
    assert f"after epoch {best} (" in choice.sentence
    assert ended.model is not None
    bundle = read_bundle(library.folder / ended.model)
    assert bundle.card.epochs == len(bundle.card.history) == best
    assert validation_accuracy(bundle, spec) == pytest.approx(max(scores)[0])


def validation_accuracy(bundle: ModelBundle, spec: TrainingSpec) -> float:
    from core.datasets.sources import find_source
    from core.datasets.splitting import split_validation

    _, validation = split_validation(find_source(spec.data).load().train, spec.validation_share, spec.seed)
    return measure(Recognizer(bundle).probabilities, validation, "validation").accuracy


def test_a_stopped_run_is_let_go_when_asked(few_digits: str, library: ModelLibrary, new_record: Any) -> None:
    control = TrainingControl()
    record = new_record(lambda event: control.stop(keep=False) if isinstance(event, EpochDone) else None)
    ended = fit(TrainingSpec("dense", few_digits, epochs=50), control, record, library)
    assert ended.outcome is Outcome.STOPPED
    assert library.entries() == []
    assert not list(library.folder.iterdir())


def test_a_paused_run_holds(few_digits: str, library: ModelLibrary, new_record: Any, scripted_control: Any) -> None:
    held_at = []

    def pause(control: Any) -> None:
        def look_and_resume() -> None:
            held_at.append(control.checkpoints)
            control.resume()

        control.pause()
        threading.Timer(0.3, look_and_resume).start()

    control = scripted_control(5, pause)
    ended = fit(TrainingSpec("dense", few_digits, epochs=1), control, new_record(control.see), library)
    assert held_at == [5]
    assert control.checkpoints > 5
    assert ended.outcome is Outcome.COMPLETED


@pytest.mark.slow
@pytest.mark.parametrize("preset", ["digitpad", "starter-cnn"])
def test_the_same_seed_gives_the_same_run_bit_for_bit(
    preset: str, few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    """Validation after the epoch depends on every weight, so its loss stands for all of them."""

    def numbers_of(seed: int) -> list[float]:
        control = TrainingControl()
        record = new_record(lambda event: control.stop(keep=False) if isinstance(event, EpochDone) else None)
        spec = TrainingSpec(preset, few_digits, batch_size=64, validation_share=0.2, seed=seed, augment=True)
        fit(spec, control, record, library)
        losses = [loss for event in record.of(BatchDone) for loss in event.losses]
        [epoch] = record.of(EpochDone)
        return [*losses, epoch.loss, epoch.validation_loss]

    numbers = numbers_of(5)
    assert numbers_of(5) == numbers
    assert not set(numbers_of(6)) & set(numbers)


def test_data_that_cannot_be_used_is_said_before_anything_starts(
    tmp_path: Path, library: ModelLibrary, new_record: Any
) -> None:
    record = new_record()
    with pytest.raises(DataSetError):
        fit(TrainingSpec("dense", str(tmp_path / "absent.npz")), TrainingControl(), record, library)
    assert [event for event in record.events if not isinstance(event, StageBegan)] == []


def test_a_library_that_cannot_be_written_is_said_before_anything_starts(tmp_path: Path, new_record: Any) -> None:
    (tmp_path / "file").write_text("in the way")
    record = new_record()
    with pytest.raises(StorageError, match="a file is in the way"):
        fit(TrainingSpec("dense"), TrainingControl(), record, ModelLibrary(tmp_path / "file" / "models", tmp_path))
    assert record.events == []


def training_of(spec: TrainingSpec, context: RunContext) -> Any:
    """A `core.learning.training.Training`, for what a whole run shows less exactly."""
    from core.datasets.sources import find_source
    from core.training.engines import EngineChoice
    from core.training.material import gather_material
    from core.training.plan import TrainingPlan

    load_tensorflow()
    from core.learning.training import Training

    complete = spec.completed()
    source = find_source(complete.data)
    data = source.load()
    plan = TrainingPlan(complete, source, data, gather_material(complete, data))
    return Training(plan, EngineChoice("float32", {}), context)


def test_a_network_that_lost_its_way_is_said_within_the_batch(
    few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    record = new_record()
    spec = TrainingSpec("dense", few_digits, learning_rate=2.0)
    training = training_of(spec, RunContext(TrainingControl(), record, library))
    training.network.set_weights([np.full_like(array, np.nan) for array in training.network.get_weights()])
    with pytest.raises(TrainingError, match="try a learning rate below 2"):
        training.run()
    assert record.events == []


def test_who_goes_back_to_an_epoch_forgets_those_after_it(
    few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    control = TrainingControl()

    def react(event: Event) -> None:
        match event:
            case EpochDone(epoch=2):  # of weights that are all zero, nothing comes any more
                training.network.set_weights([np.zeros_like(array) for array in training.network.get_weights()])
            case EpochDone(epoch=4):
                control.stop()

    record = new_record(react)
    spec = TrainingSpec("dense", few_digits, epochs=9, validation_share=0.1)
    training = training_of(spec, RunContext(control, record, library))
    with pytest.raises(RunStopped):
        training.run()
    assert [epoch["epoch"] for epoch in training.history] == [1, 2, 3, 4]
    best = training.best
    assert best is not None and best.epoch <= 2
    training.go_back(best)
    assert [epoch["epoch"] for epoch in training.history] == [1, 2][: best.epoch]
    for now, then in zip(training.network.get_weights(), best.weights, strict=True):
        np.testing.assert_array_equal(now, then)


@pytest.fixture
def gets_lost(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes every weight of a run's network no number at a moment of one's choice; a record may react so."""
    load_tensorflow()
    from core.learning import training

    networks: list[Any] = []

    class SeenTraining(training.Training):
        def announce(self) -> None:
            networks.append(self.network)
            super().announce()

    def lose_the_way() -> None:
        networks[-1].set_weights([np.full_like(array, np.nan) for array in networks[-1].get_weights()])

    monkeypatch.setattr(training, "Training", SeenTraining)
    return lose_the_way


@pytest.mark.parametrize("keeps", [True, False])
def test_a_network_that_lost_its_way_still_has_its_good_epochs(
    few_digits: str, library: ModelLibrary, new_record: Any, gets_lost: Any, keeps: bool
) -> None:
    control = TrainingControl()

    def react(event: Event) -> None:
        match event:
            case EpochDone(epoch=2):
                gets_lost()
            case ChoiceNeeded(reason="stopped"):
                control.choose(keeps)

    record = new_record(react)
    spec = TrainingSpec("dense", few_digits, epochs=9, validation_share=0.1)
    if keeps:
        ended = fit(spec, control, record, library)
        assert ended.outcome is Outcome.STOPPED_KEPT
        assert ended.test_accuracy is not None and ended.test_accuracy > 0.3
        assert ended.model is not None
        assert read_bundle(library.folder / ended.model).card.epochs <= 2
    else:
        with pytest.raises(TrainingError, match="diverged"):
            fit(spec, control, record, library)
        assert not list(library.folder.iterdir())
    assert len(record.of(EpochDone)) == 2
    [choice] = record.of(ChoiceNeeded)
    assert "try a learning rate below 0.001. Keep the network as it was after epoch" in choice.sentence


def test_an_epoch_that_ends_without_a_network_is_none(
    few_digits: str, library: ModelLibrary, new_record: Any, gets_lost: Any
) -> None:
    """The last batch of an epoch may leave weights that are no numbers: nothing to keep."""
    record = new_record(lambda event: gets_lost() if isinstance(event, BatchDone) and event.batch == 13 else None)
    with pytest.raises(TrainingError, match="diverged"):
        fit(TrainingSpec("dense", few_digits, epochs=9, validation_share=0), TrainingControl(), record, library)
    assert not record.of(EpochDone)
    assert not record.of(ChoiceNeeded)


def test_a_network_that_does_not_compile_is_not_lost(
    few_digits: str, library: ModelLibrary, new_record: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_tensorflow()
    from core.learning import compiling

    control = TrainingControl()
    monkeypatch.setattr(compiling, "PARITY_TOLERANCE", -1.0)

    def react(event: Event) -> None:
        if isinstance(event, ChoiceNeeded):
            monkeypatch.setattr(compiling, "PARITY_TOLERANCE", 1e-4)
            control.choose(True)

    record = new_record(react)
    ended = fit(TrainingSpec("dense", few_digits, epochs=1), control, record, library)
    assert ended.outcome is Outcome.COMPLETED
    [choice] = record.of(ChoiceNeeded)
    assert choice.reason is ChoiceReason.SAVE_FAILED
    assert "does not agree" in choice.sentence


@pytest.mark.skipif(sys.platform == "win32", reason="a full disk is played with a limit that only Unix has")
@pytest.mark.parametrize("goes_on", [True, False])
def test_a_disk_that_fills_up_does_not_cost_the_network(
    few_digits: str, library: ModelLibrary, new_record: Any, goes_on: bool
) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    control = TrainingControl()

    def react(event: Event) -> None:
        match event:
            case StageBegan(stage=Stage.COMPILING) if not record.of(ChoiceNeeded):
                resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
            case ChoiceNeeded(reason="save_failed"):
                resource.setrlimit(resource.RLIMIT_FSIZE, limits)
                control.choose(goes_on)

    record = new_record(react)
    try:
        spec = TrainingSpec("dense", few_digits, epochs=1)
        if goes_on:
            ended = fit(spec, control, record, library)
            assert ended.model is not None
            read_bundle(library.folder / ended.model)
        else:
            with pytest.raises(StorageError):
                fit(spec, control, record, library)
            assert not list(library.folder.iterdir())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    [choice] = record.of(ChoiceNeeded)
    assert choice.sentence.startswith("Cannot save ")


KILLED = """
import os, signal, sys
from pathlib import Path
from core.learning.backend import load_tensorflow
from core.learning.run import fit
from core.models.library import ModelLibrary
from core.training.events import BatchDone, StageBegan
from core.training.spec import TrainingSpec
from core.training.control import TrainingControl
from core.wording.messages import sentences
from core.wording.run_messages import Stage

def emit(event):
    if event == StageBegan(Stage.SAVING) or isinstance(event, BatchDone) and event.epoch == 2:
        os.kill(os.getpid(), signal.SIGKILL)

library = ModelLibrary(Path(sys.argv[1]), Path(sys.argv[1], "shipped"))
fit(TrainingSpec("dense", sys.argv[2], epochs=int(sys.argv[3])), TrainingControl(), emit, library)
"""


def run_and_be_killed(library: ModelLibrary, source: str, *, epochs: int) -> None:
    command = [sys.executable, "-c", KILLED, str(library.folder), source, str(epochs)]
    killed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_kill_in_the_middle_of_training_costs_that_run_only(
    few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    spec = TrainingSpec("dense", few_digits, epochs=1, name="Before")
    before = fit(spec, TrainingControl(), new_record(), library)
    run_and_be_killed(library, few_digits, epochs=2)
    assert before.model is not None
    assert library.entries() == [library.find(before.model)]
    assert [path.name for path in library.folder.iterdir()] == ["before"]
    after = fit(replace(spec, name="After"), TrainingControl(), new_record(), library)
    assert {entry.slug for entry in library.entries()} == {before.model, after.model}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_kill_while_saving_leaves_no_model(few_digits: str, library: ModelLibrary, new_record: Any) -> None:
    run_and_be_killed(library, few_digits, epochs=1)
    [leftover] = library.folder.iterdir()
    assert (leftover / "model.tflite").is_file()
    assert library.entries() == []
    os.utime(leftover, (0, 0))  # as old as leftovers get
    library.require_room()
    assert not list(library.folder.iterdir())
