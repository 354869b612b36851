"""How long runs took here, and what is expected of another one."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from core.training.events import EpochDone, Event, Outcome, RunEnded, RunStarted
from core.training.run_times import KnownTimes, RunTime, RunTimer, expected_seconds, images_of, kind_of
from core.training.spec import TrainingSpec

SPEC = TrainingSpec("dense", "mnist:1000", epochs=4, validation_share=0.1)


@pytest.fixture
def known(tmp_path: Path) -> KnownTimes:
    return KnownTimes(tmp_path / "run_times.json")


def run(spec: TrainingSpec, known: KnownTimes, *, images: int, epochs: list[float], outcome: Outcome) -> None:
    timer = RunTimer(spec, known)
    events: list[Event] = [RunStarted("dense", 1, images, 100, 100, len(epochs), 9, 32, 1)]
    events += [EpochDone(number, 1.0, 0.5, None, None, seconds) for number, seconds in enumerate(epochs, start=1)]
    events.append(RunEnded(outcome, "a", "A", 1, 0, 1.0, 0.1, sum(epochs) + 5.0))
    for event in events:
        timer.take(event)


def test_what_was_measured_is_expected_again_and_in_proportion(known: KnownTimes) -> None:
    """Five seconds beside the epochs, and one that builds the network in the first of them."""
    assert expected_seconds(SPEC.completed(), 1000, known) is None
    run(SPEC, known, images=900, epochs=[3.0, 2.0, 2.0, 2.0], outcome=Outcome.COMPLETED)
    assert expected_seconds(SPEC.completed(), 1000, known) == pytest.approx(4 * 2 + 5 + 1)
    assert expected_seconds(replace(SPEC, epochs=10).completed(), 1000, known) == pytest.approx(10 * 2 + 6)
    assert expected_seconds(SPEC.completed(), 2000, known) == pytest.approx(4 * 4 + 6)


def test_the_run_in_the_middle_counts(known: KnownTimes) -> None:
    for seconds in (2.0, 2.0, 60.0, 2.2):
        run(SPEC, known, images=900, epochs=[seconds] * 4, outcome=Outcome.COMPLETED)
    expected = expected_seconds(SPEC.completed(), 1000, known)
    assert expected is not None and 12 < expected < 15


@pytest.mark.parametrize(
    "changes",
    [{"batch_size": 64}, {"preset": "quick"}, {"augment": True}, {"engine": "float32-xla"}, {"epochs": 400}],
    ids=str,
)
def test_what_was_never_measured_is_not_guessed(known: KnownTimes, changes: dict[str, object]) -> None:
    """400 epochs are measured for the fastest engine first, and 4 are not."""
    run(SPEC, known, images=900, epochs=[2.0] * 4, outcome=Outcome.COMPLETED)
    assert expected_seconds(replace(SPEC, **changes).completed(), 1000, known) is None  # type: ignore[arg-type]


def test_nothing_is_said_of_far_more_digits_or_of_none(known: KnownTimes) -> None:
    small = replace(SPEC, epochs=1)
    run(small, known, images=90, epochs=[2.0], outcome=Outcome.COMPLETED)
    assert expected_seconds(small.completed(), 100, known) is not None
    assert expected_seconds(small.completed(), 10_000, known) is None
    assert expected_seconds(small.completed(), 0, known) is None


@pytest.mark.parametrize("outcome", [Outcome.STOPPED, Outcome.STOPPED_KEPT])
def test_a_run_that_was_stopped_is_no_measure(known: KnownTimes, outcome: Outcome) -> None:
    run(SPEC, known, images=900, epochs=[2.0, 2.0], outcome=outcome)
    assert expected_seconds(SPEC.completed(), 1000, known) is None


def test_a_run_of_a_moment_is_no_measure(known: KnownTimes) -> None:
    run(SPEC, known, images=900, epochs=[0.05, 0.05], outcome=Outcome.COMPLETED)
    assert expected_seconds(SPEC.completed(), 1000, known) is None


def test_an_epoch_has_the_synthesised_images_too() -> None:
    assert images_of(SPEC.completed(), 1000) == 900
    complete = TrainingSpec("digitpad", validation_share=0.0).completed()
    more = complete.preset.synthesized_share + complete.preset.no_digit_share
    assert images_of(complete, 1000) == round(1000 * (1 + more))


def test_only_the_latest_of_many_are_remembered(known: KnownTimes, tmp_path: Path) -> None:
    for number in range(1, 9):
        known.remember("a", RunTime(number, 0.1, 1.0))
    assert [time.images for time in known.find("a")] == [4, 5, 6, 7, 8]
    for number in range(300):
        known.remember(f"kind {number}", RunTime(1, 0.1, 1.0))
    content = json.loads((tmp_path / "run_times.json").read_text(encoding="utf-8"))
    assert len(content) == 200 and "kind 299" in content and "a" not in content


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[1]",
        json.dumps({"a": 3}),
        json.dumps({"a": [3, {}, {"images": 0, "image_seconds": 1.0, "other_seconds": 1.0}]}),
        json.dumps({"a": [{"images": 9, "image_seconds": "1", "other_seconds": 1.0}]}),
        json.dumps({"a": [{"images": 9, "image_seconds": float("nan"), "other_seconds": 1.0}]}),
        json.dumps({"a": [{"images": 9, "image_seconds": 1e300, "other_seconds": 1.0}]}),
    ],
)
def test_a_damaged_file_knows_nothing_and_is_written_anew(tmp_path: Path, content: str) -> None:
    path = tmp_path / "run_times.json"
    path.write_text(content, encoding="utf-8")
    known = KnownTimes(path)
    assert known.find("a") == []
    known.remember("a", RunTime(9, 0.5, 1.0))
    assert known.find("a") == [RunTime(9, 0.5, 1.0)]


def test_a_file_that_cannot_be_written_costs_nothing_but_the_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    known = KnownTimes(tmp_path / "file" / "run_times.json")
    known.remember("a", RunTime(9, 0.5, 1.0))
    assert known.find("a") == []


def test_the_kind_names_the_machine() -> None:
    assert " cores, dense: " in kind_of(SPEC.completed(), 900)
