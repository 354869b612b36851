"""Looks back at a run: what the network made of the digit on the pad after each epoch. It needs no TensorFlow."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from core.digits.arrays import CLASSES, Image
from core.explaining.network import LayeredNetwork, softmax
from core.ink.arrays import FloatArray
from core.models.compiled import as_input
from core.training.events import EpochDone, Event
from core.training.snapshots import Confusion, Snapshots
from gui.train.epoch_slider import EpochSlider


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What is seen of an epoch.

    Attributes
    ----------
    epoch
        The epoch.
    confusion, watched
        The answers for the digits that the run watches, and which they are; None and "" if there are none.
    probabilities
        The answer for the digit on the pad; None for a blank pad.
    maps
        The name of each layer that gives feature maps, and what it made of that digit: float32 `(h, w, channels)`.
    """

    epoch: int
    confusion: Confusion | None
    watched: str
    probabilities: tuple[float, ...] | None
    maps: tuple[tuple[str, FloatArray], ...]


class TimeMachine(QObject):
    """Answers for the epoch that the slider is at, or for the latest one.

    Signals
    -------
    changed
        Another epoch is looked at, there is a new one, or another digit is on the pad: `look` gives something else.
    """

    changed = Signal()

    def __init__(self, slider: EpochSlider, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slider = slider
        self._snapshots = Snapshots()
        self._is_live = False
        self._digit: Image | None = None
        self._network: tuple[int, LayeredNetwork] | None = None
        self._look: Look | None = None
        slider.chosen.connect(self._change)

    @property
    def is_replaying(self) -> bool:
        """Whether the digit on the pad is answered here, and not by the network that is learning just now."""
        return bool(self._snapshots.epochs) and (self._slider.epoch is not None or not self._is_live)

    @property
    def replayed_epoch(self) -> int | None:
        """The epoch that was chosen with the slider while there is anything after it; None for none."""
        return self._slider.epoch if self._slider.slider.value() < self._slider.slider.maximum() else None

    def begin(self, snapshots: Snapshots) -> None:
        """A run begins, whose `snapshots` will be these; those of the run before are let go."""
        self._snapshots, self._is_live, self._network = snapshots, True, None
        self._slider.clear()
        self._change()

    def show_event(self, event: Event) -> None:
        """Take what the run emits."""
        if isinstance(event, EpochDone):
            self._slider.show_epochs(self._snapshots.epochs, is_live=True)
            self._change()

    def end(self) -> None:
        """The run is over; its latest epoch answers from now on."""
        self._is_live = False
        self._slider.show_epochs(self._snapshots.epochs, is_live=False)
        self._change()

    @property
    def snapshots(self) -> Snapshots:
        """What is looked back at."""
        return self._snapshots

    def show_kept(self, snapshots: Snapshots) -> None:
        """Look back at an earlier run, whose `snapshots` were kept."""
        self.begin(snapshots)
        self.end()

    def show_digit(self, image: Image | None) -> None:
        """Look at another digit, uint8 `(28, 28)`; None for a blank pad."""
        self._digit = image
        self._change()

    def look(self) -> Look | None:
        """What is seen of the chosen epoch, or of the latest; None without any. Some milliseconds."""
        if self._look is None:
            self._look = self._make_look()
        return self._look

    def _change(self) -> None:
        self._look = None
        self.changed.emit()

    def _make_look(self) -> Look | None:
        epochs = self._snapshots.epochs
        snapshot = self._snapshots.after(self._slider.epoch or epochs[-1]) if epochs else None
        if snapshot is None:
            return None
        if self._network is None or self._network[0] != snapshot.epoch:
            self._network = snapshot.epoch, snapshot.network()
        watched = self._snapshots.watched
        answer, maps = read(self._network[1], self._digit)
        return Look(snapshot.epoch, snapshot.confusion, str(watched) if watched else "", answer, maps)


def read(
    network: LayeredNetwork, image: Image | None
) -> tuple[tuple[float, ...] | None, tuple[tuple[str, FloatArray], ...]]:
    """The probabilities of ten digits, and the feature maps, that `network` makes of `image`, uint8 `(28, 28)`."""
    if image is None:
        return None, ()
    values = network.activations(as_input(image[np.newaxis]))
    given = zip(network.layers, values[1:], strict=True)
    maps = tuple((layer.name, value[0]) for layer, value in given if value.ndim == 4 and is_map(layer.name))
    return tuple(map(float, softmax(values[-1][:, :CLASSES])[0])), maps


def is_map(name: str) -> bool:
    """Whether the layer of that name ends a convolution: what it gives is looked at, not its parts."""
    return name.startswith("relu") or name.endswith("_relu")
