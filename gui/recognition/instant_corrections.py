"""Let the user's own digits correct the answers of the model in use, from the moment when they are kept."""

import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.errors import DigitPadError
from core.models.library import COMPILED_FILE, ModelBundle
from core.recognition.instant import InstantHead
from core.recognition.recognizer import Recognizer
from core.wording.messages import Message
from gui.pad.document import PadDocument
from gui.recognition.active_model import ActiveModel
from gui.recognition.my_digits import MyDigits
from gui.system.background import Background, Checkpoint

if TYPE_CHECKING:
    from core.samples.store import SampleStore

MOST_AT_ONCE, MOST_NEW_AT_ONCE = 500, 20
"""Samples in the store, and those of them that the model has not met: with more, it takes longer than three frames."""

ENGINE = "core.recognition.own_samples"
"""Takes long to import; what the window does later imports it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """What was made in the background: the head, and the recogniser, from now on for the window's thread."""

    recognizer: Recognizer
    head: InstantHead | None
    recovered: Message | None


class InstantCorrections(QObject):
    """Makes the samples that correct the answers again whenever they, or the model, have changed.

    That is done at once where it takes but a few milliseconds and nobody draws, so that the next stroke is read with
    what was just kept; otherwise in the background. Nothing is made, or imported, before there is a store.
    """

    def __init__(
        self, document: PadDocument, model: ActiveModel, my_digits: MyDigits, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._model = model
        self._my_digits = my_digits
        self._is_outdated = self._has_begun = False
        self._work: Background | None = None
        self._recognizer: Recognizer | None = None
        my_digits.changed.connect(self.update)
        model.changed.connect(self._follow_model)

    @property
    def is_under_way(self) -> bool:
        """Whether something is being made in the background."""
        return self._work is not None

    def update(self) -> None:
        """Make them again."""
        bundle = self._model.bundle
        if bundle is None or not self._my_digits.path.exists():
            self._model.use_head(None)
            return
        self._has_begun = True
        if self._work is not None:
            self._is_outdated = True
        elif not self._make_at_once(bundle):
            self._begin(bundle)

    def cancel(self) -> None:
        """Give up what is being made."""
        if self._work is not None:
            self._work.cancel()
        self._is_outdated = False

    def _follow_model(self) -> None:
        if not self._has_begun:  # the window may not be up yet
            return
        if self._work is not None:
            self._work.cancel()  # it is for another model
        self.update()

    # --- at once ------------------------------------------------------------------------------------------

    def _make_at_once(self, bundle: ModelBundle) -> bool:
        """Make them now, where that is quick; returns whether it was, or cannot be done at all."""
        if ENGINE not in sys.modules or self._document.is_drawing:
            return False
        try:
            recognizer = self._recognizer_of(bundle)
            made = None if recognizer is None else self._my_digits.ask(partial(_make_if_quick, recognizer))
        except DigitPadError as error:
            self._fail(str(error))
            return True
        if made is None:
            return False
        self._model.use_head(*made)
        return True

    def _recognizer_of(self, bundle: ModelBundle) -> Recognizer | None:
        """One without a head, for this thread; None where it is not known how far samples reach."""
        is_of_model = self._recognizer is not None and _network_of(self._recognizer.bundle) == _network_of(bundle)
        if not is_of_model:
            self._recognizer = None if bundle.card.reach is None else Recognizer(bundle)
        return self._recognizer

    # --- in the background --------------------------------------------------------------------------------

    def _begin(self, bundle: ModelBundle) -> None:
        self._work = Background(partial(_make, self._my_digits.path, bundle), "Reading your digits", can_be_left=True)
        self._work.done.connect(self._take)
        self._work.failed.connect(self._fail)
        self._work.finished.connect(self._finish)
        self._work.begin()

    def _take(self, made: _Made) -> None:
        if made.recovered is not None:
            self._my_digits.problem.emit(str(made.recovered))
        bundle = self._model.bundle
        if bundle is not None and _network_of(made.recognizer.bundle) == _network_of(bundle):
            self._recognizer = made.recognizer
            self._model.use_head(made.head)

    def _fail(self, sentence: str) -> None:
        self._model.use_head(None)
        self._my_digits.tell_once(sentence)

    def _finish(self) -> None:
        self._work = None
        if self._is_outdated:
            self._is_outdated = False
            self.update()


def _network_of(bundle: ModelBundle) -> str:
    """The hash of the network: a model may be replaced by another one of its name."""
    return bundle.card.sha256[COMPILED_FILE]


def _make_if_quick(recognizer: Recognizer, store: "SampleStore") -> tuple[InstantHead | None] | None:
    """The head, if there are few samples, most of which the model has met; None otherwise."""
    from core.recognition.own_samples import make_head

    if not recognizer.has_embeddings:
        return (None,)
    count = sum(store.counts())
    if count > MOST_AT_ONCE or count - len(store.embeddings(_network_of(recognizer.bundle))) > MOST_NEW_AT_ONCE:
        return None
    return (make_head(store, recognizer),)


def _make(path: Path, bundle: ModelBundle, checkpoint: Checkpoint) -> _Made:
    """Make the head in any thread, with a store of its own."""
    from core.recognition.own_samples import make_head, reach_of
    from core.samples.store import SampleStore

    recognizer = Recognizer(bundle)
    with SampleStore(path) as store:
        if recognizer.has_embeddings and any(store.counts()):
            reach = reach_of(recognizer)  # a card of an earlier DigitPad does not tell it
            recognizer.bundle = replace(bundle, card=replace(bundle.card, reach=reach))
        return _Made(recognizer, make_head(store, recognizer, checkpoint), store.recovered)
