"""What a run will take and bring, before it is started: from the runs before."""

import statistics
from collections.abc import Sequence

from core.training.past_runs import PastRun
from core.training.run_times import KnownTimes, expected_seconds
from core.training.spec import TrainingSpec
from core.wording.percentages import accuracy_text
from gui.widgets.quantities import duration_text

WIDEST_SPREAD = 0.02
"""Results further apart than this say nothing about the next one."""
ALMOST_ALL = 0.999
"""Rounded to 100 %, a result with mistakes would have none."""
STEPS = ((20, 1), (60, 5), (300, 10), (1_200, 60), (float("inf"), 300))
"""Up to so many seconds, a duration is rounded to so many."""


def estimate_text(spec: TrainingSpec, digits: int, times: KnownTimes | None, runs: Sequence[PastRun]) -> str:
    """ "About 40 s here, usually 99.3 %": for a run on `digits` training digits; "" where nothing is known."""
    seconds = expected_seconds(spec.completed(), digits, times) if times is not None and digits else None
    parts = [f"about {about_text(seconds)} here" if seconds is not None else "", _usual_text(spec, runs)]
    text = ", ".join(filter(None, parts))
    return text[:1].upper() + text[1:]


def about_text(seconds: float) -> str:
    """A duration that is not known exactly: "40 s", "5 min"."""
    step = next(step for most, step in STEPS if seconds <= most)
    return duration_text(max(round(seconds / step), 1) * step)


def _usual_text(spec: TrainingSpec, runs: Sequence[PastRun]) -> str:
    """What completed runs with the same settings, but for the seed, read of their test digits."""
    results = [run.test.accuracy for run in runs if run.test is not None and _is_alike(run, spec)]
    if not results or max(results) - min(results) > WIDEST_SPREAD:
        return ""
    if len(results) == 1:
        return f"last time {accuracy_text(results[0])}"
    usual = statistics.median(results)
    return f"usually {100 * (min(usual, ALMOST_ALL) if usual < 1 else usual):.1f} %"


def _is_alike(run: PastRun, spec: TrainingSpec) -> bool:
    then, now = run.spec.completed(), spec.completed()
    settings = ("preset", "data", "epochs", "batch_size", "validation_share", "augment", "synthesize")
    is_alike = all(getattr(then, name) == getattr(now, name) for name in settings)
    has_rate = abs(then.learning_rate - now.learning_rate) <= 1e-6 * now.learning_rate
    is_usual = not run.not_again and not now.start and not run.rate_changes and len(run.epochs) == then.epochs
    return is_alike and has_rate and is_usual
