"""Parts side by side if there is room, else one above the other."""

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

        With `needs_hints`, they are only side by side where each is as wide as it would like to be: for parts that can
        do with less, but not well.
        """
        super().__init__(parent)
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
        widths = [self._needed(item).width() for item in self._items()]
        needed = sum(widths) + self._layout.spacing() * (len(widths) - 1)
        direction = ACROSS if self.width() >= needed else DOWN
        if self._layout.direction() != direction:
            self._layout.setDirection(direction)

    def _needed(self, item: QLayoutItem) -> QSize:
        least = item.minimumSize()
        return item.sizeHint().expandedTo(least) if self._needs_hints else least

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
