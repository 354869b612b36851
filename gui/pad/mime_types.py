"""In which formats drawings and pictures come from other programs."""

from PySide6.QtCore import QMimeData

INKML_TYPE = "application/inkml+xml"
SVG_TYPE = "image/svg+xml"
PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp")
"""The lossless and small ones first."""


def may_be_opened(data: QMimeData) -> bool:
    """Whether `data` is files, a drawing or a picture."""
    return data.hasUrls() or data.hasImage() or data.hasFormat(INKML_TYPE) or data.hasFormat(SVG_TYPE)


def encoded_picture(data: QMimeData) -> bytes:
    """A picture that is not decoded yet, which takes longest; empty if there is none."""
    kinds = (kind for kind in PICTURE_TYPES if data.hasFormat(kind))
    return next((content for kind in kinds if (content := bytes(data.data(kind).data()))), b"")
