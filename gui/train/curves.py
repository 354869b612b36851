"""Loss and accuracy of a run, live."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QImage, QPainter, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from core.training.events import BatchDone, EpochDone, Event, RunStarted
from core.wording.percentages import counted_accuracy_text
from gui.system.timers import single_shot
from gui.train.curve_legend import legend_entry
from gui.train.curve_plot import CurvePlot
from gui.train.curve_points import BatchSeries
from gui.train.plot_axes import Span
from gui.train.plot_painting import Sign
from gui.train.plot_quantities import ACCURACY, LOSS
from gui.widgets.card import Card
from gui.widgets.flow_row import FlowRow
from gui.widgets.icons import icon
from gui.widgets.labels import make_faint_label, make_heading
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import MARGIN, SPACING, current_colours, follow_theme

REDRAW_MS = 350  # a batch is told of every 200 ms: drawn with every second one
SMOOTHING_SHARE = 0.015  # of the run's batches
PICTURE_SCALE = 2
LEGEND_PIXELS = 12
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
        self._validation_legend: QWidget
        self._validation_text: QLabel
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
            self._show_validation(event.validation_images)
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
        self._epochs_shown = 1
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

    def _show_validation(self, images: int) -> None:
        """Explain the marks of validation, and of how many digits they are: with few, a mark is mostly chance."""
        if images:
            self._validation_text.setText(self.tr("validation, of {0:,}").format(images))
        self._validation_legend.setVisible(images > 0)

    def _draw_soon(self) -> None:
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _draw(self) -> None:
        for plot, series, marks in (
            (self._loss_plot, self.loss, self.validation_loss),
            (self._accuracy_plot, self.accuracy, self.validation_accuracy),
        ):
            plot.show_curve(
                series,
                marks,
                epochs=self._epochs_shown,
                batches_per_epoch=self.batches_per_epoch,
                chosen=self._chosen,
            )

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
        legend = self._make_legend()
        layout = self.make_column()
        layout.setSpacing(4)
        layout.addLayout(grid, 1)
        layout.addWidget(legend)
        return *headings, *self._plots, legend

    def _make_legend(self) -> QWidget:
        entries = []
        for sign, text in (
            (Sign.SPREAD, self.tr("training, each batch")),
            (Sign.MEAN, self.tr("training, running mean")),
            (Sign.MARK, self.tr("validation, each epoch")),
        ):
            label = make_faint_label(text, pixels=LEGEND_PIXELS)
            entries.append(legend_entry(sign, label))
        label.setObjectName("trainLegendValidation")
        self._validation_legend, self._validation_text = entries[-1], label
        return FlowRow(
            *entries, make_faint_label(self.tr("epochs →"), pixels=LEGEND_PIXELS), spacing=MARGIN, last_at_end=True
        )

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
