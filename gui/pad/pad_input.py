"""What mouse, pen and fingers do on the pad: they draw and erase, one at a time."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QHideEvent, QInputDevice, QMouseEvent, QShowEvent, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QWidget

from core.ink.drawing import NEUTRAL_PRESSURE
from gui.pad.document import PAD_SIDE, PadDocument
from gui.pad.pointers import Device, PenProximity, Pointer, PointerArbiter, pen_erases, pen_touches

ERASER_RADIUS = 22.0  # pad units


class PadInput(QWidget):
    """A square widget that turns what mouse, pen and fingers do on it into strokes of a `PadDocument`.

    The left button, the tip of a pen and a finger draw; the right button, the side button of a pen and its other end
    erase. A gesture ends with its release, when the window is left or hidden, and when its stroke was ended otherwise,
    as by Ctrl+Z: nothing more follows then until the next press.
    """

    def __init__(self, document: PadDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMouseTracking(True)  # a move without a button means that a release was lost
        self.setTabletTracking(True)  # while a pen is near, touch does not draw
        self.eraser_is_on = False
        self._document = document
        self._arbiter = PointerArbiter()
        self._is_erasing = False
        self._eraser_at: QPointF | None = None
        self._proximity = PenProximity(self)
        self._proximity.changed.connect(self._follow_proximity)
        self._proximity.listen(False)  # until it is shown: there may be several pads, and one is seen

    def set_eraser(self, on: bool) -> None:
        """Let everything that draws erase, as the right button always does."""
        self.eraser_is_on = on

    def _press(self, pointer: Pointer, position: QPointF, *, erase: bool, pressure: float, time: float) -> None:
        if not self._arbiter.may_press(pointer):
            return
        self._end()  # a gesture whose release was lost
        self._arbiter.owner = pointer
        if pointer.device is Device.MOUSE and not self._arbiter.pen_is_near:
            self._proximity.listen(False)  # no finger can draw meanwhile
        x, y = self._to_pad(position)
        if erase:
            self._is_erasing = True
            self._document.begin_erasing()
            self._erase_at(position)
        else:
            self._document.begin_stroke(x, y, pressure=pressure, time=time)

    def _move(self, position: QPointF, *, pressure: float, time: float) -> None:
        """The owner of the gesture moved. A stroke that ended meanwhile, by Ctrl+Z for instance, is not continued."""
        if self._is_erasing and self._document.is_erasing:
            self._erase_at(position)
        elif self._document.is_drawing:
            x, y = self._to_pad(position)
            self._document.extend_stroke(x, y, pressure=pressure, time=time)

    def _release(self, pointer: Pointer) -> None:
        if pointer == self._arbiter.owner:
            self._end()

    def _end(self) -> None:
        if self._arbiter.owner is not None:
            self._document.settle()
            self._forget_gesture()

    def _cancel(self) -> None:
        self._document.cancel()
        self._forget_gesture()

    def _forget_gesture(self) -> None:
        self._arbiter.owner = None
        self._is_erasing = False
        self._proximity.listen(True)
        if self._eraser_at is not None:
            self._eraser_at = None
            self.update()

    def _is_held(self, device: Device, event: QMouseEvent | QTabletEvent) -> bool:
        """Whether the gesture is that of the mouse or pen that sends `event`; one whose release was lost ends here."""
        source = _source(device, event)
        if self._arbiter.has_lost_release(device, source, event.buttons()):
            self._end()
        return self._arbiter.is_held_by(device, source)

    def _follow_proximity(self, is_near: bool) -> None:
        self._arbiter.note_proximity(is_near=is_near)
        if is_near:
            self._forget_touch()
        elif self._arbiter.is_held_by(Device.PEN):
            self._end()

    def _forget_touch(self) -> None:
        """Cancel what a hand has begun when a pen comes near: it was the palm."""
        if self._arbiter.is_held_by(Device.TOUCH):
            self._cancel()

    def _erase_at(self, position: QPointF) -> None:
        self._eraser_at = position
        x, y = self._to_pad(position)
        self._document.erase_at(x, y, ERASER_RADIUS)
        self.update()

    def _to_pad(self, position: QPointF) -> tuple[float, float]:
        """Pad units; beyond the edge counts as on the edge, so that everything recognised is visible."""
        side = max(self.width(), 1)
        return (
            min(max(position.x() / side, 0.0), 1.0) * PAD_SIDE,
            min(max(position.y() / side, 0.0), 1.0) * PAD_SIDE,
        )

    # --- Qt -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        self._proximity.listen(True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._end()
        self._proximity.listen(False)
        self._arbiter.note_proximity(is_near=False)  # nobody tells when it leaves meanwhile
        super().hideEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_held(Device.MOUSE, event)
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        erase = self.eraser_is_on or event.button() == Qt.MouseButton.RightButton
        pointer, time = _pointer(Device.MOUSE, event), event.timestamp() / 1000
        self._press(pointer, event.position(), erase=erase, pressure=NEUTRAL_PRESSURE, time=time)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_held(Device.MOUSE, event):
            self._move(event.position(), pressure=NEUTRAL_PRESSURE, time=event.timestamp() / 1000)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._release(_pointer(Device.MOUSE, event))

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._arbiter.see_pen()
        self._forget_touch()
        time = event.timestamp() / 1000
        if event.type() == QEvent.Type.TabletPress:
            self._press_pen(event)
        elif event.type() == QEvent.Type.TabletRelease:
            self._release(_pointer(Device.PEN, event))
        elif self._is_held(Device.PEN, event):
            self._move(event.position(), pressure=event.pressure(), time=time)
        event.accept()  # or Qt would send the same movement again as the mouse's

    def _press_pen(self, event: QTabletEvent) -> None:
        self._is_held(Device.PEN, event)
        has_pressure = event.device().hasCapability(QInputDevice.Capability.Pressure)
        if pen_touches(event.button(), event.pressure(), has_pressure=has_pressure):
            erase = self.eraser_is_on or pen_erases(event.pointerType(), event.buttons())
            pointer, time = _pointer(Device.PEN, event), event.timestamp() / 1000
            self._press(pointer, event.position(), erase=erase, pressure=event.pressure(), time=time)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            event.accept()
            self._touch(event)
            return True
        if event.type() == QEvent.Type.WindowDeactivate:
            self._end()  # the button may be released where this window does not hear of it
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        """The first finger draws; others are ignored."""
        source = event.device().systemId()
        is_ours = self._arbiter.is_held_by(Device.TOUCH, source)
        if event.type() == QEvent.Type.TouchCancel:
            if is_ours:
                self._cancel()
            return
        if is_ours and event.type() == QEvent.Type.TouchBegin:
            self._end()
        for finger in event.points():
            self._follow_finger(finger, Pointer(Device.TOUCH, source, finger.id()), event.timestamp() / 1000)

    def _follow_finger(self, finger: QEventPoint, pointer: Pointer, time: float) -> None:
        place = finger.position()
        if finger.state() == QEventPoint.State.Pressed:
            self._press(pointer, place, erase=self.eraser_is_on, pressure=NEUTRAL_PRESSURE, time=time)
        elif finger.state() == QEventPoint.State.Released:
            self._release(pointer)
        elif pointer == self._arbiter.owner:
            self._move(place, pressure=NEUTRAL_PRESSURE, time=time)


def _pointer(device: Device, event: QMouseEvent | QTabletEvent) -> Pointer:
    return Pointer(device, _source(device, event), event.button().value)


def _source(device: Device, event: QMouseEvent | QTabletEvent) -> int:
    """Which pen it is; all mice move one and the same pointer."""
    return 0 if device is Device.MOUSE else event.device().systemId()
