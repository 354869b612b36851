"""Looks into the network in the background: always the newest drawing, and never two at a time."""

import math
from functools import partial
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from core.explaining.explainer import Explainer
from core.models.library import ModelBundle
from gui.inside.looking import Insight, Request, look_inside
from gui.recognition.active_model import ActiveModel
from gui.system.background import Background, Checkpoint
from gui.system.timers import single_shot

Key = tuple[str, str]

LEAST_REST = 0.04
"""Seconds between two looks at least."""
RESTS = 2
"""How many times as long as a look the rest after it is: so most of a core is left to the answers themselves."""


class Looks(QObject):
    """Loads what explains the model in use when something is wanted of it, and computes that.

    A request that comes while another one is computed waits; of several only the newest is left. So what is dear makes
    the page slower, and nothing else. After each look there is a rest.

    Signals
    -------
    loaded
        `(Explainer)`: another model can be explained now.
    seen
        `(Insight)`: what the newest finished request wanted.
    failed
        A sentence: the model cannot be explained.
    """

    loaded = Signal(object)
    seen = Signal(object)
    failed = Signal(str)

    def __init__(self, model: ActiveModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._explainer: Explainer | None = None
        self._key: Key | None = None
        self._failed_key: Key | None = None
        self._wanted: Request | None = None
        self._thread: Background | None = None
        self._began_at = 0.0
        self._rest = single_shot(self, self._begin_next)

    @property
    def is_busy(self) -> bool:
        """Whether something is computed, or waits for that."""
        return self._thread is not None or self._rest.isActive()

    def want(self, request: Request) -> None:
        """Compute this next. Even without a panel that wants anything, the model's explanation is loaded."""
        self._wanted = request
        self._begin_next()

    def stop(self) -> None:
        """Want nothing any more."""
        self._wanted = None
        if self._thread is not None:
            self._thread.cancel()

    def _begin_next(self) -> None:
        bundle = self._model.bundle
        if self.is_busy or self._wanted is None or bundle is None or _key(bundle) == self._failed_key:
            return
        self._began_at = perf_counter()
        if self._explainer is None or self._key != _key(bundle):
            self._explainer, self._key = None, _key(bundle)
            self._begin(Background(partial(_load, bundle), self.tr("Looking inside"), can_be_left=True))
        else:
            request, self._wanted = self._wanted, None
            work = partial(look_inside, self._explainer, request)
            self._begin(Background(work, self.tr("Looking inside"), can_be_left=True))

    def _begin(self, thread: Background) -> None:
        self._thread = thread
        thread.done.connect(self._take)
        thread.failed.connect(self._fail)
        thread.finished.connect(self._finish)
        thread.begin()

    def _take(self, result: Explainer | Insight) -> None:
        bundle = self._model.bundle
        if bundle is None or _key(bundle) != self._key:
            return  # of a model that is not in use any more
        if isinstance(result, Explainer):
            self._explainer = result
            self.loaded.emit(result)
        else:
            self.seen.emit(result)

    def _fail(self, sentence: str) -> None:
        self._failed_key = self._key
        self.failed.emit(sentence)

    def _finish(self) -> None:
        self._thread = None
        rest = max(LEAST_REST, RESTS * (perf_counter() - self._began_at))
        self._rest.start(math.ceil(1000 * rest))


def _load(bundle: ModelBundle, checkpoint: Checkpoint) -> Explainer:
    return Explainer(bundle)


def _key(bundle: ModelBundle) -> Key:
    """What tells a model from another one, and from itself after a change of its files."""
    return str(bundle.folder), "".join(bundle.card.sha256.values())
