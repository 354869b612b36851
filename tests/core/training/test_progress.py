"""Counting batches: events are rare, numbers are not lost, pauses take no time."""

import pytest

from core.training.events import BatchDone, Event
from core.training.progress import EVENT_INTERVAL, Progress, WorkClock


class Seconds:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def make_progress(seconds: Seconds, **settings: int) -> tuple[Progress, list[BatchDone]]:
    told: list[BatchDone] = []

    def emit(event: Event) -> None:
        assert isinstance(event, BatchDone)
        told.append(event)

    return Progress(emit, WorkClock(seconds), **settings), told


def test_pauses_take_no_time() -> None:
    seconds = Seconds()
    clock = WorkClock(seconds)
    began = clock()
    seconds.now += 2
    with clock.stopped():
        seconds.now += 50
    seconds.now += 1
    assert clock() - began == pytest.approx(3)


def test_events_are_rare_and_lose_no_batch() -> None:
    seconds = Seconds()
    progress, told = make_progress(seconds, images=1000, batch_size=10, epochs=2)
    for epoch in (1, 2):
        progress.epoch_began(epoch)
        for batch in range(100):
            seconds.now += EVENT_INTERVAL / 3.9  # not 4: rounding must not decide
            progress.batch_done(loss=batch, accuracy=batch / 100)
    assert 200 / 4 <= len(told) <= 200 / 4 + 3
    assert [loss for event in told for loss in event.losses] == [*range(100), *range(100)]
    assert [share for event in told if event.epoch == 2 for share in event.accuracies] == [n / 100 for n in range(100)]
    assert told[-1].epoch == 2
    assert told[-1].batch == 100


def test_the_last_batch_of_an_epoch_is_told_at_once() -> None:
    seconds = Seconds()
    progress, told = make_progress(seconds, images=25, batch_size=10, epochs=1)
    progress.epoch_began(1)
    sizes = [progress.batch_done(1.0, 0.5) for _ in range(3)]
    assert sizes == [10, 10, 5]
    assert [event.batch for event in told] == [1, 3]


def test_flush_tells_what_was_held_back_once() -> None:
    seconds = Seconds()
    progress, told = make_progress(seconds, images=100, batch_size=10, epochs=1)
    progress.epoch_began(1)
    progress.batch_done(1.0, 0.0)
    progress.batch_done(2.0, 0.0)
    progress.flush()
    progress.flush()
    assert [event.losses for event in told] == [(1.0,), (2.0,)]


def test_rate_and_time_left_leave_out_the_first_batch_and_count_validation() -> None:
    seconds = Seconds()
    progress, told = make_progress(seconds, images=1000, batch_size=100, epochs=3)
    progress.epoch_began(1)
    for batch in range(10):
        seconds.now += 30 if batch == 0 else 0.5  # building the graph takes long
        progress.batch_done(1.0, 0.0)
    assert told[-1].images_per_second == pytest.approx(200)
    assert told[-1].seconds_left == pytest.approx(10)
    progress.epoch_done(seconds_beside_batches=2.0)
    progress.epoch_began(2)
    seconds.now += 0.5
    progress.batch_done(1.0, 0.0)
    assert told[-1].images_per_second == pytest.approx(200)
    assert told[-1].seconds_left == pytest.approx(4.5 + 5 + 2 * 2)


def test_the_rate_follows_the_last_seconds() -> None:
    seconds = Seconds()
    progress, told = make_progress(seconds, images=100_000, batch_size=100, epochs=1)
    progress.epoch_began(1)
    for pause in (0.5,) * 20 + (1.0,) * 30:
        seconds.now += pause
        progress.batch_done(1.0, 0.0)
    assert told[-1].images_per_second == pytest.approx(100, rel=0.02)
