"""Snapshots of a network while it learns. Import only after `core.learning.backend.load_tensorflow`."""

import logging
from typing import Any

import numpy as np

from core.datasets.digit_sets import DigitSet
from core.digits.arrays import CLASSES, Images
from core.ink.arrays import FloatArray
from core.learning.batchwise import ConfusionCount
from core.learning.layers_of import layers_of
from core.learning.networks import plain_network
from core.models.compiled import as_input
from core.training.context import RunContext
from core.training.plan import TrainingPlan
from core.training.snapshots import Confusion, make_snapshot
from core.training.watched_digits import watched_digits
from core.wording.run_messages import Watched

log = logging.getLogger(__name__)

_ALWAYS = 50
"""The first epochs, in which most is learned, are all kept."""
_PAUSE = 10
"""After them, at most a tenth of the time goes into snapshots."""
_CHECKED = 2
"""Digits for which the layers are compared with the network after each epoch."""


class EpochSnapshots:
    """Adds a snapshot to the run's control after each epoch, if somebody wants them.

    Where the run validates, the confusion matrix costs nothing: it is counted while that happens. Of a run with many
    short epochs, some are left out, so that looking back does not slow it down.
    """

    def __init__(self, network: Any, plan: TrainingPlan, context: RunContext) -> None:
        """`network` is the BatchwiseModel in training."""
        self._network = network
        self._plan = plan
        self._context = context
        self._plain: Any = None
        self._watched: DigitSet | None = None
        self._wanted = context.control.snapshots
        self._cost = 0.0
        self._taken_at = context.clock()

    def begin(self) -> None:
        """Choose the digits whose answers are shown after each epoch. Raises RunStopped."""
        if self._wanted is None:
            return
        validation = self._plan.material.validation
        if len(validation):
            self._network.confusion = ConfusionCount()
            self._wanted.watched = Watched.VALIDATION(digits=len(validation))
            return
        self._watched, self._wanted.watched = watched_digits(self._plan.source, self._context.checkpoint)

    def take(self, epoch: int, weights: list[FloatArray]) -> None:
        """Take the snapshot after `epoch`, of the network with these `weights`."""
        began = self._context.clock()
        if self._wanted is None or not self._is_due(epoch, began):
            return
        if self._plain is None:
            self._plain = plain_network(self._plan.spec.preset, self._network)
        self._plain.set_weights(weights)
        layered = layers_of(self._plain, self._some_images())
        if layered is None:  # its images may have channels first
            log.warning("there are no snapshots of this network")
            self._wanted = None
            return
        self._wanted.add(make_snapshot(epoch, layered, self._confusion()))
        self._taken_at = self._context.clock()
        self._cost = self._taken_at - began

    def _is_due(self, epoch: int, now: float) -> bool:
        is_noted = epoch <= _ALWAYS or epoch == self._plan.spec.epochs
        if not is_noted and now - self._taken_at < _PAUSE * self._cost:
            self._forget_confusion()
            return False
        return True

    def _some_images(self) -> Images:
        digits = self._watched or self._plan.material.validation
        return digits.images[:_CHECKED]

    def _forget_confusion(self) -> None:
        """Leave out the answers of an epoch that is not kept."""
        if self._watched is None:
            self._network.confusion.take()

    def _confusion(self) -> Confusion | None:
        if self._watched is None:
            counted: ConfusionCount = self._network.confusion
            return counted.take()
        answers = self._plain(as_input(self._watched.images), training=False).numpy()[:, :CLASSES]
        confusion = np.zeros((CLASSES, CLASSES), np.int64)
        np.add.at(confusion, (self._watched.labels, answers.argmax(axis=1)), 1)
        return confusion
