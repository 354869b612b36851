"""Earlier runs, from the cards of models and from this session."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.models.card import ModelCard, Score
from core.models.library import DamagedBundle, ModelBundle
from core.training.events import EpochDone, Outcome, RateChanged, RunEnded, RunStarted
from core.training.past_runs import PastEpoch, RunRecord, run_of, runs_in
from core.training.spec import TrainingSpec

STARTED = RunStarted("dense", 1, 90, 10, 10, 5, 3, 32, 1)
CARD = ModelCard(
    name="Mine",
    created="2026-11-29T12:00:00+00:00",
    preset="digitpad",
    parameters=1,
    data={"source": "mnist:500", "name": "MNIST, the first 500", "origins": {"data": 450, "synthesized": 200}},
    seed=7,
    epochs=2,
    settings={
        "epochs": 4,
        "batch_size": 32,
        "learning_rate": 0.002,
        "validation_share": 0.1,
        "augment": True,
    },
    history=[
        {"epoch": 1, "loss": 1.0, "accuracy": 0.5, "validation_loss": 0.9, "validation_accuracy": 0.6, "seconds": 2.0},
        {"epoch": 2, "loss": 0.5, "accuracy": 0.8, "validation_loss": None, "validation_accuracy": None, "seconds": 3.0}
        | {"rate_changes": [{"epoch": 2, "batch": 4, "learning_rate": 0.1}]},
    ],
    test=Score("MNIST's test set", 100, 3, 0.97, [[0] * 10] * 10),
)


def bundle_of(card: ModelCard, *, is_shipped: bool = False) -> ModelBundle:
    return ModelBundle(Path("models/mine"), card, is_shipped=is_shipped)


def test_a_card_tells_the_run_that_it_came_from() -> None:
    run = run_of(bundle_of(CARD))
    assert run is not None
    assert run.spec == TrainingSpec("digitpad", "mnist:500", 4, 32, 0.002, 0.1, 7, True, synthesize=True)
    assert (run.name, run.data, run.seconds, run.rate_changes) == ("Mine", "MNIST, the first 500", 5.0, 1)
    assert run.epochs == (PastEpoch(1, 1.0, 0.5, 0.9, 0.6), PastEpoch(2, 0.5, 0.8, None, None))
    assert run.test is CARD.test
    assert (run.state, run.not_again) == ("", "")
    assert run.ended is not None and run.ended.tzinfo is None


@pytest.mark.parametrize(
    "changes",
    [
        {"preset": "resnet"},
        {"settings": {"taught": True}, "history": []},
        {"settings": CARD.settings | {"epochs": "many"}},
        {"settings": CARD.settings | {"learning_rate": float("nan")}},
        {"settings": CARD.settings | {"batch_size": float("inf")}},
        {"history": [{"epoch": 1, "loss": float("nan"), "accuracy": 0.1}]},
        {"history": [{"epoch": True, "loss": [], "accuracy": "1"}]},
        {"data": {}},
    ],
    ids=str,
)
def test_a_card_without_a_run_that_could_be_shown_tells_none(changes: dict[str, Any]) -> None:
    assert run_of(bundle_of(replace(CARD, **changes))) is None


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"start": {"name": "Old\none"}}, "It continued from “Old one”"),
        ({"start": {}}, "It continued from"),
        ({"teachers": [{"name": "Teacher"}]}, "only the command"),
        ({"real_ink": {"source": "me"}}, "only the command"),
    ],
)
def test_what_the_form_cannot_say_cannot_be_started_again(data: dict[str, Any], why: str) -> None:
    run = run_of(bundle_of(replace(CARD, data=CARD.data | data)))
    assert run is not None and why in run.not_again


def test_a_date_that_is_none_is_left_out() -> None:
    run = run_of(bundle_of(replace(CARD, created="yesterday")))
    assert run is not None and run.ended is None


@pytest.mark.parametrize(
    ("source", "name"),
    [("mnist", "MNIST"), ("mnist:700", "MNIST, the first 700"), ("digits", "My digits"), ("/a/b/c.npz", "c.npz")],
)
def test_data_without_a_name_gets_one(source: str, name: str) -> None:
    run = run_of(bundle_of(replace(CARD, data={"source": source})))
    assert run is not None and run.data == name


def test_only_the_users_own_whole_models_are_runs_here() -> None:
    own, shipped = bundle_of(CARD), bundle_of(CARD, is_shipped=True)
    assert [run.name for run in runs_in([shipped, own, DamagedBundle(Path("bad"), "It is damaged.")])] == ["Mine"]


def test_a_run_that_was_stopped_is_taken_down() -> None:
    record = RunRecord("run 1", TrainingSpec("dense", "mnist:500"))
    for event in (STARTED, RateChanged(1, 2, 0.5), EpochDone(1, 0.5, 0.75, None, None, 2.0)):
        record.take(event)
    run = record.ended(RunEnded(Outcome.STOPPED, None, None, 0, None, None, None, 2.0))
    assert run is not None
    assert (run.key, run.name, run.data, run.state) == ("run 1", "Dense", "MNIST, the first 500", "stopped in epoch 2")
    assert (run.epochs, run.seconds, run.rate_changes) == ((PastEpoch(1, 0.5, 0.75),), 2.0, 1)
    assert run.validation_accuracy is None and run.test is None


def test_a_run_that_broke_off_in_its_first_epoch_has_nothing_to_draw() -> None:
    record = RunRecord("run 1", TrainingSpec("dense"))
    record.take(STARTED)
    run = record.ended(None)
    assert run is not None and (run.epochs, run.state) == ((), "broke off in epoch 1")


def test_a_run_with_a_model_or_without_a_beginning_is_not_taken_down() -> None:
    record = RunRecord("run 1", TrainingSpec("dense"))
    assert record.ended(None) is None
    record.take(STARTED)
    assert record.ended(RunEnded(Outcome.COMPLETED, "mine", "Mine", 10, 1, 0.9, 0.1, 2.0)) is None
