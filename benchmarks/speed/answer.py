"""How soon a movement of the mouse is answered, and how much sooner than by `model.predict`.

A hand draws the sample digits in the real window. An answer counts from the movement until everything that shows it
has been painted; on the page Inside, that is measured with all panels open and with all closed. With --training a
network is trained in the same window meanwhile, on all cores.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QObject, Qt

from benchmarks.command_line import command_parser, run
from benchmarks.processes import BenchmarkError
from benchmarks.timing import RUNS, Spread, machine_line, percentile, percentile_text, ratios, verdict_line
from core.digits.normalize import normalize_drawing
from core.ink.drawing import Drawing, Stroke
from core.ink.samples import read_sample
from core.models.compiled import as_input
from core.models.library import ModelBundle
from core.pad.content import PAD_SIDE
from core.recognition.recognizer import Recognizer
from core.system.paths import app_paths
from gui.app import make_application, make_window
from gui.main_window import MainWindow
from gui.self_test.hand import MOVE_MS, MouseHand
from gui.self_test.waiting import wait, wait_until
from gui.system.destroying import destroy
from gui.system.display import use_offscreen_without_display
from gui.train.phase import Phase

SIX_DIGITS, SIX_DIGITS_BAR = (2, 0, 2, 6, 1, 4), 2.0
P50_BAR, P99_BAR, P99_TRAINING_BAR = 4.0, 12.0, 25.0
PREDICT_BAR = 50.0
PRESET = "keras-cnn"
ANSWER_PATIENCE_MS = 5_000
WARM_UP_SECONDS = 5
PREDICTIONS, RECOGNITIONS = 20, 200

AFTER_PAINTING = Qt.EventPriority.LowEventPriority.value - 2


class AnswerClock(QObject):
    """Measures the milliseconds from each movement of a hand until its answer has been painted."""

    def __init__(self, window: MainWindow, hand: MouseHand) -> None:
        super().__init__(window)
        self.milliseconds: list[float] = []
        self._recognition = window.recognition
        self._moves: list[tuple[int, float]] = []
        self._painted = 0
        hand.moved.connect(self._note_move)
        window.draw_tab.network.image.installEventFilter(self)  # the one that is painted again with every answer

    @property
    def unanswered(self) -> int:
        """How many movements have no painted answer yet."""
        return len(self._moves)

    def _note_move(self, points: int, time: float) -> None:
        self._moves.append((points, time))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._painted = sum(len(stroke.points) for stroke in self._recognition.content.strokes)
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), AFTER_PAINTING)
        return super().eventFilter(watched, event)

    def customEvent(self, event: QEvent) -> None:
        now = perf_counter()
        answered = [time for points, time in self._moves if points <= self._painted]
        self._moves = [move for move in self._moves if move[0] > self._painted]
        self.milliseconds += [(now - time) * 1000 for time in answered]


def time_answers(window: MainWindow, digits: Sequence[int] = range(10), move_ms: int = MOVE_MS) -> list[float]:
    """Milliseconds from each movement to its painted answer while a hand draws the samples of `digits`.

    Raises
    ------
    BenchmarkError
        When a movement is not answered.
    """
    return [time for digit in digits for time in _time_drawing(window, read_sample(digit), move_ms)]


def number_of_samples(digits: Sequence[int]) -> Drawing:
    """A drawing of the samples of `digits` side by side, as wide as the pad."""
    width = PAD_SIDE / len(digits)
    strokes = [
        Stroke(stroke.points * np.float32(1 / len(digits)) + np.array([place * width, PAD_SIDE / 2], np.float32))
        for place, digit in enumerate(digits)
        for stroke in read_sample(digit).strokes
    ]
    return Drawing(tuple(strokes), PAD_SIDE)


def _time_drawing(window: MainWindow, drawing: Drawing, move_ms: int) -> list[float]:
    hand = MouseHand(window, drawing, move_ms)
    clock = AnswerClock(window, hand)
    loop = QEventLoop()
    hand.done.connect(loop.quit)
    hand.begin()
    loop.exec()
    deadline = QDeadlineTimer(ANSWER_PATIENCE_MS)
    while clock.unanswered and not deadline.hasExpired():
        wait(20)
    hand.deleteLater()
    clock.deleteLater()
    if clock.unanswered:
        raise BenchmarkError(f"Of the movements {clock.unanswered} were never answered.")
    return clock.milliseconds


def time_recognising(bundle: ModelBundle, count: int = RECOGNITIONS) -> Callable[[], float]:
    """What measures the milliseconds in which `bundle` recognises a drawing, normalising included: p50 of `count`."""
    recognizer = Recognizer(bundle)
    drawings = [read_sample(digit) for digit in range(10)]

    def recognise(index: int) -> None:
        digit = normalize_drawing(drawings[index % 10])
        recognizer.recognize(digit.image if digit else None)

    return lambda: _p50(recognise, count)


def time_predicting(bundle: ModelBundle, count: int = PREDICTIONS) -> Callable[[], float]:
    """What measures the milliseconds of Keras's own `model.predict` on one image that is normalised: p50 of `count`."""
    from core.learning.opening import load_network

    network = load_network(bundle)
    digits = [normalize_drawing(read_sample(digit)) for digit in range(10)]
    images = [as_input(digit.image[None]) for digit in digits if digit]

    def predict(index: int) -> None:
        network.predict(images[index % 10], verbose=0)

    predict(0)  # traces the function
    return lambda: _p50(predict, count)


def _p50(work: Callable[[int], None], count: int) -> float:
    durations = []
    for index in range(count):
        began = perf_counter()
        work(index)
        durations.append((perf_counter() - began) * 1000)
    return Spread(tuple(durations)).median


@contextmanager
def shown_window() -> Iterator[MainWindow]:
    """The real window on a fresh data folder, shown and idle."""
    use_offscreen_without_display()
    make_application()
    with TemporaryDirectory(prefix="digitpad-answer-") as folder:
        window = make_window(app_paths(Path(folder)))
        window.show()
        wait(1000)
        try:
            yield window
        finally:
            window.close_quietly()
            destroy(window)


@contextmanager
def training(window: MainWindow) -> Iterator[None]:
    """While a network is trained in the window, its batches well under way, on the drawing page."""
    page = window.train_tab
    window.tabs.setCurrentWidget(page)
    page.form.choose_preset(PRESET)
    wait_until(page.run.buttons.start.isEnabled, "The training cannot be started.")
    page.run.buttons.start.click()
    wait_until(lambda: page.run.phase is Phase.TRAINING and page.run.has_learned, "The training does not begin.")
    window.tabs.setCurrentWidget(window.draw_tab)
    wait(WARM_UP_SECONDS * 1000)
    yield
    if page.run.phase is not Phase.TRAINING:
        raise BenchmarkError("The training ended before the measurement did.")
    page.stop_and_wait(60_000)


def told_answers(what: str, passes: Sequence[Sequence[float]], p99_bar: float, p50_bar: float | None) -> list[str]:
    """Lines that say how soon movements were answered, one pass of the hand after the other."""
    p50, p99 = (Spread(tuple(percentile(values, share) for values in passes)) for share in (0.5, 0.99))
    lines = [
        f"{what}: {percentile_text([value for values in passes for value in values])}",
        f"  p50 {p50.text('{:.1f}', 'ms')}",
        f"  p99 {p99.text('{:.1f}', 'ms')}",
    ]
    if p50_bar is not None:
        lines.append("  " + verdict_line("p50 in ms", p50.median, p50_bar, pattern="{:.1f}"))
    return [*lines, "  " + verdict_line("p99 in ms", p99.median, p99_bar, pattern="{:.1f}")]


def told_six_digits(single: Sequence[Sequence[float]], several: Sequence[Sequence[float]]) -> list[str]:
    """Lines that compare the answers to a number of six digits with those to one digit, pass by pass."""
    ratio = ratios(*(tuple(percentile(values, 0.5) for values in passes) for passes in (several, single)))
    return [
        f"A number of six digits: {percentile_text([value for values in several for value in values])}",
        f"  p50, as many times as for one: {ratio.text('{:.2f}')}",
        "  " + verdict_line("times as for one", ratio.median, SIX_DIGITS_BAR, pattern="{:.2f}"),
    ]


def told_recognising(bundle: ModelBundle, runs: int) -> list[str]:
    """Lines that compare recognising a drawing with `model.predict` on its image, both in this process, in turn."""
    recognise, predict = time_recognising(bundle), time_predicting(bundle)
    pairs = [(recognise(), predict()) for _ in range(runs)]
    ours, theirs = Spread(tuple(pair[0] for pair in pairs)), Spread(tuple(pair[1] for pair in pairs))
    ratio = ratios(theirs.values, ours.values)
    return [
        f"Normalising and recognising a drawing, p50: {ours.text('{:.2f}', 'ms')}",
        f"model.predict on its image, p50: {theirs.text('{:.1f}', 'ms')}",
        f"  as many times as fast: {ratio.text('{:.0f}')}",
        "  " + verdict_line("times as fast", ratio.median, PREDICT_BAR, at_least=True, pattern="{:.0f}"),
    ]


def _told_panels(window: MainWindow, runs: int) -> list[str]:
    from benchmarks.speed.inside import told_panels  # here: it uses this module

    lines = told_panels(window, runs)
    window.tabs.setCurrentWidget(window.draw_tab)
    return lines


def work(arguments: argparse.Namespace) -> None:
    print(machine_line())
    with shown_window() as window:
        time_answers(window)  # fills the caches
        passes = [time_answers(window) for _ in range(arguments.runs)]
        print(*told_answers("From a movement to its painted answer", passes, P99_BAR, P50_BAR), sep="\n", flush=True)
        number = number_of_samples(SIX_DIGITS)
        longer = [_time_drawing(window, number, MOVE_MS) for _ in range(arguments.runs)]
        print(*told_six_digits(passes, longer), sep="\n", flush=True)
        print(*_told_panels(window, arguments.runs), sep="\n", flush=True)
        if arguments.training:
            with training(window):
                passes = [time_answers(window) for _ in range(arguments.runs)]
            print(*told_answers(f"The same while {PRESET} is trained", passes, P99_TRAINING_BAR, None), sep="\n")
        bundle = window.model.bundle
    if bundle is None:
        raise BenchmarkError("There is no model to recognise with.")
    print(*told_recognising(bundle, arguments.runs), sep="\n")


def main(argv: Sequence[str] | None = None) -> int:
    parser = command_parser("speed.answer", "How soon a movement of the mouse is answered.")
    parser.add_argument("--training", action="store_true", help=f"measure it also while {PRESET} is trained")
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help="passes of the hand over ten digits")
    return run(parser, argv, work)


if __name__ == "__main__":
    sys.exit(main())
