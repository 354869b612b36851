"""Train in DigitPad's own window, as a user would, and time it. Prints one line of JSON."""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from benchmarks.command_line import training_parser
from core.system.paths import app_paths
from core.training.engines import ENGINES
from core.training.events import EpochDone, Event, RunEnded, RunStarted, StageBegan
from gui.app import make_application, make_window
from gui.main_window import MainWindow
from gui.self_test.waiting import wait_for, wait_until
from gui.system.destroying import destroy

PATIENCE_MS = 3_600_000


class Listener(QObject):
    """Keeps the events of a run as the window shows them, and when it did, with its thread's processor time."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Event] = []
        self._moments: list[float] = []
        self._worked: list[float] = []

    def hear(self, event: Event) -> None:
        self.heard.append(event)
        self._moments.append(time.perf_counter())
        self._worked.append(time.thread_time())

    def window_share(self) -> float | None:
        """Share of one core that the window's own thread used from the end of the first epoch to that of the last.

        None for a single epoch.
        """
        ends = [place for place, event in enumerate(self.heard) if isinstance(event, EpochDone)]
        if len(ends) < 2:
            return None
        first, last = ends[0], ends[-1]
        return (self._worked[last] - self._worked[first]) / (self._moments[last] - self._moments[first])

    def stages(self, began: float, ended: float) -> dict[str, float]:
        """Seconds of each part of a run that was started at `began` and ready to be used at `ended`."""
        beginnings = [("Starting", began)]
        for event, moment in zip(self.heard, self._moments, strict=True):
            if name := _begun_by(event):
                beginnings.append((name, moment))
        ends = [moment for _, moment in beginnings[1:]] + [ended]
        seconds: dict[str, float] = {}
        for (name, beginning), end in zip(beginnings, ends, strict=True):
            seconds[name] = seconds.get(name, 0.0) + end - beginning
        return seconds


def _begun_by(event: Event) -> str:
    """The part of a run that `event` begins; "" for none."""
    match event:
        case StageBegan():
            return event.text
        case RunStarted():
            return "Training, first epoch"
        case EpochDone():
            return "Training, all other epochs"
        case RunEnded():
            return "TutorialResult the result"
    return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the options say, and print what it took."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_application()
    with tempfile.TemporaryDirectory(prefix="digitpad-benchmark-") as folder:
        window = make_window(app_paths(options.data_dir or Path(folder)))
        window.show()
        try:
            for seed in options.seeds:
                print(json.dumps(train_in(window, options, seed)), flush=True)
        finally:
            window.train_tab.stop_and_wait(20_000)
            window.close()
            destroy(window)
    return 0


def train_in(window: MainWindow, options: argparse.Namespace, seed: int) -> dict[str, Any]:
    """Press Start, wait until the new model can be used, and tell the seconds between."""
    window.tabs.setCurrentWidget(window.train_tab)
    _load_tensorflow()
    page = window.train_tab
    _choose(page.form.preset, options.preset)
    page.choose_data(options.data)
    page.form.seed.setValue(seed)
    if options.epochs:
        page.form.epochs.setValue(options.epochs)
    if options.engine:
        _choose(page.form.engine, options.engine)
    start, use = page.run.buttons.start, page.result.use
    wait_until(start.isEnabled, "The training cannot be started.")
    listener = Listener()
    began = time.perf_counter()
    page.shown.connect(listener.hear)
    QTest.mouseClick(start, Qt.MouseButton.LeftButton)
    assert page.is_running(), page.run.status.text()
    wait_for(page.finished, "The training does not end.", PATIENCE_MS)
    page.shown.disconnect(listener.hear)
    assert use.isEnabled(), page.run.status.text()
    ready = time.perf_counter()
    return {
        "ready_seconds": ready - began,
        "stages": listener.stages(began, ready),
        "window_share": listener.window_share(),
        **_told(listener.heard),
    }


def _told(heard: list[Event]) -> dict[str, Any]:
    epochs = [event for event in heard if isinstance(event, EpochDone)]
    [started] = [event for event in heard if isinstance(event, RunStarted)]
    [over] = [event for event in heard if isinstance(event, RunEnded)]
    return {
        "epoch_seconds": [event.seconds for event in epochs],
        "images": started.train_images,
        "engine": started.engine,
        "accuracy": over.test_accuracy,
    }


def _parser() -> argparse.ArgumentParser:
    parser = training_parser("speed.window_training", __doc__.splitlines()[0], "keras-cnn")
    parser.add_argument("--engine", choices=list(ENGINES))
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--data-dir", type=Path, help="remember measured engines here (default: nowhere)")
    return parser


def _load_tensorflow() -> None:
    """As the window does when the page is looked at; here it is waited for."""
    from core.learning.backend import load_tensorflow

    load_tensorflow()


def _choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    assert box.currentData() == value, value


if __name__ == "__main__":
    sys.exit(main())
