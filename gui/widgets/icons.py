"""The icons, drawn in the colour of the text around them."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.system.paths import assets_folder
from gui.widgets.theme import current_colours

ICON_SIDE = 20
_RATIOS = (1, 2, 3)


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon `assets/icons/<name>.svg`, its `currentColor` replaced by `colour` (the text's when None)."""
    colours = current_colours()
    result = QIcon()
    _add(result, name, colour or colours.text, QIcon.Mode.Normal)
    _add(result, name, colours.border, QIcon.Mode.Disabled)
    return result


def app_icon() -> QIcon:
    """The icon of the application."""
    result = QIcon()
    drawing = QSvgRenderer(QByteArray((assets_folder() / "icons" / "digitpad.svg").read_bytes()))
    for side in (16, 32, 48, 64, 128, 256):
        result.addPixmap(_render(drawing, side))
    return result


def _add(target: QIcon, name: str, colour: str, mode: QIcon.Mode) -> None:
    text = (assets_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    drawing = QSvgRenderer(QByteArray(text.replace("currentColor", QColor(colour).name()).encode()))
    for ratio in _RATIOS:
        pixmap = _render(drawing, ICON_SIDE * ratio)
        pixmap.setDevicePixelRatio(ratio)
        target.addPixmap(pixmap, mode)


def _render(drawing: QSvgRenderer, side: int) -> QPixmap:
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap
