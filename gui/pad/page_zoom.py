"""Where a page is in its view, and how large: geometry without a window."""

from dataclasses import dataclass, replace

LARGEST = 12.0
"""The largest zoom, in times the size at which the whole page is seen."""


@dataclass(frozen=True, slots=True)
class PageZoom:
    """A page of `width` x `height` in a view of `room_width` x `room_height` pixels.

    Attributes
    ----------
    factor
        1.0 shows the whole page.
    left, top
        The page's upper left corner in the view.
    """

    width: float
    height: float
    room_width: float
    room_height: float
    factor: float = 1.0
    left: float = 0.0
    top: float = 0.0

    @property
    def scale(self) -> float:
        """Pixels of the view for each unit of the page."""
        whole = min(self.room_width / max(self.width, 1.0), self.room_height / max(self.height, 1.0))
        return max(whole, 1e-6) * self.factor

    def settled(self) -> "PageZoom":
        """The same, in the middle where it is smaller than the view, and without a gap where it is larger."""
        return replace(
            self,
            left=_settled(self.left, self.width * self.scale, self.room_width),
            top=_settled(self.top, self.height * self.scale, self.room_height),
        )

    def in_room(self, width: float, height: float) -> "PageZoom":
        """The same part of the page in a view of another size."""
        return replace(self, room_width=width, room_height=height).settled()

    def zoomed(self, by: float, x: float, y: float) -> "PageZoom":
        """`by` times as large, while what is at the point (x, y) of the view stays there."""
        at_x, at_y = self.to_page(x, y)
        larger = replace(self, factor=min(max(self.factor * by, 1.0), LARGEST))
        return replace(larger, left=x - at_x * larger.scale, top=y - at_y * larger.scale).settled()

    def moved(self, right: float, down: float) -> "PageZoom":
        """The page moved by pixels of the view."""
        return replace(self, left=self.left + right, top=self.top + down).settled()

    def showing(self, box: tuple[float, float, float, float]) -> "PageZoom":
        """Moved as little as brings a box of the page into view."""
        left, top = self.to_view(box[0], box[1])
        right, bottom = self.to_view(box[2], box[3])
        return self.moved(_into_view(left, right, self.room_width), _into_view(top, bottom, self.room_height))

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        """The point of the page at a point of the view."""
        return (x - self.left) / self.scale, (y - self.top) / self.scale

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        """The point of the view at a point of the page."""
        return self.left + x * self.scale, self.top + y * self.scale


def _settled(start: float, length: float, room: float) -> float:
    if length <= room:
        return (room - length) / 2
    return min(max(start, room - length), 0.0)


def _into_view(start: float, end: float, room: float) -> float:
    """How far to move what reaches from `start` to `end`."""
    if start < 0:
        return -start
    return min(room - end, 0.0)
