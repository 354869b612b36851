"""Is a model that says 90 % right nine times in ten? A reliability diagram.

    python -m benchmarks.evaluation.reliability OUT.png [--ink FILE] [--model NAME|DIR]

On ink of writers who are kept out of training, or, where no ink is given, on MNIST's test set.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from benchmarks.command_line import add_ink, command_parser, run
from benchmarks.evaluation.digit_sets import labels_of
from benchmarks.evaluation.kept_out_ink import read_kept_out_ink
from benchmarks.evaluation.painting import ACCENT, FAINT, GRID, INK, Page
from benchmarks.evaluation.ways_to_draw import image_of_drawing
from benchmarks.models import add_model, find_model
from core.datasets.mnist import load_mnist
from core.recognition.calibration import confidence_bin, expected_calibration_error
from core.recognition.evaluation import wilson_interval
from core.recognition.recognizer import Recognition, Recognizer
from core.wording.percentages import accuracy_text

BINS = 15
_WIDTH, _HEIGHT = 720, 800
_PLOT = QRectF(84, 116, 596, 448)
_BARS = QRectF(84, 604, 596, 112)
_CENTRE, _RIGHT = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class ConfidenceBin:
    """Answers of about one confidence: how many, how sure on average, and how many of them are right."""

    count: int
    confidence: float
    right: int


def confidence_bins(confidences: npt.ArrayLike, right: npt.ArrayLike, bins: int = BINS) -> list[ConfidenceBin]:
    """The `bins` of `core.recognition.calibration.expected_calibration_error`, equally wide; empty ones too."""
    sure, hits = np.asarray(confidences, np.float64), np.asarray(right, bool)
    bin_of = confidence_bin(sure, bins)
    found = []
    for number in range(bins):
        inside = bin_of == number
        count = int(inside.sum())
        mean = float(sure[inside].mean()) if count else (number + 0.5) / bins
        found.append(ConfidenceBin(count, mean, int(hits[inside].sum())))
    return found


def paint_reliability(name: str, data: str, answers: Sequence[Recognition], labels: Sequence[int]) -> Page:
    """A page with the share right over the confidence, and how many answers there are of each."""
    sure = [answer.confidence for answer in answers]
    right = [answer.digit == label for answer, label in zip(answers, labels, strict=True)]
    error = expected_calibration_error(sure, right, BINS)
    bins = confidence_bins(sure, right)
    page = Page(_WIDTH, _HEIGHT)
    wide = _WIDTH - 2 * 40
    page.text((40, 24, wide, 28), f"{name}: calibration error {accuracy_text(error)}", size=20, bold=True)
    page.text(
        (40, 54, wide, 20),
        f"{len(sure):,} digits, {data}. {accuracy_text(float(np.mean(sure)))} sure on average, "
        f"{accuracy_text(float(np.mean(right)))} right.",
        colour=FAINT,
    )
    _paint_axes(page)
    _paint_bins(page, bins)
    _paint_counts(page, bins)
    return page


def _paint_axes(page: Page) -> None:
    for tenth in range(0, 11, 2):
        share = tenth / 10
        across, down = _at(share, share).x(), _at(share, share).y()
        page.painter.setPen(QPen(GRID, 1))
        page.painter.drawLine(QPointF(_PLOT.left(), down), QPointF(_PLOT.right(), down))
        page.painter.drawLine(QPointF(across, _PLOT.top()), QPointF(across, _PLOT.bottom()))
        page.text((_PLOT.left() - 60, down - 9, 50, 18), f"{share * 100:.0f} %", size=12, colour=FAINT, align=_RIGHT)
        page.text(
            (across - 30, _BARS.bottom() + 6, 60, 18), f"{share * 100:.0f} %", size=12, colour=FAINT, align=_CENTRE
        )
    page.painter.setPen(QPen(FAINT, 1.2, Qt.PenStyle.DashLine))
    page.painter.drawLine(_at(0, 0), _at(1, 1))
    page.text((_PLOT.left(), _BARS.bottom() + 28, _PLOT.width(), 20), "how sure the model is", align=_CENTRE)
    page.text((_PLOT.left(), _PLOT.top() - 24, 300, 18), "share that is right")
    page.text((_PLOT.left(), _BARS.top() - 26, 400, 18), "number of answers (logarithmic)")


def _paint_bins(page: Page, bins: Sequence[ConfidenceBin]) -> None:
    """A dot each, with the interval in which the true share lies with 95 % confidence."""
    for one in bins:
        if not one.count:
            continue
        low, high = wilson_interval(one.right, one.count)
        page.painter.setPen(QPen(ACCENT, 2))
        page.painter.drawLine(_at(one.confidence, low), _at(one.confidence, high))
        page.painter.setPen(QPen(page.image.pixelColor(0, 0), 1.5))
        page.painter.setBrush(ACCENT)
        page.painter.drawEllipse(_at(one.confidence, one.right / one.count), 6, 6)


def _paint_counts(page: Page, bins: Sequence[ConfidenceBin]) -> None:
    most = np.log10(max(one.count for one in bins) + 1)
    step = _BARS.width() / len(bins)
    page.painter.setPen(Qt.PenStyle.NoPen)
    page.painter.setBrush(GRID.darker(108))
    for number, one in enumerate(bins):
        tall = (_BARS.height() - 18) * float(np.log10(one.count + 1) / most)
        page.painter.drawRect(QRectF(_BARS.left() + number * step + 2, _BARS.bottom() - tall, step - 4, tall))
    for number, one in enumerate(bins):
        tall = (_BARS.height() - 18) * float(np.log10(one.count + 1) / most)
        place = (_BARS.left() + number * step - 10, _BARS.bottom() - tall - 17, step + 20, 16)
        page.text(place, f"{one.count:,}", size=11, colour=INK, align=_CENTRE)


def _at(confidence: float, share: float) -> QPointF:
    return QPointF(_PLOT.left() + confidence * _PLOT.width(), _PLOT.bottom() - share * _PLOT.height())


def main(argv: Sequence[str]) -> int:
    """Paint the diagram for one model."""
    parser = command_parser("evaluation.reliability", "Draw a reliability diagram.")
    parser.add_argument("out", type=Path, metavar="OUT.png")
    add_ink(parser)
    add_model(parser)
    return run(parser, argv, _show)


def _show(options: argparse.Namespace) -> str:
    bundle = find_model(options.model)
    recognize_many = Recognizer(bundle).recognize_many
    if options.ink:
        digits = read_kept_out_ink(options.ink)
        answers = recognize_many([image_of_drawing(digit.drawing) for digit in digits])
        data, labels = f"ink of {len({digit.writer for digit in digits})} kept-out writers", labels_of(digits)
    else:
        test = load_mnist().test
        answers = recognize_many(list(test.images))
        data, labels = "MNIST’s test set", test.labels.tolist()
    paint_reliability(bundle.card.name, data, answers, labels).save(options.out)
    return f"The diagram is in {options.out}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
