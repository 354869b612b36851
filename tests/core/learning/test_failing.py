"""Runs that lose their way, their disk or their process: what that costs."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import StorageError, TrainingError
from core.learning.backend import load_tensorflow
from core.learning.run import fit
from core.models.library import ModelLibrary, read_bundle
from core.training.context import RunContext
from core.training.control import RunStopped, TrainingControl
from core.training.events import (
    BatchDone,
    ChoiceNeeded,
    ChoiceReason,
    EpochDone,
    Event,
    Outcome,
    StageBegan,
)
from core.training.spec import TrainingSpec
from core.wording.run_messages import Stage

REPOSITORY = Path(__file__).resolve().parents[3]


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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_kill_while_saving_leaves_no_model(few_digits: str, library: ModelLibrary, new_record: Any) -> None:
    run_and_be_killed(library, few_digits, epochs=1)
    [leftover] = library.folder.iterdir()
    assert (leftover / "model.tflite").is_file()
    assert library.entries() == []
    os.utime(leftover, (0, 0))  # as old as leftovers get
    library.require_room()
    assert not list(library.folder.iterdir())
