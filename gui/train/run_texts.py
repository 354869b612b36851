"""The state of a run in words."""

from core.recognition.evaluation import mistakes_text
from core.training.events import BatchDone, Outcome, RunEnded, RunStarted
from core.wording.percentages import counted_accuracy_text
from gui.widgets.quantities import duration_text


def place_text(run: RunStarted, batch: BatchDone) -> str:
    """ "epoch 2 of 12, batch 130 of 469" """
    return f"epoch {batch.epoch:,} of {run.epochs:,}, batch {batch.batch:,} of {run.batches_per_epoch:,}"


def progress_text(run: RunStarted, batch: BatchDone, slowed_to: float | None = None) -> str:
    """ "Epoch 2 of 12, batch 130 of 469 · 3,950 images/s · 1 min 40 s left"

    `slowed_to`, in batches a second, is the speed of slow motion; its end is too far away to tell.
    """
    place = place_text(run, batch)
    text = place[0].upper() + place[1:]
    if slowed_to is not None:
        return f"{text} · slow motion"
    if batch.images_per_second > 0:  # not known before the second batch
        text += f" · {batch.images_per_second:,.0f} images/s · {duration_text(batch.seconds_left)} left"
    return text


def ended_text(ended: RunEnded) -> str:
    """How a run ended, in one sentence. It does not name the model, which may be renamed."""
    if ended.model is None or ended.test_accuracy is None or ended.test_mistakes is None:
        return "Stopped; nothing was kept."
    right = counted_accuracy_text(ended.test_accuracy, ended.test_images)
    result = f"{right} on the test set ({mistakes_text(ended.test_mistakes)})"
    if ended.outcome == Outcome.STOPPED_KEPT:
        return f"Stopped and kept: {result}."
    return f"Done: {result} in {duration_text(ended.seconds)}."


def outcome_text(ended: RunEnded) -> str:
    """How it ended in a few words: "Training done: 99.55 % of 10,000"."""
    if ended.model is None or ended.test_accuracy is None:
        return "Training stopped"
    what = "stopped and kept" if ended.outcome == Outcome.STOPPED_KEPT else "done"
    return f"Training {what}: {counted_accuracy_text(ended.test_accuracy, ended.test_images)}"
