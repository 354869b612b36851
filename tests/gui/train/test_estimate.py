"""What a run will take and bring, said before it starts."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.models.card import Score
from core.training.past_runs import PastEpoch, PastRun
from core.training.run_times import KnownTimes, RunTime, kind_of
from core.training.spec import TrainingSpec
from gui.train.estimate import about_text, estimate_text
from tests.gui.train.conftest import Page

SPEC = TrainingSpec("dense", "mnist:1000", epochs=2, validation_share=0.0, augment=False, synthesize=False)


def run(mistakes: int, **changes: object) -> PastRun:
    epochs = tuple(PastEpoch(number, 0.1, 0.9) for number in (1, 2))
    score = Score("MNIST's test set", 10_000, mistakes, 1 - mistakes / 10_000, [[0] * 10] * 10)
    return replace(PastRun("a", "A", None, SPEC, "MNIST", epochs, score), **changes)  # type: ignore[arg-type]


@pytest.fixture
def times(tmp_path: Path) -> KnownTimes:
    """A thousand images take ten seconds, everything else 20."""
    known = KnownTimes(tmp_path / "run_times.json")
    known.remember(kind_of(SPEC.completed(), 1000), RunTime(1000, 0.01, 20.0))
    return known


def test_both_are_said_where_both_are_known(times: KnownTimes) -> None:
    runs = [run(70), run(60, spec=replace(SPEC, seed=2)), run(80)]
    assert estimate_text(SPEC, 1000, times, runs) == "About 40 s here, usually 99.3 %"


def test_one_run_is_no_habit(times: KnownTimes) -> None:
    assert estimate_text(SPEC, 1000, None, [run(70)]) == "Last time 99.30 %"
    assert estimate_text(SPEC, 1000, times, []) == "About 40 s here"
    assert estimate_text(SPEC, 1000, None, [run(1), run(2)]) == "Usually 99.9 %"


@pytest.mark.parametrize(
    "runs",
    [
        [],
        [run(70), run(900)],
        [run(70, not_again="It continued from another.")],
        [run(70, rate_changes=1)],
        [run(70, epochs=run(70).epochs[:1])],
        [run(70, test=None)],
        [run(70, spec=replace(SPEC, learning_rate=0.5))],
        [run(70, spec=replace(SPEC, epochs=3))],
    ],
)
def test_nothing_is_said_of_what_is_not_known(runs: list[PastRun]) -> None:
    assert estimate_text(SPEC, 1000, None, runs) == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1 s"), (7.4, "7 s"), (42, "40 s"), (104, "1 min 40 s"), (800, "13 min"), (7_400, "2 h 5 min")],
)
def test_a_duration_is_as_exact_as_it_is_known(seconds: float, text: str) -> None:
    assert about_text(seconds) == text


def test_after_a_run_the_page_says_what_the_next_one_takes(page: Page, few_digits: str, tmp_path: Path) -> None:
    page.tab._views._times = KnownTimes(tmp_path / "run_times.json")
    estimate = page.tab.run.estimate
    page.choose("dense", few_digits, epochs=60)
    assert not estimate.isVisible()
    page.press("trainStart")
    page.until_ended()
    page.until(estimate.isVisible)
    page.until(lambda: "ast time" in estimate.text() and "bout" in estimate.text())
    page.tab.form.batch_size.setValue(50)
    page.until(lambda: not estimate.isVisible())
