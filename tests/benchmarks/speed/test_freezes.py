"""The benchmark of freezes: a freeze is found and explained, and a scene can be played."""

import threading
import time
from dataclasses import asdict

import cv2
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from benchmarks.processes import BenchmarkError
from benchmarks.speed.answer import shown_window
from benchmarks.speed.event_loop import Heartbeat
from benchmarks.speed.freezes import SCENES, Played, play, read_played, told_scene
from benchmarks.speed.freezing_scenes import make_photograph
from benchmarks.speed.training_stages import Stages
from core.pictures.reading import read_picture
from core.training.events import StageBegan
from core.wording.run_messages import Stage


def beat_through(freeze_ms: int, qtbot: QtBot) -> Heartbeat:
    heart = Heartbeat(lambda: "the test")
    qtbot.waitUntil(lambda: len(heart.gaps) > 5)
    time.sleep(freeze_ms / 1000)
    beats = len(heart.gaps)
    qtbot.waitUntil(lambda: len(heart.gaps) > beats + 5)
    heart.end()
    return heart


def test_a_freeze_is_one_gap_that_lasts_as_long(qtbot: QtBot) -> None:
    heart = beat_through(300, qtbot)
    longest = max(heart.long_gaps, key=lambda gap: gap.milliseconds)
    assert longest.milliseconds == max(heart.gaps) >= 300
    assert longest.worked < longest.milliseconds  # it slept
    assert longest.during == "the test"
    beats = len(heart.gaps)
    qtbot.wait(20)
    assert len(heart.gaps) == beats


def test_what_other_threads_do_is_told(qtbot: QtBot) -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        heart = beat_through(100, qtbot)
    finally:
        ended.set()
        thread.join()
    assert any("threading.py" in place for place in max(heart.long_gaps, key=lambda gap: gap.milliseconds).others)


def test_runs_are_summed_up_with_their_worst_moments(qtbot: QtBot) -> None:
    heart = beat_through(100, qtbot)
    frozen = Played(1.5, tuple(heart.gaps), tuple(heart.long_gaps))
    told = {"seconds": 1.5, "gaps": heart.gaps, "long_gaps": [asdict(gap) for gap in heart.long_gaps]}
    assert read_played(told) == frozen
    smooth = Played(1.0, (2.0,) * 99 + (50.0,), ())
    text = "\n".join(told_scene(SCENES["training"], [smooth, frozen, smooth]))
    assert "1.00 s (1.00 to 1.50 s, 3 runs) for both" in text
    assert "longest: 50.0 ms (bar: at most 120.0 ms): reached" in text
    assert "p99 of time: 50.0 ms (bar: at most 20.0 ms): MISSED" in text
    assert "during “the test”" in text


def test_a_loop_that_stands_still_a_third_of_the_time_is_not_called_smooth() -> None:
    frozen = Played(3.2, (2.0,) * 1000 + (120.0,) * 10, ())
    text = "\n".join(told_scene(SCENES["training"], [frozen]))
    assert "1,010 gaps; 99 % of the time in gaps of at most 120.0 ms (one run)" in text
    assert text.count("p99") == 1
    assert "p99 of time: 120.0 ms (bar: at most 20.0 ms): MISSED" in text


def test_a_rare_gap_in_a_long_time_is_let_pass() -> None:
    smooth = Played(20.0, (2.0,) * 10_000 + (120.0,), ())
    assert "p99 of time: 2.0 ms (bar: at most 20.0 ms): reached" in told_scene(SCENES["training"], [smooth])[-1]


def test_the_photograph_has_its_size_and_a_digit() -> None:
    content = make_photograph(".jpg", (600, 450))
    assert cv2.imdecode(np.frombuffer(content, np.uint8), 1).shape == (450, 600, 3)
    assert read_picture(content).size == (600, 450)


def test_the_start_can_be_played() -> None:
    played = play(SCENES["start"])
    assert played.seconds > 0
    assert len(played.gaps) > 5


def test_a_training_that_lacks_what_is_to_be_watched_is_no_measurement(qtbot: QtBot) -> None:
    with shown_window() as window:
        stages = Stages(window)
        window.train_tab.shown.emit(StageBegan(Stage.SYNTHESISING))
        stages.require(Stage.SYNTHESISING)
        with pytest.raises(BenchmarkError, match="lacks the stage FINDING_ENGINE; it had SYNTHESISING"):
            stages.require(Stage.FINDING_ENGINE)
