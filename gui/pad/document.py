"""What is on the pad, with undo: strokes, or the digit found in a picture with strokes on it."""

from dataclasses import replace
from weakref import ref

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from core.ink.drawing import DEFAULT_PEN_WIDTH, NEUTRAL_PRESSURE, Drawing, Stroke
from core.pad.content import PAD_SIDE, Content, PictureInk, blank_content, fit_picture, fit_to_pad
from core.pad.eraser import Point, erase

__all__ = ["PAD_SIDE", "UNDO_LIMIT", "Content", "PadDocument", "PictureInk"]

UNDO_LIMIT = 500


class PadDocument(QObject):
    """The pad's content. A stroke, an eraser's sweep, clearing and opening a file are one undo step each.

    Points are in pad units: 0 to `PAD_SIDE` from the top left corner.

    Signals
    -------
    changed
        Something about the ink changed, also for every point of a stroke under way.
    stroke_extended
        The stroke under way got points; `changed` follows. What is painted already stays as it is.
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
        self.undo_stack = PadUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        self._pen_width = self._stroke_width = DEFAULT_PEN_WIDTH
        self._content: Content = blank_content()
        self._points: list[tuple[float, float]] = []
        self._pressures: list[float] = []
        self._times: list[float] = []
        self._before_erasing: Content | None = None
        self._eraser_at: Point | None = None

    @property
    def content(self) -> Content:
        """What is on the pad, without the stroke under way."""
        return self._content

    @property
    def pen_width(self) -> float:
        """Width of the next strokes, as a share of the pad's side. Strokes that are drawn already keep their own."""
        return self._pen_width

    @property
    def stroke_width(self) -> float:
        """Width of the stroke under way, in the same unit."""
        return self._stroke_width

    @property
    def is_drawing(self) -> bool:
        """Whether a stroke is under way."""
        return bool(self._points)

    @property
    def is_erasing(self) -> bool:
        """Whether a sweep of the eraser is under way."""
        return self._before_erasing is not None

    @property
    def is_blank(self) -> bool:
        return isinstance(self._content, Drawing) and self._content.is_blank and not self._points

    def snapshot(self) -> Content:
        """What is on the pad, with the stroke under way."""
        if not self._points:
            return self._content
        return replace(self._content, strokes=(*self._content.strokes, self.current_stroke()))

    def widest_line(self) -> float:
        """Width of the widest line on the pad, without the stroke under way, as a share of the pad's side."""
        return max((stroke.width or DEFAULT_PEN_WIDTH for stroke in self._content.strokes), default=0.0)

    def current_stroke(self) -> Stroke:
        """The stroke under way. Only while `is_drawing`."""
        has_pressure = any(pressure != NEUTRAL_PRESSURE for pressure in self._pressures)
        return Stroke(
            points=np.array(self._points, np.float32),
            pressures=np.array(self._pressures, np.float32) if has_pressure else None,
            times=np.array([time - self._times[0] for time in self._times], np.float32),
            width=self._stroke_width,
        )

    def newest_points(self, count: int) -> tuple[list[tuple[float, float]], float]:
        """Up to `count` points of the stroke under way, newest last, and the newest pressure."""
        return self._points[-count:], self._pressures[-1]

    def begin_stroke(self, x: float, y: float, *, pressure: float = NEUTRAL_PRESSURE, time: float = 0.0) -> None:
        """Put the pen down, with the pen width that is set now."""
        self._points, self._pressures, self._times = [], [], []
        self._stroke_width = self._pen_width
        self.extend_stroke(x, y, pressure=pressure, time=time)

    def extend_stroke(self, x: float, y: float, *, pressure: float = NEUTRAL_PRESSURE, time: float = 0.0) -> None:
        """Move the pen; a movement to where it is already adds nothing."""
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

    def begin_erasing(self) -> None:
        """Begin a sweep of the eraser."""
        self._before_erasing = self._content
        self._eraser_at = None

    def erase_at(self, x: float, y: float, radius: float) -> None:
        """Move the eraser here: it removes the strokes that it touches on its way, and what it covers of a picture.

        Only within a sweep: what was opened meanwhile is not erased.
        """
        if self._before_erasing is None:
            return
        after = erase(self._content, self._eraser_at or (x, y), (x, y), radius)
        self._eraser_at = x, y
        if after is not self._content:
            self.show(after)
            self.erased.emit()

    def end_erasing(self) -> None:
        """All that was erased since `begin_erasing` becomes one undo step."""
        before, self._before_erasing = self._before_erasing, None
        if before is not None and before is not self._content:
            after, self._content = self._content, before
            self._push(after, self.tr("Erase"))

    def settle(self) -> None:
        """End the stroke or the sweep under way, as it is."""
        self.end_stroke()
        self.end_erasing()

    def cancel(self) -> None:
        """Undo the stroke or the sweep under way."""
        before, self._before_erasing = self._before_erasing, None
        if self._points:
            self._points = []
            self.changed.emit()
        elif before is not None and before is not self._content:
            self.show(before)

    def clear(self) -> None:
        self.settle()
        if not self.is_blank:
            self._push(blank_content(), self.tr("Clear"))

    def open(self, content: Content) -> None:
        """Replace what is on the pad with something that was opened or pasted."""
        self.settle()
        fitted = fit_to_pad(content) if isinstance(content, Drawing) else fit_picture(content)
        self._push(fitted, self.tr("Open"))

    def set_pen_width(self, width: float) -> None:
        """Set the width of the next strokes, as a share of the pad's side."""
        self._pen_width = width

    def show(self, content: Content) -> None:
        """Show `content` without an undo step: for undo steps and sweeps under way."""
        self._content = content
        self.changed.emit()

    def _push(self, after: Content, text: str) -> None:
        self.undo_stack.push(_ReplaceContent(self, self._content, after, text))


class PadUndoStack(QUndoStack):
    """An undo stack that first ends the stroke or sweep under way, so that this can be undone, too."""

    def __init__(self, document: PadDocument) -> None:
        super().__init__(document)

    def _settle(self) -> None:
        document = self.parent()  # not stored: a reference cycle would leave both to the garbage collector
        assert isinstance(document, PadDocument)
        document.settle()

    def undo(self) -> None:
        """Undo the latest step, or what is under way."""
        self._settle()
        super().undo()

    def redo(self) -> None:
        """Redo what was undone. While something new is under way there is nothing to redo."""
        self._settle()
        super().redo()


class _ReplaceContent(QUndoCommand):
    """Contents are immutable, so that one kind of step can undo everything."""

    def __init__(self, document: PadDocument, before: Content, after: Content, text: str) -> None:
        super().__init__(text)
        self._document = ref(document)  # which holds this step: a circle would leave both to Python's collector
        self._before = before
        self._after = after

    def redo(self) -> None:
        self._show(self._after)

    def undo(self) -> None:
        self._show(self._before)

    def _show(self, content: Content) -> None:
        document = self._document()
        assert document is not None
        document.show(content)
