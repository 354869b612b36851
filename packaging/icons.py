"""Render the app's icon in the formats of all systems, from the drawing in assets/."""

import struct
from pathlib import Path

from product import ICONS, REPOSITORY

SIDES = (16, 32, 48, 64, 128, 256, 512)
_MAC_KINDS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}
_LARGEST_FOR_WINDOWS = 256


def write_icons(folder: Path = ICONS) -> None:
    """Write `SIDE.png` for each of SIDES, `digitpad.ico` and `digitpad.icns` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {side: _draw(side) for side in SIDES}
    for side, picture in pictures.items():
        (folder / f"{side}.png").write_bytes(picture)
    (folder / "digitpad.ico").write_bytes(windows_icon(pictures))
    (folder / "digitpad.icns").write_bytes(mac_icon(pictures))


def windows_icon(pictures: dict[int, bytes]) -> bytes:
    """An .ico of PNG pictures, each of them by its side in pixels."""
    shown = {side: picture for side, picture in pictures.items() if side <= _LARGEST_FOR_WINDOWS}
    header = struct.pack("<HHH", 0, 1, len(shown))
    offset = len(header) + 16 * len(shown)
    entries = b""
    for side, picture in shown.items():
        byte = side % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", byte, byte, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return header + entries + b"".join(shown.values())


def mac_icon(pictures: dict[int, bytes]) -> bytes:
    """An .icns of PNG pictures, each of them by its side in pixels."""
    parts = [
        _MAC_KINDS[side] + struct.pack(">I", 8 + len(picture)) + picture
        for side, picture in pictures.items()
        if side in _MAC_KINDS
    ]
    body = b"".join(parts)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def _draw(side: int) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
    from PySide6.QtGui import QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    drawing = QSvgRenderer(QByteArray((REPOSITORY / "assets" / "icons" / "digitpad.svg").read_bytes()))
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    drawing.render(painter, QRectF(0, 0, side, side))
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(content.data())
