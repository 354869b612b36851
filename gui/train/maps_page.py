"""The feature maps of the digit on the pad after an epoch."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from core.ink.arrays import FloatArray
from gui.train.time_machine import Look, TimeMachine
from gui.widgets.labels import make_note
from gui.widgets.pixel_view import on_screen_pixels
from gui.widgets.theme import MARGIN, current_colours, follow_text_scale, sized_font, text_pixels

LEAST_TILE, MOST_TILE = 22, 72
GAP, CAPTION_WIDTH, TEXT = 3, 86, 12
LEAST_ROWS, LEAST_COLUMNS = 6, 5

Maps = tuple[tuple[str, FloatArray], ...]


class MapsPage(QWidget):
    """Shows the feature maps of the epoch that a `TimeMachine` looks at."""

    def __init__(self, machine: TimeMachine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._machine = machine
        self.title = make_note("trainMapsTitle", lines=1)
        self.maps = MapsView()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN - 5, 6, MARGIN - 5, 4)
        layout.setSpacing(6)
        layout.addWidget(self.title)
        layout.addWidget(self.maps, 1)
        machine.changed.connect(self._show_epoch)

    def _show_epoch(self) -> None:
        if self.isVisible():
            look = self._machine.look()
            self.maps.show_maps(look.maps if look is not None else ())
            self.title.setText(self._title_of(look))

    def _title_of(self, look: Look | None) -> str:
        if look is None:
            return self.tr("After the first epoch, this shows what each layer makes of the digit on the pad.")
        if look.probabilities is None:
            return self.tr("Draw a digit to see what each layer makes of it.")
        if not look.maps:
            return self.tr("This network has no feature maps: it takes all pixels as one row of numbers.")
        return self.tr("What each layer makes of your digit after epoch {0:,}").format(look.epoch)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_epoch()


class MapsView(QWidget):
    """One row for each layer, with as many maps as there is room for; the brightest value of a layer is white."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainMaps")
        self.setAccessibleName(self.tr("Feature maps"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.shown: Maps = ()
        follow_text_scale(self._fit_text)

    def show_maps(self, maps: Maps) -> None:
        """Show the maps of some layers: their names, and float32 `(h, w, channels)`."""
        self.shown = maps
        sizes = (self.tr("{0}: {1} maps").format(layer_text(name), values.shape[2]) for name, values in maps)
        self.setAccessibleDescription("; ".join(sizes))
        self.update()

    def _fit_text(self) -> None:
        width = text_pixels(CAPTION_WIDTH) + LEAST_COLUMNS * (LEAST_TILE + GAP)
        self.setMinimumSize(width, LEAST_ROWS * (LEAST_TILE + GAP))

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(sized_font(self, TEXT))
        side = min(max(self.height() / max(len(self.shown), 1) - GAP, LEAST_TILE), MOST_TILE)
        for row, (name, values) in enumerate(self.shown):
            self._paint_layer(painter, QRectF(0, row * (side + GAP), self.width(), side), name, values)
        painter.end()

    def _paint_layer(self, painter: QPainter, row: QRectF, name: str, values: FloatArray) -> None:
        left = text_pixels(CAPTION_WIDTH)
        caption = f"{layer_text(name)}\n{values.shape[1]}×{values.shape[0]}"
        painter.setPen(QColor(current_colours().faint_text))
        fits = row.height() >= 2 * painter.fontMetrics().lineSpacing()
        text = caption if fits else layer_text(name)
        painter.drawText(QRectF(0, row.top(), left, row.height()), Qt.AlignmentFlag.AlignVCenter, text)
        side, brightest = row.height(), max(float(values.max()), 1e-9)
        columns = max(int((row.width() - left + GAP) / (side + GAP)), 1)
        for column in range(min(columns, values.shape[2])):
            place = on_screen_pixels(painter, QRectF(left + column * (side + GAP), row.top(), side, side))
            painter.drawImage(place, _image_of(values[:, :, column] / brightest))


def layer_text(name: str) -> str:
    """ "conv 2" for what the network calls "relu_2" or "conv_2_relu"."""
    return name.removesuffix("_relu").replace("relu_", "conv_").replace("_", " ")


def _image_of(values: FloatArray) -> QImage:
    """Values in [0, 1], `(h, w)`, as a grey picture."""
    grey = np.ascontiguousarray(np.clip(values, 0, 1) * 255).astype(np.uint8)
    height, width = grey.shape
    return QImage(grey.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()
