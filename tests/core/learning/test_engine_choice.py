"""Which engine a run gets: what was asked for, what is known, what is measured; every engine learns the same."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from core.datasets.sources import find_source
from core.errors import TrainingError
from core.models.library import ModelLibrary
from core.training.context import RunContext
from core.training.control import RunStopped, TrainingControl
from core.training.engines import ENGINES, EngineChoice, KnownEngines
from core.training.events import Emit, Event, RunStarted, StageBegan
from core.training.material import gather_material
from core.training.plan import TrainingPlan
from core.training.spec import CompleteSpec, TrainingSpec
from tests.conftest import small_networks


@pytest.fixture(autouse=True)
def small_and_measured_briefly(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is fastest with these networks and in so short a time says nothing of the machine; how it is chosen, all."""
    monkeypatch.setattr("core.learning.engine_choice._ROUND_SECONDS", 0.02)


def long_run(few_digits: str, **settings: Any) -> CompleteSpec:
    """400 digits, 200 times: enough images to measure, hardly any work to do."""
    chosen: dict[str, Any] = {"epochs": 200, "batch_size": 8} | settings
    return TrainingSpec("keras-cnn", data=few_digits, **chosen).completed()


def choose(
    spec: CompleteSpec,
    known: KnownEngines | None = None,
    checkpoint: Callable[[], None] = lambda: None,
    emit: Emit = lambda event: None,
) -> EngineChoice:
    from core.learning.engine_choice import choose_engine

    class Control(TrainingControl):
        def checkpoint(self) -> None:
            checkpoint()

    return choose_engine(plan_of(spec), RunContext(Control(), emit, ModelLibrary(Path(), Path()), known))


def plan_of(spec: CompleteSpec) -> TrainingPlan:
    source = find_source(spec.data)
    data = source.load()
    return TrainingPlan(spec, source, data, gather_material(spec, data))


@dataclass(frozen=True)
class Measured:
    """What measuring for a long run has found, and where that was remembered."""

    choice: EngineChoice
    told: list[Event]
    file: Path


@pytest.fixture(scope="module")
def measured(few_digits: str, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    file, told = tmp_path_factory.mktemp("engines") / "engines.json", list[Event]()
    with small_networks():
        return Measured(choose(long_run(few_digits), KnownEngines(file), emit=told.append), told, file)


@pytest.fixture
def known(measured: Measured, tmp_path: Path) -> KnownEngines:
    """What was found, for one test to add to."""
    return KnownEngines(Path(shutil.copyfile(measured.file, tmp_path / "engines.json")))


def test_a_long_run_measures_and_tells_so(measured: Measured) -> None:
    choice = measured.choice
    assert set(choice.speeds) >= {"float32", "bfloat16"}
    assert choice.speeds[choice.engine] >= max(choice.speeds.values()) / 1.1
    assert [type(event) for event in measured.told] == [StageBegan]


def test_a_preset_that_bears_no_bfloat16_is_not_measured_in_it(few_digits: str) -> None:
    spec = long_run(few_digits)
    choice = choose(replace(spec, preset=replace(spec.preset, mixed_precision=False)))
    assert set(choice.speeds) == {"float32"}


def test_a_short_run_is_not_held_up(few_digits: str) -> None:
    told: list[Event] = []
    choice = choose(TrainingSpec("keras-cnn", data=few_digits, epochs=2).completed(), emit=told.append)
    assert choice == EngineChoice("float32", {})
    assert told == []


def test_what_was_measured_once_is_not_measured_again(few_digits: str, measured: Measured, known: KnownEngines) -> None:
    told: list[Event] = []
    assert choose(long_run(few_digits, seed=2), known, emit=told.append) == measured.choice
    assert told == []


def test_another_batch_size_is_another_situation(few_digits: str, known: KnownEngines) -> None:
    told: list[Event] = []
    choose(long_run(few_digits, batch_size=16), known, emit=told.append)
    assert [type(event) for event in told] == [StageBegan]


def test_a_longer_run_also_tries_xla_whatever_a_shorter_one_chose(
    few_digits: str, measured: Measured, known: KnownEngines
) -> None:
    assert not any(ENGINES[name].xla for name in measured.choice.speeds)
    much = replace(long_run(few_digits, epochs=1000), epochs=1500)
    assert any(ENGINES[name].xla for name in choose(much, known).speeds)


def test_a_remembered_engine_that_is_not_allowed_any_more_is_measured_again(
    few_digits: str, known: KnownEngines
) -> None:
    spec = long_run(few_digits)
    strict = replace(spec, preset=replace(spec.preset, mixed_precision=False))
    assert choose(strict, known).engine == "float32"


def test_a_preset_refuses_an_engine_in_which_it_learns_less() -> None:
    with pytest.raises(TrainingError, match="only computed in float32"):
        TrainingSpec("dense", engine="bfloat16")


def test_an_engine_that_was_asked_for_is_taken(few_digits: str) -> None:
    assert choose(long_run(few_digits, engine="float32-xla")) == EngineChoice("float32-xla", {})


def test_a_stop_ends_the_measuring(few_digits: str) -> None:
    control = TrainingControl()
    control.stop()
    with pytest.raises(RunStopped):
        choose(long_run(few_digits), checkpoint=control.checkpoint)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_learns_and_the_model_says_which_it_was(
    engine: str, few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    from core.learning.run import fit

    record = new_record()
    # 400 digits in batches of equal size: for another size XLA would compile everything again
    spec = TrainingSpec("keras-cnn", data=few_digits, epochs=1, batch_size=8, engine=engine)
    ended = fit(spec, TrainingControl(), record, library)
    assert ended.test_accuracy is not None and ended.test_accuracy > 0.6
    [started] = record.of(RunStarted)
    assert str(started.engine) == f"Computed in {ENGINES[engine].title}."
    assert ended.model is not None
    assert library.find(ended.model).card.settings["engine"] == engine
