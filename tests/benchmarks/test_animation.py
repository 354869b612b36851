"""How pictures of a window become a film."""

import numpy as np

from benchmarks.animation import FRAME_MS, Shot, animation


def shot(brightness: int, taken: float) -> Shot:
    return Shot(np.full((4, 6, 4), brightness, np.uint8), taken)


def test_what_does_not_change_is_one_long_frame_and_the_last_one_comes_first() -> None:
    made = animation([shot(1, 0.0), shot(2, 0.1), shot(2, 0.2), shot(2, 0.3), shot(3, 0.4), shot(3, 0.5)])
    assert [int(frame[0, 0, 0]) for frame in made.frames] == [3, 1, 2]
    assert list(made.durations) == [100 + FRAME_MS, 100, 300]
