"""What the network in training makes of the digit on the pad.

Import only after `core.learning.backend.load_tensorflow`.
"""

from typing import Any

import numpy as np
import tensorflow as tf

from core.digits.arrays import CLASSES
from core.models.compiled import as_input
from core.training.context import RunContext
from core.training.events import CanvasGuess

GUESS_INTERVAL = 0.25
"""Least seconds between two guesses at the digit on the pad, while batches go by."""

SMALLEST_SUM = 1e-30  # of the ten probabilities, which can all be 0 when the network is sure of “no digit”


class PadGuess:
    """Emits a `CanvasGuess` now and then, in the thread of the run."""

    def __init__(self, network: Any, context: RunContext) -> None:
        """`network` is the keras.Model in training."""
        self._context = context
        self._predict = tf.function(lambda image: network(image, training=False), jit_compile=False, autograph=False)
        self._guessed_at = -GUESS_INTERVAL

    def now_and_then(self) -> None:
        """Guess, unless that was done just before; always where single batches are looked at."""
        now = self._context.clock()
        if now - self._guessed_at >= GUESS_INTERVAL or self._context.control.is_slow:
            self.guess()

    def guess(self) -> None:
        """Guess at what is on the pad, if there is anything."""
        digit = self._context.control.digit_on_pad()
        if digit is None:
            return
        self._guessed_at = self._context.clock()
        [answer] = self._predict(tf.constant(as_input(digit[np.newaxis]))).numpy()
        digits = answer[:CLASSES] / max(float(answer[:CLASSES].sum()), SMALLEST_SUM)
        self._context.emit(CanvasGuess(tuple(map(float, digits))))
