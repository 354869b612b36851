"""How a thumbnail is painted: its picture, what is said below it, and a sign where it is read wrongly."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.digits.arrays import SIDE
from gui.widgets.digit_pictures import Pictures
from gui.widgets.theme import current_colours, follow_text_scale, follow_theme, sized_font, text_pixels
from gui.widgets.thumbnail_list import Thumbnail, ThumbnailList

PICTURE = 2 * SIDE
CAPTION_PIXELS = 12
EDGE, GAP = 3, 4
"""Around the picture, which shows whether it is selected; and around that."""
SIGN = 14
"""Of what is read wrongly: a cross in a corner of the picture."""
State = QStyle.StateFlag


class ThumbnailDelegate(QStyledItemDelegate):
    """Paints thumbnails in the colours of the scheme."""

    def __init__(self, thumbnails: ThumbnailList, view: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._view = view
        self._pictures = Pictures()
        self._side = PICTURE
        self._fonts: dict[bool, QFont] = {}
        thumbnails.modelReset.connect(self._pictures.forget)
        follow_theme(self._pictures.take_colours)
        follow_text_scale(self._take_size)

    def cell(self) -> QSize:
        """The size of a thumbnail with its caption and the gaps around it."""
        side, lines = self._side + 2 * (EDGE + GAP), 2 if self._thumbnails.has_long_captions else 1
        return QSize(side, side + lines * QFontMetrics(self._fonts[True]).height())

    def _take_size(self) -> None:
        self._side = text_pixels(PICTURE)
        self._fonts = {bold: sized_font(self._view, CAPTION_PIXELS, bold=bold) for bold in (False, True)}

    def _paint_frame(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, *, is_wrong: bool) -> None:
        colours = current_colours()
        is_selected = bool(state & State.State_Selected)
        if is_selected or is_wrong:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.accent if is_selected else colours.bad), 2))
            painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), 4, 4)
        else:
            painter.setPen(QColor(colours.border))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        if is_wrong:
            self._paint_sign(painter, rect.topRight())
        if state & State.State_HasFocus:
            painter.setPen(QPen(QColor(colours.text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(rect.adjusted(-5, -5, 4, 4), 5, 5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_sign(self, painter: QPainter, corner: QPoint) -> None:
        """A cross on a disc: colour alone would not tell everybody."""
        side, colours = text_pixels(SIGN), current_colours()
        disc = QRectF(corner.x() - side + 3, corner.y() - 3, side, side)
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.bad))
        painter.drawEllipse(disc)
        painter.setPen(QPen(QColor(colours.card), side / 9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        arms = disc.adjusted(side * 0.32, side * 0.32, -side * 0.32, -side * 0.32)
        painter.drawLine(arms.topLeft(), arms.bottomRight())
        painter.drawLine(arms.topRight(), arms.bottomLeft())
        painter.restore()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.paint_thumbnail(painter, option.rect, self._thumbnails.thumbnail(index.row()), option.state)

    def paint_thumbnail(self, painter: QPainter, area: QRect, shown: Thumbnail, state: QStyle.StateFlag) -> None:
        """Paint a thumbnail in the cell `area`, selected or with the focus as `state` says."""
        side, colours = self._side, current_colours()
        picture = QRect(area.left() + EDGE + GAP, area.top() + EDGE + GAP, side, side)
        self._pictures.paint(painter, picture, shown, self._view.devicePixelRatioF())
        self._paint_frame(painter, picture, state, is_wrong=shown.is_wrong)
        painter.setFont(self._fonts[shown.is_wrong])
        painter.setPen(QColor(colours.bad if shown.is_wrong else colours.faint_text))
        top = picture.bottom() + 1 + EDGE
        caption = QRect(area.left(), top, area.width(), area.bottom() + 1 - top)
        how = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(caption, how, shown.caption)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self.cell()
