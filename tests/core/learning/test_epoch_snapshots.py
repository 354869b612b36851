"""Snapshots of real runs: they answer as the networks did, and change nothing."""

from typing import Any

import numpy as np
import pytest

from core.learning.run import fit
from core.models.library import ModelLibrary, read_bundle
from core.recognition.recognizer import Recognizer
from core.training.control import TrainingControl
from core.training.events import EpochDone, Event
from core.training.presets import PRESETS
from core.training.snapshots import Snapshots
from core.training.spec import TrainingSpec


def run(spec: TrainingSpec, library: ModelLibrary, emit: Any = lambda event: None) -> tuple[Snapshots, Any]:
    control = TrainingControl()
    control.snapshots = Snapshots()
    ended = fit(spec, control, emit, library)
    assert ended.model is not None
    return control.snapshots, read_bundle(library.folder / ended.model)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_last_snapshot_answers_as_the_model_does(
    preset: str, few_digits: str, library: ModelLibrary, mnist: dict[str, Any], small: None
) -> None:
    spec = TrainingSpec(preset, few_digits, epochs=2, validation_share=0.25, synthesize=False)
    snapshots, bundle = run(spec, library)
    assert snapshots.epochs == [1, 2]
    images = mnist["x_test"][:20]
    latest = snapshots.after(2)
    assert latest is not None
    from core.models.compiled import CompiledModel, as_input

    theirs = CompiledModel(bundle.compiled_path).probabilities(images)[:, :10]
    theirs = theirs / theirs.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(latest.network().probabilities(as_input(images)), theirs, atol=0.02)


def test_the_confusion_matrix_is_that_of_the_validation_digits(
    few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    record = new_record()
    snapshots, _ = run(TrainingSpec("keras-cnn", few_digits, epochs=3, validation_share=0.25), library, record)
    assert str(snapshots.watched) == "100 validation digits"
    for epoch in record.of(EpochDone):
        snapshot = snapshots.after(epoch.epoch)
        assert snapshot is not None and snapshot.confusion is not None
        assert snapshot.confusion.sum() == 100
        assert np.trace(snapshot.confusion) == round(100 * epoch.validation_accuracy)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("mnist:300", "300 digits of MNIST it does not learn from"),
        ("", "300 synthesised digits it does not learn from"),
    ],
)
def test_without_validation_other_digits_are_watched_and_never_those_of_the_test(
    data: str, said: str, few_digits: str, library: ModelLibrary, mnist: dict[str, Any]
) -> None:
    spec = TrainingSpec("dense", data or few_digits, epochs=2, validation_share=0.0)
    snapshots, bundle = run(spec, library)
    assert str(snapshots.watched) == said
    latest = snapshots.after(2)
    assert latest is not None and latest.confusion is not None and latest.confusion.sum() == 300
    if data:
        answers = [answer.digit for answer in Recognizer(bundle).recognize_many([*mnist["x_train"][300:600]])]
        right = int(np.sum(np.array(answers) == mnist["y_train"][300:600]))
        assert np.trace(latest.confusion) == pytest.approx(right, abs=2)


def test_a_run_is_the_same_with_snapshots_and_without(few_digits: str, library: ModelLibrary) -> None:
    from core.learning.opening import load_network

    spec = TrainingSpec("quick", few_digits, epochs=2, batch_size=100, validation_share=0.25)
    _, watched = run(spec, library)
    ended = fit(spec, TrainingControl(), lambda event: None, library)
    assert ended.model is not None
    plain = read_bundle(library.folder / ended.model)
    for one, other in zip(load_network(watched).get_weights(), load_network(plain).get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_snapshot_is_there_when_its_epoch_is_told_of(few_digits: str, library: ModelLibrary) -> None:
    control = TrainingControl()
    control.snapshots = snapshots = Snapshots()
    seen: list[list[int]] = []

    def see(event: Event) -> None:
        if isinstance(event, EpochDone):
            seen.append(snapshots.epochs)

    fit(TrainingSpec("dense", few_digits, epochs=3), control, see, library)
    assert seen == [[1], [1, 2], [1, 2, 3]]


def test_a_thousand_short_epochs_are_not_slowed_down(few_digits: str, library: ModelLibrary) -> None:
    """All of the beginning is kept, some of the rest, and the end; each matrix is of its own epoch alone."""
    snapshots, _ = run(TrainingSpec("dense", few_digits, epochs=90, batch_size=400, validation_share=0.25), library)
    assert snapshots.epochs[:50] == list(range(1, 51))
    assert snapshots.epochs[-1] == 90
    assert 51 <= len(snapshots.epochs) < 80
    for epoch in snapshots.epochs:
        snapshot = snapshots.after(epoch)
        assert snapshot is not None and snapshot.confusion is not None and snapshot.confusion.sum() == 100
