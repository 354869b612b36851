"""Parts side by side if there is room, else one above the other."""

import math

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayoutItem, QSizePolicy, QWidget

ACROSS, DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class SideBySide(QWidget):
    """Needs only the width of its widest part, and rearranges whenever its size or that of a part changes."""

    def __init__(
        self,
        *parts: QWidget,
        shares: tuple[int, ...],
        spacing: int,
        needs_hints: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`shares` say how the width is divided among `parts`.

        With `needs_hints`, they are only side by side where the share of each is as wide as it would like to be: for
        parts that can do with less, but not well.
        """
        super().__init__(parent)
        self._shares = shares
        self._needs_hints = needs_hints
        self._layout = QBoxLayout(ACROSS, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(spacing)
        for part, share in zip(parts, shares, strict=True):
            self._layout.addWidget(part, share)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def is_across(self) -> bool:
        """Whether the parts are side by side."""
        return self._layout.direction() == ACROSS

    def _arrange(self) -> None:
        direction = ACROSS if self.width() >= self._needed_width() else DOWN
        if self._layout.direction() != direction:
            self._layout.setDirection(direction)

    def _needed_width(self) -> int:
        items = self._items()
        between = self._layout.spacing() * (len(items) - 1)
        if not self._needs_hints:
            return sum(item.minimumSize().width() for item in items) + between
        shown = [(item, share) for item, share in zip(items, self._shares, strict=True) if not item.isEmpty()]
        whole = sum(share for _, share in shown)
        return max((math.ceil(_wish(item) * whole / share) for item, share in shown), default=0) + between

    def _items(self) -> list[QLayoutItem]:
        items = map(self._layout.itemAt, range(self._layout.count()))
        return [item for item in items if item is not None]

    def minimumSizeHint(self) -> QSize:
        height = self._layout.totalMinimumSize().height()
        return QSize(max(item.minimumSize().width() for item in self._items()), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)


def _wish(item: QLayoutItem) -> int:
    """How wide a part would like to be."""
    return max(item.sizeHint().width(), item.minimumSize().width())
