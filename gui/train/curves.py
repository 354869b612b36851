"""Loss and accuracy of a run, live."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QImage, QPainter, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QWidget

from core.training.events import BatchDone, EpochDone, Event, RunStarted
from core.training.past_runs import PastRun
from core.wording.percentages import counted_accuracy_text
from gui.system.timers import single_shot
from gui.train.curve_legend import CurveLegend
from gui.train.curve_plot import CurvePlot
from gui.train.curve_points import BatchSeries
from gui.train.earlier_curves import accuracy_of, loss_of
from gui.train.plot_axes import Span
from gui.train.plot_quantities import ACCURACY, LOSS
from gui.widgets.card import Card
from gui.widgets.icons import icon
from gui.widgets.labels import make_heading
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import SPACING, current_colours, follow_theme

REDRAW_MS = 350  # a batch is told of every 200 ms: drawn with every second one
SMOOTHING_SHARE = 0.015  # of the run's batches
PICTURE_SCALE = 2
BUTTON_STYLE = """
    QToolButton { padding: 1px; }
    QToolButton:!focus { border-color: transparent; }
    QToolButton:disabled { background: transparent; }
"""
"""For buttons beside a heading; the usual ones would make its row higher."""


class Curves(Card):
    """Two plots side by side, of the same epochs. Zooming, moving and pointing in one of them does the same in both.

    Signals
    -------
    settled
        The curves were shown for the first time.
    save_requested
        The curves are to be saved.
    """

    settled = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainCurves")
        self.setAccessibleName(self.tr("Loss and accuracy curves"))
        self.loss = BatchSeries(1)
        self.accuracy = BatchSeries(1)
        self.validation_loss: list[tuple[int, float]] = []
        self.validation_accuracy: list[tuple[int, float]] = []
        self.batches_per_epoch = 1
        self._epochs_shown = 1
        self._chosen: Span | None = None
        self._images = 0
        self._is_settled = False
        self._earlier: Sequence[PastRun] = ()
        self._chosen_run: PastRun | None = None
        self._planned = 0
        self._legend = CurveLegend()
        self._timer = single_shot(self, self._draw, REDRAW_MS)
        self._loss_plot, self._accuracy_plot = self._plots = self._make_plots()
        self._show_all, self._save = self._make_actions()
        self._pictured = self._lay_out()
        follow_theme(self._draw_icons)

    def clear(self) -> None:
        """Forget the run before."""
        self._begin(horizon=1, batches_per_epoch=1)
        self._draw_soon()

    def show_event(self, event: Event) -> None:
        """Take what a run emits; drawn now and then, and only while it can be seen."""
        if isinstance(event, RunStarted):
            self._images = event.train_images
            steps = event.epochs * event.batches_per_epoch
            self._begin(horizon=max(steps * SMOOTHING_SHARE, 6.0), batches_per_epoch=event.batches_per_epoch)
            self._legend.show_validation(event.validation_images)
            self._planned = event.epochs
        elif isinstance(event, BatchDone):
            self._epochs_shown = max(event.epoch, self._epochs_shown)
            self.loss.add(event.losses)
            self.accuracy.add(event.accuracies)
            self._save.setEnabled(True)
        elif isinstance(event, EpochDone):
            self._add_validation(event)
        else:
            return
        self._draw_soon()

    def show_earlier(self, runs: Sequence[PastRun], chosen: PastRun | None) -> None:
        """Show `runs` behind the present one, and let the `chosen` one stand out."""
        self._earlier, self._chosen_run = runs, chosen
        self._legend.show_earlier(bool(runs))
        self._draw_soon()

    def look_back(self, epoch: int | None) -> None:
        """Mark the end of `epoch` in both plots; None for no mark."""
        for plot in self._plots:
            plot.look_back(epoch)

    def picture(self) -> QImage:
        """The curves as they are shown, at twice the resolution, without their buttons and the read-out."""
        self._point_at(None)
        image = QImage(self.size() * PICTURE_SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(PICTURE_SCALE)
        image.fill(QColor(current_colours().card))
        painter = QPainter(image)
        for part in self._pictured:
            part.render(painter, part.mapTo(self, QPoint(0, 0)), renderFlags=QWidget.RenderFlag.DrawChildren)
        painter.end()
        return image

    # --- a run ----------------------------------------------------------------------------------------------

    def _begin(self, *, horizon: float, batches_per_epoch: int) -> None:
        self.loss, self.accuracy = BatchSeries(horizon), BatchSeries(horizon)
        self.validation_loss, self.validation_accuracy = [], []
        self.batches_per_epoch = batches_per_epoch
        self._epochs_shown, self._planned = 1, 0
        self._choose(None)
        self._save.setEnabled(False)
        self.setAccessibleDescription("")

    def _add_validation(self, epoch: EpochDone) -> None:
        loss, accuracy = epoch.validation_loss, epoch.validation_accuracy
        if loss is not None and accuracy is not None and math.isfinite(loss):  # no axis could show it
            self.validation_loss.append((epoch.epoch, loss))
            self.validation_accuracy.append((epoch.epoch, accuracy))
        self.setAccessibleDescription(
            self.tr("After epoch {0}: loss {1:.4f}, accuracy {2}").format(
                epoch.epoch, epoch.loss, counted_accuracy_text(epoch.accuracy, self._images)
            )
        )

    def _draw_soon(self) -> None:
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _draw(self) -> None:
        for plot, series, marks, curve_of in (
            (self._loss_plot, self.loss, self.validation_loss, loss_of),
            (self._accuracy_plot, self.accuracy, self.validation_accuracy, accuracy_of),
        ):
            plot.show_earlier([curve_of(run, is_chosen=run == self._chosen_run) for run in self._earlier])
            plot.show_curve(
                series,
                marks,
                epochs=self._epochs_across(),
                batches_per_epoch=self.batches_per_epoch,
                chosen=self._chosen,
            )

    def _epochs_across(self) -> int:
        """As many as there are; those of earlier runs only as far as the present one will come, if there is one."""
        earlier = max((run.epochs[-1].epoch for run in self._earlier), default=1)
        return max(self._epochs_shown, min(earlier, self._planned) if self._planned else earlier)

    # --- looking closer -------------------------------------------------------------------------------------

    def _choose(self, span: Span | None) -> None:
        """Show `span` until another one is chosen; None: show all epochs, and follow the run again."""
        self._chosen = span
        self._show_all.setEnabled(span is not None)

    def _show_span(self, span: Span) -> None:
        whole = self._loss_plot.whole
        self._choose(span if span.size < whole.size else None)
        self._draw()

    def _show_whole(self) -> None:
        self._choose(None)
        self._draw()

    def _point_at(self, epoch: float | None) -> None:
        for plot in self._plots:
            plot.point_at(epoch)

    def _make_plots(self) -> tuple[CurvePlot, CurvePlot]:
        loss, accuracy = CurvePlot(LOSS), CurvePlot(ACCURACY)
        loss.setAccessibleName(self.tr("Plot of the loss"))
        accuracy.setAccessibleName(self.tr("Plot of the accuracy"))
        for plot in (loss, accuracy):
            plot.span_chosen.connect(self._show_span)
            plot.whole_requested.connect(self._show_whole)
            plot.pointed.connect(self._point_at)
        return loss, accuracy

    def _make_actions(self) -> tuple[QAction, QAction]:
        show_all, save = QAction(self.tr("Show all epochs"), self), QAction(self.tr("Save plot…"), self)
        tip = self.tr("Show all epochs. Turn the wheel to zoom (with Ctrl where the page scrolls), drag to move.")
        show_all.setToolTip(plain_tool_tip(tip))
        show_all.triggered.connect(self._show_whole)
        save.setToolTip(self.tr("Save the plot as a picture or as numbers"))
        save.triggered.connect(self.save_requested)
        for action in (show_all, save):
            action.setEnabled(False)
        self.addActions([show_all, save])
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        return show_all, save

    def _draw_icons(self) -> None:
        self._show_all.setIcon(icon("show-all"))
        self._save.setIcon(icon("save"))

    # --- layout ---------------------------------------------------------------------------------------------

    def _lay_out(self) -> Sequence[QWidget]:
        """Returns all parts but the buttons."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACING)
        grid.setVerticalSpacing(2)
        grid.setRowStretch(1, 1)
        headings = [make_heading(self.tr("Loss")), make_heading(self.tr("Accuracy"))]
        for column, (heading, plot) in enumerate(zip(headings, self._plots, strict=True)):
            row = QHBoxLayout()
            row.setSpacing(2)
            row.addWidget(heading, 1)
            grid.addLayout(row, 0, column)
            grid.addWidget(plot, 1, column)
            grid.setColumnStretch(column, 1)
        row.addWidget(_button("trainCurvesShowAll", self._show_all))
        row.addWidget(_button("trainCurvesSave", self._save))
        layout = self.make_column()
        layout.setSpacing(4)
        layout.addLayout(grid, 1)
        layout.addWidget(self._legend)
        return *headings, *self._plots, self._legend

    def _settle(self) -> None:
        if not self._is_settled:
            self._is_settled = True
            self.settled.emit()

    def showEvent(self, event: QShowEvent) -> None:
        self._draw()
        QTimer.singleShot(0, self, self._settle)
        super().showEvent(event)


def _button(name: str, action: QAction) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setDefaultAction(action)
    button.setAccessibleName(action.text())
    button.setStyleSheet(BUTTON_STYLE)
    return button
