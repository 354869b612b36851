"""One live plot. Imports pyqtgraph, which takes a while: import this only when a plot is about to be shown."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPixmapCache
from PySide6.QtWidgets import QGraphicsItem, QWidget

from gui.train.curve_points import BatchSeries, epoch_ticks
from gui.widgets.theme import current_colours, follow_text_scale, follow_theme, sized_font, text_pixels, text_scale

AXIS_WIDTH, AXIS_HEIGHT = 46, 22  # for the widest number, so that the plot stays where it is
SPREAD_ALPHA = 75
TEXT_OVERHANG = 9
CACHE_KB = 65_536
"""Room for both axes of a window that fills a 4K screen: with its grid an axis is as large as its plot."""


class NumberAxis(pg.AxisItem):  # type: ignore[misc] # pyqtgraph has no types
    """An axis that paints the whole of its first and last number."""

    def boundingRect(self) -> QRectF:
        overhang = text_pixels(TEXT_OVERHANG)
        around: QRectF = super().boundingRect()
        return around.adjusted(0, -overhang, 0, overhang)


class ShareAxis(NumberAxis):
    """An axis for shares in [0, 1], in percent."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        digits = 0 if spacing >= 0.01 else 1
        return [f"{value * 100:.{digits}f} %" for value in values]


class CurvePlot(pg.PlotWidget):  # type: ignore[misc] # pyqtgraph has no types
    """Training batch by batch, light with its running mean, and validation as a mark at the end of each epoch."""

    def __init__(self, *, shows_shares: bool, parent: QWidget | None = None) -> None:
        axis = ShareAxis("left") if shows_shares else NumberAxis("left")
        super().__init__(parent, axisItems={"left": axis}, background=None, enableMenu=False)
        self._shown: tuple[float, ...] = ()
        self._marks_drawn: tuple[tuple[int, float], ...] = ()
        # not pg.PlotDataItem, which adds down-sampling, clipping and logarithms: nothing of that is needed here
        self._spread, self._smooth = pg.PlotCurveItem(), pg.PlotCurveItem(antialias=True)
        for curve in (self._spread, self._smooth):
            self.addItem(curve)
        self._marks = self.plot(symbol="o", symbolSize=7, antialias=True)
        self._make_calm()
        follow_theme(self.take_colours)
        follow_text_scale(self.fit_text)

    def draw(self, series: BatchSeries, marks: Sequence[tuple[int, float]], *, batches_per_epoch: int) -> None:
        """Draw what is known: `marks` are (epoch, number)."""
        positions, values = series.spread()
        self._spread.setData(positions / batches_per_epoch, values)
        positions, values = series.smooth()
        self._smooth.setData(positions / batches_per_epoch, values)
        if (drawn := tuple(marks)) != self._marks_drawn:
            self._marks_drawn = drawn
            self._marks.setData([epoch for epoch, _ in marks], [value for _, value in marks])

    def set_limits(self, epochs: int, low: float, high: float) -> None:
        """Show epochs from 0 to `epochs` and values from `low` to `high`."""
        shown: tuple[float, ...] = (epochs, low, high)
        if shown == self._shown:  # nothing is dearer than an axis
            return
        self._shown = shown
        self.getPlotItem().setXRange(0, epochs, padding=0.015)
        self.getPlotItem().setYRange(low, high, padding=0.03)
        self.getAxis("bottom").setTicks([[(epoch, str(epoch)) for epoch in epoch_ticks(epochs)]])

    def take_colours(self) -> None:
        """Take the colours of the scheme in force."""
        colours = current_colours()
        self.setBackground(colours.card)
        spread = QColor(colours.training)
        spread.setAlpha(SPREAD_ALPHA)
        self._spread.setPen(pg.mkPen(spread, width=1))
        self._smooth.setPen(pg.mkPen(colours.training, width=2))
        self._marks.setPen(pg.mkPen(colours.validation, width=1))
        self._marks.setSymbolBrush(pg.mkBrush(colours.validation))
        self._marks.setSymbolPen(pg.mkPen(colours.card))
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setPen(pg.mkPen(colours.border))
            axis.setTextPen(pg.mkPen(colours.faint_text))

    def fit_text(self) -> None:
        """Show the numbers in the size that texts have now."""
        for name in ("left", "bottom"):
            self.getAxis(name).setStyle(tickFont=sized_font(self, 12))
        self.getAxis("left").setWidth(text_pixels(AXIS_WIDTH))
        self.getAxis("left").setTickDensity(1 / text_scale())  # large numbers need room for themselves
        self.getAxis("bottom").setHeight(text_pixels(AXIS_HEIGHT))
        overhang = text_pixels(TEXT_OVERHANG)
        self.getPlotItem().layout.setContentsMargins(0, overhang, overhang, 0)

    def _make_calm(self) -> None:
        """No zooming, no menu, no buttons: a picture, which lets the wheel through to the page."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.hideButtons()
        item = self.getPlotItem()
        item.disableAutoRange()
        item.getViewBox().setDefaultPadding(0)
        item.showGrid(y=True, alpha=0.18)
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setStyle(tickLength=0, autoExpandTextSpace=False, tickTextOffset=6, hideOverlappingLabels=False)
            axis.enableAutoSIPrefix(False)
            axis.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)  # its numbers seldom change
        QPixmapCache.setCacheLimit(CACHE_KB)  # of what is used; Qt's own 10 MB would be too little
