"""The model in use."""

import logging
from collections.abc import Callable
from functools import partial
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, Signal

from core.digits.arrays import SIDE, Image
from core.errors import ModelError, StorageError
from core.models.library import COMPILED_FILE, SHIPPED_MODEL, ModelBundle, ModelLibrary
from core.recognition.instant import InstantHead
from core.recognition.recognizer import BLANK, Recognition, Recognizer
from core.settings import SettingsFile
from gui.recognition.model_watch import ModelWatch

log = logging.getLogger(__name__)

RECOGNISING = (COMPILED_FILE,)
"""The only file of a model that has to be read before the window is up."""


class ActiveModel(QObject):
    """Recognises with the model in use, and switches to another.

    Signals
    -------
    changed
        Another model is in use, or the one in use was renamed.
    head_changed
        Other samples of the user's correct its answers.
    problem
        A sentence for the user: why the wanted model could not be used.
    """

    changed = Signal()
    head_changed = Signal()
    problem = Signal(str)

    def __init__(self, library: ModelLibrary, settings: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self._settings = settings
        self._recognizer: Recognizer | None = None
        self._seconds = 0.0
        self._watch = ModelWatch(self)
        self._watch.changed.connect(self._take_card)

    @property
    def bundle(self) -> ModelBundle | None:
        """The bundle in use; None when not even the shipped one can be read."""
        return self._recognizer.bundle if self._recognizer else None

    @property
    def seconds(self) -> float:
        """How long a typical answer takes, measured on this machine."""
        return self._seconds

    def load(self) -> None:
        """Use the model that was in use last time; when that fails the shipped one, and say so."""
        wanted = self._settings.values.model
        try:
            if wanted == SHIPPED_MODEL:
                self._take(self.library.shipped_bundle(RECOGNISING))
            else:
                self._take(self.library.bundle(wanted, RECOGNISING))
        except ModelError as error:
            log.warning("model %s cannot be used: %s", wanted, error)
            self._fall_back(str(error), was_shipped=wanted == SHIPPED_MODEL)

    def use(self, bundle: ModelBundle) -> None:
        """Recognise with `bundle` from now on. Raises ModelError, and changes nothing, when it cannot be loaded."""
        self._take(bundle)
        try:
            self._settings.update(model=bundle.slug)
        except StorageError as error:
            self.problem.emit(f"{error} The model is in use until DigitPad is closed.")

    def refresh(self) -> None:
        """Read the card of the model in use again, after renaming it here; changes by others are noticed anyway."""
        self._watch.look()

    @property
    def head(self) -> InstantHead | None:
        """The user's samples that correct the answers; None where none do."""
        return self._recognizer.head if self._recognizer else None

    def use_head(self, head: InstantHead | None) -> None:
        """Let `head`, which is made for the model in use, correct its answers; None for the network's own answers."""
        if self._recognizer is not None and head is not self._recognizer.head:
            self._recognizer.head = head
            self.head_changed.emit()

    def twin_maker(self) -> Callable[[], Recognizer] | None:
        """What makes, in any thread, a recogniser that answers as this model does now; None without a model."""
        return partial(make_twin, self._recognizer.bundle, self.head) if self._recognizer else None

    def recognize(self, image: Image | None) -> Recognition:
        """Answer for a normalised image, uint8 `(28, 28)`; None is a blank pad."""
        return self._recognizer.recognize(image) if self._recognizer else BLANK

    def _fall_back(self, reason: str, *, was_shipped: bool) -> None:
        if not was_shipped:
            try:
                self._take(self.library.shipped_bundle(RECOGNISING))
                self.problem.emit(f"{reason} DigitPad uses its own model instead.")
                return
            except ModelError as error:
                reason = str(error)
        self.problem.emit(f"{reason} Nothing can be recognised; please install DigitPad again.")
        self.changed.emit()

    def _take(self, bundle: ModelBundle) -> None:
        recognizer = Recognizer(bundle)
        self._seconds = _typical_seconds(recognizer)
        self._recognizer = recognizer
        self._watch.follow(bundle)
        self.changed.emit()

    def _take_card(self, bundle: ModelBundle) -> None:
        if self._recognizer is not None:
            self._recognizer.bundle = bundle
            self.changed.emit()


def make_twin(bundle: ModelBundle, head: InstantHead | None) -> Recognizer:
    """Another recogniser with the same model and samples. Raises ModelError."""
    recognizer = Recognizer(bundle)
    recognizer.head = head
    return recognizer


def _typical_seconds(recognizer: Recognizer) -> float:
    """Median of a few answers, the first one left out: it fills the caches."""
    image = np.full((SIDE, SIDE), 128, np.uint8)
    recognizer.recognize(image)
    durations = []
    for _ in range(3):
        began = perf_counter()
        recognizer.recognize(image)
        durations.append(perf_counter() - began)
    return sorted(durations)[len(durations) // 2]  # np.median would import all of numpy.ma first
