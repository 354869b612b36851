"""The curves of earlier runs, which lie faintly behind the present one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.training.past_runs import PastRun
from gui.train.curve_points import Numbers
from gui.train.plot_painting import Frame
from gui.widgets.theme import current_colours

ALPHA, CHOSEN_ALPHA = 110, 230
WIDTH, CHOSEN_WIDTH = 1.2, 2.0


@dataclass(frozen=True, slots=True, eq=False)
class EarlierCurve:
    """One curve of an earlier run: what it is at the end of each epoch, both `(n,)`.

    It is that on the validation digits, or on the training digits where there were none. The `is_chosen` one, which is
    selected in the table, stands out.
    """

    epochs: Numbers
    values: Numbers
    is_chosen: bool


def loss_of(run: PastRun, *, is_chosen: bool) -> EarlierCurve:
    """The loss of `run`, epoch by epoch."""
    points = [(epoch.epoch, _first(epoch.validation_loss, epoch.loss)) for epoch in run.epochs]
    return _curve(points, is_chosen=is_chosen)


def accuracy_of(run: PastRun, *, is_chosen: bool) -> EarlierCurve:
    """The accuracy of `run`, epoch by epoch."""
    points = [(epoch.epoch, _first(epoch.validation_accuracy, epoch.accuracy)) for epoch in run.epochs]
    return _curve(points, is_chosen=is_chosen)


def paint_earlier(painter: QPainter, frame: Frame, curves: Sequence[EarlierCurve]) -> None:
    """Paint such curves dashed, the chosen one last; a run of a single epoch is a short piece."""
    for curve in sorted(curves, key=lambda curve: curve.is_chosen):
        colour = QColor(current_colours().faint_text)
        colour.setAlpha(CHOSEN_ALPHA if curve.is_chosen else ALPHA)
        painter.setPen(QPen(colour, CHOSEN_WIDTH if curve.is_chosen else WIDTH, Qt.PenStyle.DashLine))
        painter.drawPath(frame.line(curve.epochs, curve.values))


def _first(wanted: float | None, otherwise: float) -> float:
    return otherwise if wanted is None else wanted


def _curve(points: Sequence[tuple[int, float]], *, is_chosen: bool) -> EarlierCurve:
    epochs, values = np.array(points, float).reshape(-1, 2).T
    if len(epochs) == 1:  # a point would not be seen
        epochs, values = np.array([epochs[0] - 0.25, epochs[0]]), np.repeat(values, 2)
    return EarlierCurve(epochs, values, is_chosen)
