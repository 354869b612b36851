"""What is on the pad, with undo: a drawing, or the digit found in a picture."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from core.ink import DEFAULT_PEN_WIDTH, NEUTRAL_PRESSURE, Drawing, Stroke

PAD_SIDE = 1000.0
"""Side of the pad in its own units; the widget scales them to whatever size it has."""

UNDO_LIMIT = 500
FOREIGN_SHARE = 0.7
"""Share of the pad that ink from elsewhere fills."""
MANY_POINTS = 20_000
CLOSEST_POINTS = 0.5  # pad units, where there are too many


@dataclass(frozen=True, slots=True, eq=False)
class PictureInk:
    """The digit that was found in a picture: `ink` is uint8 `(h, w)`, bright on 0."""

    ink: npt.NDArray[np.uint8]
    name: str = ""


Content = Drawing | PictureInk


def blank_content(pen_width: float = DEFAULT_PEN_WIDTH) -> Drawing:
    return Drawing(pad_side=PAD_SIDE, pen_width=pen_width)


class PadDocument(QObject):
    """The pad's content. A stroke, an eraser's sweep, clearing and opening a file are one undo step each.

    Points are in pad units: 0 to `PAD_SIDE` from the top left corner.

    Signals
    -------
    changed
        Something about the ink changed, also for every point of a stroke under way.
    stroke_extended
        The stroke under way got points; `changed` follows. What was painted before still holds.
    stroke_ended
        The pen was lifted; `changed` came before. A stroke that is cancelled does not end.
    erased
        The eraser took something away; `changed` came before. The undo step follows at the end of the sweep.
    """

    changed = Signal()
    stroke_extended = Signal()
    stroke_ended = Signal()
    erased = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        self._pen_width = DEFAULT_PEN_WIDTH
        self._content: Content = blank_content()
        self._points: list[tuple[float, float]] = []
        self._pressures: list[float] = []
        self._times: list[float] = []
        self._before_erasing: Content | None = None

    @property
    def content(self) -> Content:
        """What is on the pad, without the stroke under way."""
        return self._content

    @property
    def pen_width(self) -> float:
        """Width of the shown lines, as a share of the pad's side."""
        return self._pen_width

    @property
    def is_drawing(self) -> bool:
        """Whether a stroke is under way."""
        return bool(self._points)

    @property
    def is_blank(self) -> bool:
        return isinstance(self._content, Drawing) and self._content.is_blank and not self._points

    def snapshot(self) -> Content:
        """What is on the pad, with the stroke under way."""
        if not self._points:
            return self._content
        drawing = self._content if isinstance(self._content, Drawing) else blank_content(self.pen_width)
        return replace(drawing, strokes=(*drawing.strokes, self.current_stroke()))

    def current_stroke(self) -> Stroke:
        """The stroke under way. Only while `is_drawing`."""
        has_pressure = any(pressure != NEUTRAL_PRESSURE for pressure in self._pressures)
        return Stroke(
            points=np.array(self._points, np.float32),
            pressures=np.array(self._pressures, np.float32) if has_pressure else None,
            times=np.array([time - self._times[0] for time in self._times], np.float32),
        )

    def newest_points(self, count: int) -> tuple[list[tuple[float, float]], float]:
        """Up to `count` points of the stroke under way, newest last, and the newest pressure."""
        return self._points[-count:], self._pressures[-1]

    def begin_stroke(self, x: float, y: float, *, pressure: float = NEUTRAL_PRESSURE, time: float = 0.0) -> None:
        """Put the pen down. On top of a picture the stroke begins a new drawing; undo brings the picture back."""
        self._points, self._pressures, self._times = [], [], []
        if isinstance(self._content, PictureInk):
            self.stroke_extended.emit()
        self.extend_stroke(x, y, pressure=pressure, time=time)

    def extend_stroke(self, x: float, y: float, *, pressure: float = NEUTRAL_PRESSURE, time: float = 0.0) -> None:
        """Move the pen; a movement to where it already is adds nothing."""
        if self._points and self._points[-1] == (x, y):
            return
        self._points.append((x, y))
        self._pressures.append(pressure)
        self._times.append(time)
        self.stroke_extended.emit()
        self.changed.emit()

    def end_stroke(self) -> None:
        """Lift the pen: the stroke becomes one undo step."""
        if not self._points:
            return
        after = self.snapshot()
        self._points = []
        self._push(after, self.tr("Draw stroke"))
        self.stroke_ended.emit()

    def cancel_stroke(self) -> None:
        """Forget the stroke under way."""
        if self._points:
            self._points = []
            self.changed.emit()

    def begin_erasing(self) -> None:
        """Begin a sweep of the eraser."""
        self._before_erasing = self._content

    def erase_at(self, x: float, y: float, radius: float) -> None:
        """Remove the strokes that come within `radius` of the point; a picture goes as a whole.

        Only in a sweep: what was opened meanwhile is not what the eraser was meant for.
        """
        if self._before_erasing is None:
            return
        after = erase_strokes(self._content, x=x, y=y, radius=radius, pen_width=self.pen_width)
        if after is not self._content:
            self.show(after)
            self.erased.emit()

    def end_erasing(self) -> None:
        """All that was erased since `begin_erasing` becomes one undo step."""
        before, self._before_erasing = self._before_erasing, None
        if before is not None and before is not self._content:
            after, self._content = self._content, before
            self._push(after, self.tr("Erase"))

    def clear(self) -> None:
        self.cancel_stroke()
        if not self.is_blank:
            self._push(blank_content(self.pen_width), self.tr("Clear"))

    def open(self, content: Content) -> None:
        """Replace what is on the pad by something that was opened or pasted; a sweep of the eraser ends before it."""
        self.cancel_stroke()
        self.end_erasing()
        if isinstance(content, Drawing):
            content = fit_to_pad(content, pen_width=self.pen_width)
        self._push(content, self.tr("Open"))

    def set_pen_width(self, width: float) -> None:
        """Show all lines `width` of the pad wide. Not an undo step: it is a way of looking."""
        self._pen_width = width
        self.show(self._content)

    def show(self, content: Content) -> None:
        """Show `content`, in today's pen width, without an undo step: for undo steps and sweeps under way."""
        if isinstance(content, Drawing):
            content = replace(content, pen_width=self._pen_width)
        self._content = content
        self.changed.emit()

    def _push(self, after: Content, text: str) -> None:
        self.undo_stack.push(_ReplaceContent(self, self._content, after, text))


class _ReplaceContent(QUndoCommand):
    """Contents are immutable, so one kind of step undoes everything."""

    def __init__(self, document: PadDocument, before: Content, after: Content, text: str) -> None:
        super().__init__(text)
        self._document = document
        self._before = before
        self._after = after

    def redo(self) -> None:
        self._document.show(self._after)

    def undo(self) -> None:
        self._document.show(self._before)


def erase_strokes(content: Content, *, x: float, y: float, radius: float, pen_width: float) -> Content:
    """`content` without what an eraser of `radius` touches at (x, y); the same object when it touches nothing."""
    if isinstance(content, PictureInk):
        return blank_content(pen_width)
    reach = radius + pen_width * PAD_SIDE / 2
    kept = tuple(stroke for stroke in content.strokes if _distance(stroke, x, y) > reach)
    return content if len(kept) == len(content.strokes) else replace(content, strokes=kept)


def fit_to_pad(drawing: Drawing, *, pen_width: float) -> Drawing:
    """Scale a drawing from elsewhere so that it fills the pad well; one that lies on a pad keeps its place on it."""
    if drawing.is_blank:
        return blank_content(pen_width)
    left, top, right, bottom = drawing.bounds()
    if drawing.pad_side and min(left, top) >= 0 and max(right, bottom) <= drawing.pad_side:
        origin, side, target = np.zeros(2), drawing.pad_side, np.zeros(2)
    else:
        side = max(right - left, bottom - top, float(np.finfo(np.float32).tiny)) / FOREIGN_SHARE
        origin = np.array([(left + right) / 2, (top + bottom) / 2])
        target = np.full(2, PAD_SIDE / 2)
    placed = [(stroke, (stroke.points - origin) / side * PAD_SIDE + target) for stroke in drawing.strokes]
    if sum(len(points) for _, points in placed) > MANY_POINTS:
        strokes = tuple(_thinned(stroke, points) for stroke, points in placed)
    else:
        strokes = tuple(replace(stroke, points=points.astype(np.float32)) for stroke, points in placed)
    return replace(drawing, strokes=strokes, pad_side=PAD_SIDE, pen_width=pen_width)


def _thinned(stroke: Stroke, points: npt.NDArray[np.float64]) -> Stroke:
    """`stroke` at other `points`, without those that lie too close to the one before to be seen."""
    steps = np.floor(np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))]) / CLOSEST_POINTS)
    keep = np.concatenate([[True], np.diff(steps) > 0])
    keep[-1] = True

    def kept(values: npt.NDArray[np.float32] | None) -> npt.NDArray[np.float32] | None:
        return None if values is None else values[keep]

    return Stroke(points[keep].astype(np.float32), kept(stroke.pressures), kept(stroke.times))


def _distance(stroke: Stroke, x: float, y: float) -> float:
    """Distance from (x, y) to the nearest point of the stroke's line."""
    points = stroke.points.astype(np.float64)
    target = np.array([x, y])
    if len(points) == 1:
        return float(np.hypot(*(points[0] - target)))
    starts, along = points[:-1], np.diff(points, axis=0)
    lengths = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip(((target - starts) * along).sum(axis=1) / lengths, 0, 1)
    nearest = starts + share[:, np.newaxis] * along
    return float(np.hypot(*(nearest - target).T).min())
