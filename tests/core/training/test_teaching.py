"""What teaching is, and what it tells about its progress."""

from pathlib import Path

import pytest

from core.errors import ModelError, TrainingError
from core.models.library import ModelLibrary
from core.training import teaching_context
from core.training.control import RunStopped, TrainingControl
from core.training.events import StageBegan
from core.training.spec import MAX_EPOCHS
from core.training.teaching import TeachingEvent, TeachingProgress, TeachingRequest
from core.training.teaching_context import TeachingContext
from core.wording.run_messages import Stage

STAGES = (
    *(Stage.REHEARSING, Stage.LEARNING, Stage.JUDGING),
    *(Stage.COMPILING, Stage.TESTING_ON_MNIST, Stage.SAVING),
)


@pytest.mark.parametrize("epochs", [0, -1, MAX_EPOCHS + 1])
def test_epochs_out_of_bounds_are_refused_at_once(epochs: int) -> None:
    with pytest.raises(TrainingError):
        TeachingRequest(epochs=epochs)


@pytest.mark.parametrize("name", ["   ", "\n", "x" * 1000])
def test_a_name_that_is_none_is_refused_at_once(name: str) -> None:
    with pytest.raises(ModelError):
        TeachingRequest(name=name)


def test_by_default_the_shipped_model_learns_all_digits() -> None:
    request = TeachingRequest()
    assert (request.start, request.name, request.writer, request.epochs) == ("digitpad", "", None, None)
    assert TeachingRequest(epochs=1).epochs == 1 and TeachingRequest(epochs=MAX_EPOCHS).epochs == MAX_EPOCHS


class Clock:
    """Stands still until it is set."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(teaching_context, "monotonic", found)
    return found


def context(tmp_path: Path, events: list[TeachingEvent], control: TrainingControl | None = None) -> TeachingContext:
    return TeachingContext(control or TrainingControl(), events.append, ModelLibrary(tmp_path / "models", tmp_path))


def test_progress_only_grows_and_ends_below_one(tmp_path: Path) -> None:
    events: list[TeachingEvent] = []
    teaching = context(tmp_path, events)
    teaching.begin(Stage.LOADING_TENSORFLOW)
    assert events == [StageBegan(Stage.LOADING_TENSORFLOW, 0)]
    for stage in STAGES:
        teaching.begin(stage, 5)
        for step in range(4):
            teaching.advance(stage, step / 4)
    shares = [event.share for event in events if isinstance(event, TeachingProgress)]
    assert shares == sorted(shares)
    assert shares[0] == 0 and 0.99 < shares[-1] < 1
    assert len(set(shares)) == 4 * len(STAGES)  # a stage begins with share 0 of it
    assert [event.stage for event in events if isinstance(event, StageBegan)][1:] == list(STAGES)


def test_the_time_left_is_that_of_the_rest(tmp_path: Path, clock: Clock) -> None:
    events: list[TeachingEvent] = []
    teaching = context(tmp_path, events)
    clock.now += 100  # loading TensorFlow is no measure of what follows
    teaching.begin(Stage.REHEARSING)
    assert events[-1] == TeachingProgress(0.0, None)
    clock.now += 5
    teaching.begin(Stage.LEARNING)
    learning = events[-1]
    assert isinstance(learning, TeachingProgress) and learning.seconds_left is not None
    assert learning.seconds_left == pytest.approx(5 * (1 - learning.share) / learning.share)
    assert teaching.seconds == 105


def test_a_stop_ends_it_where_it_is(tmp_path: Path) -> None:
    events: list[TeachingEvent] = []
    control = TrainingControl()
    teaching = context(tmp_path, events, control)
    control.stop()
    for go_on in (
        teaching.checkpoint,
        lambda: teaching.begin(Stage.LEARNING),
        lambda: teaching.advance(Stage.LEARNING, 0.5),
    ):
        with pytest.raises(RunStopped):
            go_on()
    assert events == []
