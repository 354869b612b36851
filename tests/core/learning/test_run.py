"""Training runs, small but real: what they tell, and what they leave."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import DataSetError, StorageError
from core.learning.run import fit
from core.models.library import ModelLibrary, read_bundle
from core.recognition.recognizer import Recognizer
from core.training.control import TrainingControl
from core.training.events import (
    BatchDone,
    CanvasGuess,
    EpochDone,
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


@pytest.mark.parametrize(
    ("preset", "ink", "synthesize", "stage"),
    [
        ("digitpad", False, None, "Synthesising handwriting"),
        ("digitpad", True, None, "Synthesising handwriting"),
        ("digitpad", False, False, "Drawing non-digits"),
        ("dense", True, None, "Reading real handwriting"),
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


def test_digitpad_learns_from_twenty_digits_of_the_users_own(
    tmp_path: Path, mnist: dict[str, Any], library: ModelLibrary, new_record: Any, small: None
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


@pytest.mark.parametrize("preset", ["digitpad", "starter-cnn"])
def test_the_same_seed_gives_the_same_run_bit_for_bit(
    preset: str, library: ModelLibrary, new_record: Any, small: None
) -> None:
    """Validation after the epoch depends on every weight, so its loss stands for all of them."""

    def numbers_of(seed: int) -> list[float]:
        control = TrainingControl()
        record = new_record(lambda event: control.stop(keep=False) if isinstance(event, EpochDone) else None)
        spec = TrainingSpec(preset, "mnist:120", batch_size=64, validation_share=0.2, seed=seed, augment=True)
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
