"""Which pointer draws when mouse, pen and fingers touch the pad at the same time.

A pointer that presses owns the gesture until it releases; no other one draws, erases or ends anything meanwhile. With a
pen, a hand may rest on the screen: while a pen is near, touch is ignored, and a stroke that a hand began is cancelled.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPointingDevice, QTabletEvent

HOVER_SECONDS = 1.0
"""How long a pen that was seen counts as near, if the system does not report when it comes and goes."""


class Device(Enum):
    MOUSE = auto()
    PEN = auto()
    TOUCH = auto()


@dataclass(frozen=True, slots=True)
class Pointer:
    """What can press: a button of a mouse or pen, or a finger.

    Attributes
    ----------
    source
        Tells two devices of one kind from each other.
    part
        The button's value, or the finger's number.
    """

    device: Device
    source: int
    part: int


class PointerArbiter:
    """Grants the gesture to one pointer at a time.

    Attributes
    ----------
    owner
        Whose gesture it is; None between gestures.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """`clock` tells the time in seconds."""
        self.owner: Pointer | None = None
        self._clock = clock
        self._is_in_proximity = False
        self._pen_gone_at = self._clock()

    @property
    def pen_is_near(self) -> bool:
        return self._is_in_proximity or self._clock() < self._pen_gone_at

    def may_press(self, pointer: Pointer) -> bool:
        """Whether a press of `pointer` begins a gesture: also if it owns one already, whose release was lost."""
        if pointer.device is Device.TOUCH and self.pen_is_near:
            return False
        return self.owner is None or self.owner == pointer

    def is_held_by(self, device: Device, source: int | None = None) -> bool:
        """Whether the gesture is that of a `device`, or of the one that `source` names."""
        owner = self.owner
        return owner is not None and owner.device is device and source in (None, owner.source)

    def has_lost_release(self, device: Device, source: int, buttons: Qt.MouseButton) -> bool:
        """Whether the gesture is that of a button which is not among those that are held down now."""
        if self.owner is None or not self.is_held_by(device, source):
            return False
        return not buttons & Qt.MouseButton(self.owner.part)

    def see_pen(self) -> None:
        """A pen has moved, above the pad or on it."""
        self._pen_gone_at = self._clock() + HOVER_SECONDS

    def note_proximity(self, *, is_near: bool) -> None:
        """The system says that a pen has come near, or has left."""
        self._is_in_proximity = is_near
        self._pen_gone_at = self._clock()


class PenProximity(QObject):
    """Follows when a pen comes near the screen, and when it leaves.

    Signals
    -------
    changed
        `(bool,)`: whether a pen is near now.
    """

    changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.listen(True)

    def listen(self, on: bool) -> None:
        """Whether to listen. It looks at every event, at a hundredth of the cost of an answer."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            if on:
                application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QTabletEvent):  # quicker to check than its type
            kind = event.type()
            if kind in (QEvent.Type.TabletEnterProximity, QEvent.Type.TabletLeaveProximity):
                self.changed.emit(kind == QEvent.Type.TabletEnterProximity)
        return False


def pen_touches(button: Qt.MouseButton, pressure: float, *, has_pressure: bool) -> bool:
    """Whether a pressed `button` means that the pen is on the pad: a side button can also be pressed above it."""
    return button == Qt.MouseButton.LeftButton or pressure > 0 or not has_pressure


def pen_erases(end: QPointingDevice.PointerType, buttons: Qt.MouseButton) -> bool:
    """Whether a pen with these `buttons` held down erases: with a side button, or with its other end."""
    return end == QPointingDevice.PointerType.Eraser or bool(buttons & ~Qt.MouseButton.LeftButton)
