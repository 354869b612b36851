"""Loss and accuracy of a run, live."""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.training.events import BatchDone, EpochDone, Event, RunStarted
from core.wording.percentages import counted_accuracy_text
from gui.train.curve_points import BatchSeries, accuracy_floor, loss_ceiling
from gui.train.plot_imports import plot_import_steps
from gui.widgets.flow_row import FlowRow
from gui.widgets.theme import MARGIN, SPACING, current_colours, follow_text_scale, set_text, text_pixels

if TYPE_CHECKING:
    from gui.train.curve_plot import CurvePlot

REDRAW_MS = 350  # a batch is told of every 200 ms: drawn with every second one
SMOOTHING_SHARE = 0.015  # of the run's batches
SMALLEST_PLOT = (140, 110)


class Curves(QFrame):
    """Two plots side by side. They appear a moment after they are first shown: loading pyqtgraph takes a while.

    Signals
    -------
    settled
        The plots are there, or will never be.
    """

    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainCurves")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Loss and accuracy curves"))
        self.loss = BatchSeries(1)
        self.accuracy = BatchSeries(1)
        self.validation_loss: list[tuple[int, float]] = []
        self.validation_accuracy: list[tuple[int, float]] = []
        self._batches_per_epoch = 1
        self._epochs_shown = 1
        self._images = 0
        self._plots: list[CurvePlot] = []
        self._is_asked_for = False
        self._steps: deque[Callable[[], object]] = deque()
        self._validation_legend: QWidget
        self._validation_text: QLabel
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REDRAW_MS)
        self._timer.timeout.connect(self._draw)
        self._places = self._lay_out()
        follow_text_scale(self._fit_text)

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
        elif isinstance(event, EpochDone):
            self._add_validation(event)
        else:
            return
        self._draw_soon()

    def _begin(self, *, horizon: float, batches_per_epoch: int) -> None:
        self.loss, self.accuracy = BatchSeries(horizon), BatchSeries(horizon)
        self.validation_loss, self.validation_accuracy = [], []
        self._batches_per_epoch = batches_per_epoch
        self._epochs_shown = 1
        self.setAccessibleDescription("")

    def _add_validation(self, epoch: EpochDone) -> None:
        if epoch.validation_loss is not None and epoch.validation_accuracy is not None:
            self.validation_loss.append((epoch.epoch, epoch.validation_loss))
            self.validation_accuracy.append((epoch.epoch, epoch.validation_accuracy))
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

    @property
    def _is_complete(self) -> bool:
        return len(self._plots) == len(self._places)

    def _draw_soon(self) -> None:
        if self._is_complete and self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _draw(self) -> None:
        loss, accuracy = self._plots
        marks = [value for _, value in self.validation_loss]
        loss.draw(self.loss, self.validation_loss, batches_per_epoch=self._batches_per_epoch)
        loss.set_limits(self._epochs_shown, 0, loss_ceiling(self.loss.smooth()[1], marks))
        marks = [value for _, value in self.validation_accuracy]
        accuracy.draw(self.accuracy, self.validation_accuracy, batches_per_epoch=self._batches_per_epoch)
        accuracy.set_limits(self._epochs_shown, accuracy_floor(self.accuracy.smooth()[1], marks), 1)

    def _lay_out(self) -> tuple[QWidget, QWidget]:
        """Returns the places that the two plots will fill."""
        places = (QWidget(), QWidget())
        plots = QHBoxLayout()
        plots.setSpacing(SPACING)
        for place in places:
            place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)  # a plot would like 480 pixels
        for place, title in zip(places, (self.tr("Loss"), self.tr("Accuracy")), strict=True):
            heading = QLabel(title)
            heading.setProperty("heading", True)
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(heading)
            column.addWidget(place, 1)
            plots.addLayout(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(4)
        layout.addLayout(plots, 1)
        layout.addWidget(self._legend())
        return places

    def _fit_text(self) -> None:
        for place in self._places:
            place.setMinimumSize(*(text_pixels(side) for side in SMALLEST_PLOT))

    def _legend(self) -> QWidget:
        entries = []
        for kind, text in (
            ("spread", self.tr("training, each batch")),
            ("smooth", self.tr("training, running mean")),
            ("mark", self.tr("validation, each epoch")),
        ):
            label = _legend_label(text)
            entries.append(_legend_entry(LegendSign(kind), label))
        label.setObjectName("trainLegendValidation")
        self._validation_legend, self._validation_text = entries[-1], label
        return FlowRow(*entries, _legend_label(self.tr("epochs →")), spacing=MARGIN, last_at_end=True)

    def _load_plots(self) -> None:
        self._is_asked_for = True
        self._steps.extend([*plot_import_steps(), self._make_plot, self._make_plot, self._draw])
        QTimer.singleShot(0, self, self._take_step)

    def _take_step(self) -> None:
        """Take one step after the other, with time for all else between."""
        step = self._steps.popleft()
        try:
            step()
        except Exception:
            self._steps.clear()  # there will be no curves
            self.settled.emit()
            raise
        if self._steps:
            QTimer.singleShot(0, self, self._take_step)
        else:
            self.settled.emit()

    def _make_plot(self) -> None:
        from gui.train.curve_plot import CurvePlot

        plot = CurvePlot(shows_shares=bool(self._plots))
        filling = QVBoxLayout(self._places[len(self._plots)])
        filling.setContentsMargins(0, 0, 0, 0)
        filling.addWidget(plot)
        self._plots.append(plot)

    def showEvent(self, event: QShowEvent) -> None:
        if not self._is_asked_for:
            self._load_plots()
        elif self._is_complete:
            self._draw()
        super().showEvent(event)


def _legend_label(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("faint", True)
    set_text(label, 12)
    return label


def _legend_entry(*parts: QWidget) -> QWidget:
    entry = QWidget()
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for part in parts:
        row.addWidget(part)
    return entry


class LegendSign(QWidget):
    """The line or mark that a legend's text explains."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setFixedSize(18, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        if self._kind == "mark":
            painter.setPen(QColor(0, 0, 0, 0))
            painter.setBrush(QColor(current_colours().validation))
            painter.drawEllipse(self.rect().center(), 4, 4)
        else:
            colour = QColor(current_colours().training)
            pen = painter.pen()
            pen.setWidthF(2.0 if self._kind == "smooth" else 5.0)
            colour.setAlphaF(1.0 if self._kind == "smooth" else 0.35)
            pen.setColor(colour)
            painter.setPen(pen)
            painter.drawLine(1, int(middle), self.width() - 1, int(middle))
        painter.end()
