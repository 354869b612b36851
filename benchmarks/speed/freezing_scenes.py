"""One scene in the real window, in which nothing may freeze: a line of JSON for `benchmarks.speed.freezes`."""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton

from benchmarks.speed.answer import shown_window
from benchmarks.speed.event_loop import Heartbeat
from benchmarks.speed.training_stages import Stages
from core.ink.samples import read_sample
from core.wording.run_messages import Stage
from gui.main_window import MainWindow
from gui.pad.document import PictureInk
from gui.self_test.hand import PRESS, RELEASE, post_mouse
from gui.self_test.waiting import wait, wait_until
from gui.train.phase import Phase

START_WATCHED_MS = 4_000
AFTERWARDS_MS = 1_500
"""Watched after each scene: what is written to the disk later belongs to it."""
PHOTO_SIZE = (4032, 3024)
TRAINING_PATIENCE_MS = 1_800_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the scene that the command line asks for."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(json.dumps(SCENES[options.scene](options)), flush=True)
    sys.stdout.flush()
    os._exit(0)  # what is still being loaded is not waited for


def start(options: argparse.Namespace) -> dict[str, Any]:
    """The ordinary app from the first turn of its loop on, until all that it does by itself is done."""
    from gui.app import make_application

    application = make_application()
    heart = Heartbeat(lambda: "start")
    QTimer.singleShot(START_WATCHED_MS, application.closeAllWindows)
    began = time.monotonic() - time.perf_counter()  # the same clock as `options.began`
    from main import main as digitpad

    with tempfile.TemporaryDirectory(prefix="digitpad-freezes-") as folder:
        assert digitpad(["--data-dir", folder]) == 0
    return _told(heart, seconds=heart.began_at + began - options.began)


def tensorflow(options: argparse.Namespace) -> dict[str, Any]:
    """The Train page is looked at for the first time."""
    with shown_window() as window:
        wait(START_WATCHED_MS)
        heart = Heartbeat(lambda: _status(window))
        wait(100)
        began = time.perf_counter()
        _look_at_training(window)
        wait_until(lambda: window.train_tab.loading.is_under_way, "Nothing is loaded.")
        wait_until(lambda: not window.train_tab.loading.is_under_way, "TensorFlow is not loaded.")
        seconds = time.perf_counter() - began
        assert "tensorflow" in sys.modules, _status(window)
        wait(AFTERWARDS_MS)
        return _told(heart, seconds=seconds)


def training(options: argparse.Namespace) -> dict[str, Any]:
    """A whole training with a pause, and one that is stopped; TensorFlow is loaded, a digit is on the pad.

    The first one is the first of its kind on this machine, and long enough to find out how to compute.
    """
    with shown_window() as window:
        window.document.open(read_sample(7))
        _look_at_training(window)
        wait_until(lambda: window.train_tab.loading.is_under_way, "Nothing is loaded.")
        wait_until(lambda: not window.train_tab.loading.is_under_way, "TensorFlow is not loaded.")
        _fill_form(window, options)
        wait(AFTERWARDS_MS)
        heart = Heartbeat(lambda: _status(window))
        stages = Stages(window)
        began = time.perf_counter()
        _train_with_pause(window)
        _train_and_stop(window)
        seconds = time.perf_counter() - began
        wait(AFTERWARDS_MS)
        stages.require(Stage.FINDING_ENGINE)
        return _told(heart, seconds=seconds)


def synthesis(options: argparse.Namespace) -> dict[str, Any]:
    """A training from the first look at the page on, in which more digits are written than read."""
    with shown_window() as window:
        window.document.open(read_sample(7))
        wait(START_WATCHED_MS)
        heart = Heartbeat(lambda: _status(window))
        wait(100)
        stages = Stages(window)
        began = time.perf_counter()
        _look_at_training(window)
        _fill_form(window, options)
        _press(window, "trainStart")
        _wait_for_result(window)
        seconds = time.perf_counter() - began
        wait(AFTERWARDS_MS)
        stages.require(Stage.SYNTHESISING)
        return _told(heart, seconds=seconds)


def photograph(options: argparse.Namespace) -> dict[str, Any]:
    """A photograph of 12 megapixels is opened."""
    with shown_window() as window, tempfile.TemporaryDirectory(prefix="digitpad-freezes-") as folder:
        photo = Path(folder) / f"photograph.{options.kind}"
        photo.write_bytes(make_photograph(f".{options.kind}", PHOTO_SIZE))
        wait(START_WATCHED_MS)
        heart = Heartbeat(lambda: "opening" if window.files.is_opening else "afterwards")
        wait(100)
        began = time.perf_counter()
        window.files.open_path(photo)
        wait_until(lambda: not window.files.is_opening, "The photograph is not opened.")
        seconds = time.perf_counter() - began
        assert isinstance(window.document.content, PictureInk), "a digit was found"
        wait(AFTERWARDS_MS)
        return _told(heart, seconds=seconds)


SCENES: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "start": start,
    "tensorflow": tensorflow,
    "training": training,
    "synthesis": synthesis,
    "photograph": photograph,
}


def make_photograph(suffix: str, size: tuple[int, int]) -> bytes:
    """A photograph of a 7 on paper, `size` in pixels, as a file of the kind that `suffix` names."""
    import cv2
    import numpy as np

    from benchmarks.evaluation.paper import PAPERS
    from benchmarks.evaluation.photos import photograph as take_photograph

    rng = np.random.default_rng(1)
    content = take_photograph(read_sample(7), next(iter(PAPERS)), rng).content
    small = np.asarray(cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR), np.uint8)
    large = cv2.resize(small, size, interpolation=cv2.INTER_CUBIC)
    noisy = np.clip(large + rng.normal(0, 4, large.shape[:2])[..., np.newaxis], 0, 255).astype(np.uint8)
    return cv2.imencode(suffix, noisy)[1].tobytes()


def _look_at_training(window: MainWindow) -> None:
    bar = window.tabs.tabBar()
    train = next(index for index in range(bar.count()) if bar.tabText(index) == "Train")
    place = bar.mapTo(window, bar.tabRect(train).center())
    for kind in (PRESS, RELEASE):
        post_mouse(window, kind, place)
    wait_until(lambda: window.tabs.currentIndex() == train, "The Train page does not appear.")


def _fill_form(window: MainWindow, options: argparse.Namespace) -> None:
    form = window.train_tab.form
    form.preset.setCurrentIndex(form.preset.findData(options.preset))
    window.train_tab.choose_data(options.data)
    form.epochs.setValue(options.epochs)
    wait_until(_button(window, "trainStart").isEnabled, "The training cannot be started.")


def _train_with_pause(window: MainWindow) -> None:
    _press(window, "trainStart")
    _wait_for_epoch(window, 1)
    wait(500)
    _press(window, "trainPause")
    wait(1000)
    _press(window, "trainPause")
    _wait_for_result(window)


def _wait_for_result(window: MainWindow) -> None:
    wait_until(lambda: not window.train_tab.is_running(), "The training does not end.", TRAINING_PATIENCE_MS)
    result = window.train_tab.result
    assert result.isVisible() and result.use.isEnabled(), _status(window)
    wait_until(lambda: result.old.accuracy.text().endswith("%"), "The result is not shown.")


def _train_and_stop(window: MainWindow) -> None:
    _press(window, "trainStart")
    _wait_for_epoch(window, 2)
    _press(window, "trainStop")
    wait_until(lambda: window.train_tab.run.phase is Phase.CHOOSING, "The training does not stop.")
    _press(window, "trainDiscard")
    wait_until(lambda: not window.train_tab.is_running(), "The training does not end.")


def _wait_for_epoch(window: MainWindow, epoch: int) -> None:
    run = window.train_tab.run
    wait_until(lambda: run.phase is Phase.TRAINING and run.epoch >= epoch, "The training does not begin.")


def _press(window: MainWindow, name: str) -> None:
    button = _button(window, name)
    assert button.isVisible() and button.isEnabled(), f"{name}: {_status(window)}"
    place = button.mapTo(window, button.rect().center())
    for kind in (PRESS, RELEASE):
        post_mouse(window, kind, place)
    wait(20)


def _button(window: MainWindow, name: str) -> QPushButton:
    button = window.findChild(QPushButton, name)
    assert isinstance(button, QPushButton), name
    return button


def _status(window: MainWindow) -> str:
    label = window.findChild(QLabel, "trainStatus")
    return label.text() if label is not None else ""


def _told(heart: Heartbeat, *, seconds: float) -> dict[str, Any]:
    heart.end()
    return {
        "seconds": seconds,
        "gaps": [round(gap, 2) for gap in heart.gaps],
        "long_gaps": [asdict(gap) for gap in heart.long_gaps],
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed.freezing_scenes", description=__doc__.splitlines()[0]
    )
    parser.add_argument("scene", choices=list(SCENES))
    parser.add_argument("--began", type=float, default=time.monotonic(), help="when this process was started")
    parser.add_argument("--preset", default="keras-cnn")
    parser.add_argument("--data", default="mnist:12000")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--kind", default="jpg", choices=("jpg", "png"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
