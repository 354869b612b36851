"""Runs that are steered while they learn: another learning rate, one batch at a time, slowly."""

from typing import Any

import numpy as np
import pytest

from core.errors import TrainingError
from core.learning.run import fit
from core.models.library import ModelLibrary, read_bundle
from core.training.context import RunContext
from core.training.control import TrainingControl
from core.training.events import BatchDone, CanvasGuess, EpochDone, Event, Outcome, RateChanged, RunStarted
from core.training.spec import TrainingSpec
from tests.core.learning.test_failing import training_of


class Steered(TrainingControl):
    """Asks for another learning rate after the first epoch."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self._wanted = rate

    def see(self, event: Event) -> None:
        if isinstance(event, EpochDone) and event.epoch == 1:
            self.set_learning_rate(self._wanted)


def weights_after(spec: TrainingSpec, library: ModelLibrary, record: Any, control: TrainingControl) -> list[Any]:
    from core.learning.opening import load_network

    ended = fit(spec, control, record, library)
    assert ended.model is not None
    weights: list[Any] = load_network(read_bundle(library.folder / ended.model)).get_weights()
    return weights


@pytest.mark.parametrize("preset", ["dense", "quick"])
def test_another_learning_rate_acts_from_the_next_batch_and_is_written_down(
    preset: str, few_digits: str, library: ModelLibrary, new_record: Any, small: None
) -> None:
    """With a constant rate, and with a schedule: almost at 0, the weights stay where they were after an epoch."""
    tiny = 1e-12
    control = Steered(tiny)
    record = new_record(control.see)
    spec = TrainingSpec(preset, few_digits, epochs=3, batch_size=100, validation_share=0.0, name="Still")
    ended = fit(spec, control, record, library)
    assert record.of(RateChanged) == [RateChanged(2, 1, tiny)]
    losses = [epoch.loss for epoch in record.of(EpochDone)]
    assert losses[1] < losses[0]
    assert losses[2] == pytest.approx(losses[1], rel=0.25)

    assert ended.model is not None
    history = read_bundle(library.folder / ended.model).card.history
    change = {"epoch": 2, "batch": 1, "learning_rate": tiny}
    assert [epoch.get("rate_changes") for epoch in history] == [None, [change], None]


def test_the_planned_learning_rate_changes_nothing(few_digits: str, library: ModelLibrary, new_record: Any) -> None:
    spec = TrainingSpec("quick", few_digits, epochs=2, batch_size=100, learning_rate=0.01)
    record = new_record()
    plain = weights_after(spec, library, record, TrainingControl())
    same = Steered(0.01)
    steered = weights_after(spec, library, new_record(same.see), same)
    for one, other in zip(plain, steered, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_rate_that_is_too_high_is_the_one_in_the_sentence(
    few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    control, record = TrainingControl(), new_record()
    control.set_learning_rate(7.0)
    training = training_of(TrainingSpec("dense", few_digits), RunContext(control, record, library))
    training.network.set_weights([np.full_like(array, np.nan) for array in training.network.get_weights()])
    with pytest.raises(TrainingError, match="try a learning rate below 7"):
        training.run()
    assert record.events == [RateChanged(1, 1, 7.0)]


def test_step_by_step_each_batch_is_told_of_and_guessed_after(
    few_digits: str, library: ModelLibrary, new_record: Any, mnist: dict[str, Any]
) -> None:
    control = TrainingControl()
    control.show_digit(mnist["x_test"][0])

    def react(event: Event) -> None:
        match event:
            case RunStarted():
                for _ in range(3):
                    control.step()
            case BatchDone(batch=3):
                control.stop(keep=False)

    record = new_record(react)
    ended = fit(TrainingSpec("dense", few_digits, epochs=1, batch_size=50), control, record, library)
    assert ended.outcome is Outcome.STOPPED
    assert [event.batch for event in record.of(BatchDone)] == [1, 2, 3]
    assert len(record.of(CanvasGuess)) >= 3


def test_slow_motion_does_not_count_as_time_of_work(few_digits: str, library: ModelLibrary, new_record: Any) -> None:
    control = TrainingControl()
    control.set_speed(5)
    record = new_record(lambda event: control.stop(keep=False) if isinstance(event, EpochDone) else None)
    fit(TrainingSpec("dense", few_digits, epochs=1, batch_size=50), control, record, library)
    assert [event.batch for event in record.of(BatchDone)] == list(range(1, 9))
    [epoch] = record.of(EpochDone)
    assert epoch.seconds < 8 / 5
