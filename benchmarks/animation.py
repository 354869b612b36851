"""Film the real window while a number is drawn in it: the animated picture of the README.

    python -m benchmarks.animation docs/screenshots/drawing.png

The hand draws with real mouse events, slowly enough for the eye, and the film runs at the speed at which it was taken.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import cv2
import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap

from benchmarks.command_line import command_parser, run
from benchmarks.processes import BenchmarkError
from benchmarks.speed.answer import shown_window
from core.ink.drawing import Drawing, Stroke
from core.ink.samples import read_sample
from core.pad.content import PAD_SIDE
from core.system.safe_files import write_file
from gui.main_window import MainWindow
from gui.self_test.hand import MouseHand
from gui.self_test.waiting import wait, wait_for
from gui.widgets.theme import use_scheme

Frame = npt.NDArray[np.uint8]

NUMBER = (4, 2)
WIDTH, HEIGHT = 900, 600
MOVE_MS = 40
"""Between two movements of the hand: a fifth of its usual speed."""
FRAME_MS = 80
LOOK_MS = 1400
"""How long a finished digit can be looked at."""
SETTLE_MS = 4000
"""Until the window has made what it makes when nobody draws."""
MAX_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of the window, uint8 `(h, w, 4)` BGRA, and the seconds of `perf_counter` at which it was taken."""

    picture: Frame
    taken: float


class Camera(QObject):
    """Takes pictures of a window again and again."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.shots: list[Shot] = []
        self._window = window
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._shoot)

    def roll(self) -> None:
        self._timer.start()

    def cut(self) -> None:
        self._timer.stop()
        self._shoot()

    def _shoot(self) -> None:
        self.shots.append(Shot(pixels(self._window.grab()), perf_counter()))


def film(window: MainWindow) -> list[Shot]:
    """Draw a number on a clear pad."""
    camera = Camera(window)
    camera.roll()
    hand = MouseHand(window, side_by_side(NUMBER), MOVE_MS)
    hand.begin()
    wait_for(hand.done, "The number was not drawn.")
    wait(LOOK_MS)
    hand.deleteLater()
    camera.cut()
    return camera.shots


def side_by_side(digits: Sequence[int]) -> Drawing:
    """The sample drawings of `digits` as one number that fills the pad from side to side."""
    share = 1 / len(digits)
    strokes: list[Stroke] = []
    for place, digit in enumerate(digits):
        sample = read_sample(digit)
        corner = np.array([place * share, (1 - share) / 2]) * PAD_SIDE
        scale = share * PAD_SIDE / (sample.pad_side or PAD_SIDE)
        strokes += [Stroke((stroke.points * scale + corner).astype(np.float32)) for stroke in sample.strokes]
    return Drawing(tuple(strokes), PAD_SIDE)


def pixels(picture: QPixmap) -> Frame:
    """The pixels of a picture as BGRA, uint8 `(h, w, 4)`."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width()].copy()


def animation(shots: Sequence[Shot]) -> cv2.Animation:
    """An endless film of the shots, in which what does not change is one long frame.

    It begins with the last one, the finished digit: that is what a viewer without animation shows.
    """
    kept = [shots[0]]
    for shot in shots[1:]:
        if not np.array_equal(shot.picture, kept[-1].picture):
            kept.append(shot)
    ends = [*(shot.taken for shot in kept[1:]), shots[-1].taken + FRAME_MS / 1000]
    frames = [shot.picture for shot in kept]
    durations = [round((end - shot.taken) * 1000) for shot, end in zip(kept, ends, strict=True)]
    made = cv2.Animation()
    made.frames = [*frames[-1:], *frames[:-1]]
    made.durations = [*durations[-1:], *durations[:-1]]
    return made


def work(arguments: argparse.Namespace) -> str:
    with shown_window() as window:
        use_scheme("light")
        window.resize(WIDTH, HEIGHT)
        wait(SETTLE_MS)
        shots = film(window)
    made = animation(shots)
    encoded, content = cv2.imencodeanimation(arguments.out.suffix, made, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    if not encoded:
        raise BenchmarkError(f"{arguments.out} could not be written: the formats are .png, .gif and .webp.")
    if content.nbytes > MAX_BYTES:
        raise BenchmarkError(f"The film has {content.nbytes:,} bytes; a page should not load more than {MAX_BYTES:,}.")
    write_file(arguments.out, content.tobytes())
    seconds = sum(made.durations) / 1000
    return f"{len(made.frames)} pictures, {seconds:.1f} s, {content.nbytes:,} bytes are in {arguments.out}."


def main(argv: Sequence[str] | None = None) -> int:
    parser = command_parser("animation", "Film the window while digits are drawn in it.")
    parser.add_argument("out", type=Path, metavar="OUT.png", help="where the film goes (.png, .gif or .webp)")
    return run(parser, argv, work)


if __name__ == "__main__":
    sys.exit(main())
