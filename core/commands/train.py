"""`train`: train a network and keep it as a model."""

import json
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from core.models.library import ModelLibrary
from core.recognition.evaluation import mistakes_text
from core.training.control import TrainingControl
from core.training.engines import KnownEngines
from core.training.events import (
    BatchDone,
    ChoiceNeeded,
    ChoiceReason,
    EpochDone,
    Event,
    Outcome,
    RunEnded,
    RunStarted,
    StageBegan,
    StageProgress,
    event_record,
)
from core.training.spec import TrainingSpec
from core.wording.messages import Message
from core.wording.percentages import counted_accuracy_text


def run(spec: TrainingSpec, library: ModelLibrary, engines: KnownEngines, *, as_json: bool) -> int:
    """Train as `spec` says. Ctrl+C ends the run and keeps its best epoch so far.

    Raises
    ------
    DataSetError, ModelError, TrainingError, StorageError
        When the run cannot start or go on.
    """
    from core.learning.run import fit

    control = TrainingControl()
    show = _Lines() if as_json else _Progress()

    def emit(event: Event) -> None:
        if isinstance(event, ChoiceNeeded):
            # no one to ask: keep the best epoch, do not retry saving
            control.choose(event.reason == ChoiceReason.STOPPED)
        show(event)

    with ctrl_c_stops(control):
        ended = fit(spec, control, emit, library, engines)
    if ended.outcome == Outcome.STOPPED:
        print("Stopped before the first epoch was complete; nothing was kept.", file=sys.stderr)
        return 1
    return 0


class _Lines:
    """One JSON object a line."""

    def __call__(self, event: Event) -> None:
        print(json.dumps(event_record(event)), flush=True)


class _Progress:
    """Sentences, and on a terminal a line with the progress of batches."""

    def __init__(self) -> None:
        self._on_terminal = sys.stdout is not None and sys.stdout.isatty()
        self._start: RunStarted | None = None
        self._shown = 0

    def __call__(self, event: Event) -> None:
        match event:
            case StageBegan():
                self._say(f"{event.text} …")
            case StageProgress() if self._on_terminal:
                self._show(f"{event.done:,} of {event.total:,} drawings")
            case RunStarted():
                self._start = event
                self._say_all(_start_text(event), *event.material, event.engine, *event.notes)
            case BatchDone() if self._on_terminal and self._start is not None:
                text = (
                    f"Epoch {event.epoch} of {self._start.epochs}, batch {event.batch} of "
                    f"{self._start.batches_per_epoch}: loss {event.losses[-1]:.4f}, "
                    f"{event.images_per_second:,.0f} images/s, {event.seconds_left:,.0f} s left"
                )
                self._show(text)
            case EpochDone() if self._start is not None:
                self._say(_epoch_text(event, self._start))
            case RunEnded() if event.model is not None:
                self._say_all(_end_text(event), *event.ending, *event.notes)
            case RunEnded() if self._shown:
                print(flush=True)

    def _show(self, text: str) -> None:
        """Show a line that the next one overwrites; it is shorter than the terminal is wide, so that it never wraps."""
        shortened = text[: shutil.get_terminal_size().columns - 1]
        print(f"\r{shortened:<{self._shown}}", end="", flush=True)
        self._shown = len(shortened)

    def _say_all(self, *notes: Message | str | None) -> None:
        for note in notes:
            if note is not None:
                self._say(str(note))

    def _say(self, text: str) -> None:
        print(f"\r{text:<{self._shown}}" if self._shown else text, flush=True)
        self._shown = 0


def _start_text(event: RunStarted) -> str:
    images = "images" if event.material else "digits"  # with material, some images are no digits
    return (
        f"{event.preset}: {event.parameters:,} parameters; {event.train_images:,} {images} to learn from, "
        f"{event.validation_images:,} to validate, {event.test_images:,} to test."
    )


def _epoch_text(event: EpochDone, run: RunStarted) -> str:
    right = counted_accuracy_text(event.accuracy, run.train_images)
    text = f"Epoch {event.epoch}: loss {event.loss:.4f}, accuracy {right}"
    if event.validation_accuracy is not None and event.validation_loss is not None:
        right = counted_accuracy_text(event.validation_accuracy, run.validation_images)
        text += f"; validation loss {event.validation_loss:.4f}, accuracy {right}"
    return f"{text}; {event.seconds:.1f} s"


def _end_text(event: RunEnded) -> str:
    accuracy = counted_accuracy_text(event.test_accuracy or 0.0, event.test_images)
    ended = "Stopped, and saved" if event.outcome == Outcome.STOPPED_KEPT else "Saved"
    return (
        f"{ended} as “{event.name}” ({event.model}): {accuracy} on the test set, "
        f"{mistakes_text(event.test_mistakes or 0)}."
    )


@contextmanager
def ctrl_c_stops(control: TrainingControl) -> Iterator[None]:
    """The first Ctrl+C stops the run and keeps its best epoch, if there is one; the second ends the process."""

    def stop(signum: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, previous)
        control.stop(keep=True)

    try:
        previous = signal.signal(signal.SIGINT, stop)
    except ValueError:  # not in the main thread: the caller handles Ctrl+C
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
