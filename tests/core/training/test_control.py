"""Single steps, slow motion and another learning rate: how a run is steered from another thread."""

import threading
import time

import numpy as np
import pytest

from core.training.control import FASTEST, RunStopped, TrainingControl

PATIENCE = 10.0


class Run(threading.Thread):
    """Learns batches that take no time, until it is stopped, and counts them."""

    def __init__(self, control: TrainingControl) -> None:
        super().__init__()
        self.batches = 0
        self._control = control

    def run(self) -> None:
        try:
            while True:
                self._control.checkpoint()
                self.batches += 1
                self._control.batch_done()
                self._control.checkpoint()  # as in validation
                if not self._control.is_slow:
                    time.sleep(0.001)
        except RunStopped:
            pass

    def until(self, batches: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.batches < batches:
            assert time.monotonic() < deadline, f"only {self.batches} batches"
            time.sleep(0.005)


@pytest.fixture
def control() -> TrainingControl:
    return TrainingControl()


def test_a_step_learns_one_batch_and_pauses_again(control: TrainingControl) -> None:
    control.pause()
    run = Run(control)
    run.start()
    for steps in (1, 2, 3):
        control.step()
        run.until(steps)
        time.sleep(0.05)
        assert (run.batches, control.is_paused) == (steps, True)
    control.resume()
    run.until(10)
    control.stop()
    run.join(PATIENCE)
    assert not run.is_alive()


def test_steps_asked_for_in_a_row_are_all_made(control: TrainingControl) -> None:
    control.pause()
    for _ in range(5):
        control.step()
    run = Run(control)
    run.start()
    run.until(5)
    time.sleep(0.05)
    assert run.batches == 5
    control.stop()
    run.join(PATIENCE)


def test_a_step_begins_a_pause(control: TrainingControl) -> None:
    run = Run(control)
    run.start()
    run.until(3)
    control.step()
    time.sleep(0.05)
    learned = run.batches
    time.sleep(0.05)
    assert control.is_paused and run.batches == learned
    control.stop()
    run.join(PATIENCE)


def test_slow_motion_keeps_to_its_speed(control: TrainingControl) -> None:
    control.set_speed(20)
    run = Run(control)
    began = time.monotonic()
    run.start()
    run.until(5)
    assert time.monotonic() - began >= 4 / 20
    assert control.is_slow
    control.set_speed(None)
    run.until(30)
    assert not control.is_slow
    control.stop()
    run.join(PATIENCE)


def test_a_speed_beyond_the_fastest_is_the_fastest(control: TrainingControl) -> None:
    control.set_speed(float("inf"))
    run = Run(control)
    began = time.monotonic()
    run.start()
    run.until(3)
    assert time.monotonic() - began >= 2 / FASTEST
    control.stop()
    run.join(PATIENCE)


def test_a_stop_or_a_faster_speed_ends_the_wait_of_slow_motion(control: TrainingControl) -> None:
    control.set_speed(0.1)
    run = Run(control)
    run.start()
    run.until(1)
    control.set_speed(None)
    run.until(2)
    control.set_speed(0.1)
    control.stop()
    run.join(PATIENCE / 4)
    assert not run.is_alive()


def test_a_pause_in_slow_motion_holds(control: TrainingControl) -> None:
    control.set_speed(20)
    run = Run(control)
    run.start()
    run.until(2)
    control.pause()
    time.sleep(0.1)
    learned = run.batches
    time.sleep(0.15)
    assert run.batches == learned
    control.stop()
    run.join(PATIENCE)
    assert not run.is_alive()


def test_a_learning_rate_is_taken_once(control: TrainingControl) -> None:
    assert control.take_learning_rate() is None
    control.set_learning_rate(0.5)
    control.set_learning_rate(0.25)
    assert control.take_learning_rate() == 0.25
    assert control.take_learning_rate() is None


def test_a_digit_that_is_drawn_in_a_pause_is_looked_at(control: TrainingControl) -> None:
    seen: list[int] = []
    looked = threading.Event()

    def look() -> None:
        digit = control.digit_on_pad()
        assert digit is not None
        seen.append(int(digit[0, 0]))
        looked.set()

    with control.looking(look):
        control.pause()
        run = Run(control)
        run.start()
        for value in (1, 2):
            looked.clear()
            control.show_digit(np.full((28, 28), value, np.uint8))
            assert looked.wait(PATIENCE)
        control.show_digit(None)
        assert seen == [1, 2]
        assert run.batches == 0
        control.stop()
        run.join(PATIENCE)
