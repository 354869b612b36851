"""Why the digit that is looked at is read as it is, kept up to date beside the window while somebody wants to know."""

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.digits.normalize import NormalizedDigit
from core.models.library import ModelBundle
from core.recognition.recognizer import Recognition
from gui.recognition.active_model import ActiveModel
from gui.system.background import Background, Checkpoint
from gui.system.timers import single_shot

if TYPE_CHECKING:
    from core.explaining.changes import Change
    from core.explaining.evidence import Evidence
    from core.explaining.explainer import Explainer

REST_MS = 150
"""After the last movement, before it is found out what would change the answer: that takes a tenth of a second."""


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """Why a digit is read as it is.

    Attributes
    ----------
    digit
        The network's input for it.
    evidence
        What in it speaks for the answer.
    changes
        What would make another digit of it; None while that is not known.
    """

    digit: NormalizedDigit
    evidence: "Evidence"
    changes: "tuple[Change, ...] | None" = None


@dataclass(frozen=True, slots=True)
class _Question:
    digit: NormalizedDigit
    answer: int
    against: int | None
    bundle: ModelBundle


class _Desk:
    """The explainer of the model that was asked for last. Used by one piece of background work at a time."""

    def __init__(self) -> None:
        self._explainer: Explainer | None = None

    def explainer_of(self, bundle: ModelBundle) -> "Explainer":
        """Raises ModelError."""
        from core.explaining.explainer import Explainer

        if self._explainer is None or self._explainer.bundle is not bundle:
            self._explainer = Explainer(bundle)
        return self._explainer

    def find_evidence(self, asked: _Question, checkpoint: Checkpoint) -> Explained:
        explainer = self.explainer_of(asked.bundle)
        return Explained(asked.digit, explainer.evidence(asked.digit.image, asked.answer, asked.against))

    def find_changes(self, bundle: ModelBundle, explained: Explained, checkpoint: Checkpoint) -> Explained:
        changes = self.explainer_of(bundle).changes(explained.digit, checkpoint)
        return replace(explained, changes=tuple(changes))


class LiveEvidence(QObject):
    """Explains the digit that is looked at, the newest one as soon as the one before is done. Does nothing while off.

    Attributes
    ----------
    is_on
        Whether somebody wants to know.
    against
        The digit that the answer is compared with; None: it is seen alone.

    Signals
    -------
    explained
        `(Explained | None)`: a digit was explained, or there is none to explain.
    switched
        `is_on` or `against` has changed.
    failed
        Why nothing can be explained, a sentence.
    """

    explained = Signal(object)
    switched = Signal()
    failed = Signal(str)

    def __init__(self, model: ActiveModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_on = False
        self.against: int | None = None
        self._model = model
        self._digit: NormalizedDigit | None = None
        self._answer: int | None = None
        self._asked: _Question | None = None
        self._explained: Explained | None = None
        self._work: Background | None = None
        self._desk = _Desk()
        self._rest = single_shot(self, self._begin_changes)

    def switch(self, is_on: bool) -> None:
        """Explain from now on, or no longer."""
        if is_on == self.is_on:
            return
        self.is_on = is_on
        self.against = None
        self.switched.emit()
        self._update()

    def compare_with(self, digit: int | None) -> None:
        """See what speaks for the answer rather than for `digit`; None, or the answer itself: for it alone."""
        against = None if digit == self._answer else digit
        if against != self.against:
            self.against = against
            self.switched.emit()
            self._update()

    def look_at(self, digit: NormalizedDigit | None, answer: Recognition) -> None:
        """Explain this digit from now on; None where there is none."""
        self._digit, self._answer = digit, answer.digit
        if self.against is not None and self.against == answer.digit:
            self.against = None
            self.switched.emit()
        self._update()

    def cancel(self) -> None:
        """Give up what is being found out."""
        self._rest.stop()
        if self._work is not None:
            self._work.cancel()

    def _update(self) -> None:
        question = self._question()
        if question == self._asked:
            return
        self._rest.stop()
        if question is None:
            self._asked = self._explained = None
            self.explained.emit(None)
        elif self._work is not None:
            self._work.cancel()  # when it is over, the newest question is asked
        else:
            self._begin_evidence(question)

    def _question(self) -> _Question | None:
        bundle = self._model.bundle
        if not self.is_on or self._digit is None or self._answer is None or bundle is None:
            return None
        return _Question(self._digit, self._answer, self.against, bundle)

    # --- in the background -----------------------------------------------------------------------------------

    def _begin_evidence(self, question: _Question) -> None:
        self._asked = question
        self._begin(Background(partial(self._desk.find_evidence, question), "The explanation", can_be_left=True))

    def _begin_changes(self) -> None:
        if self._work is None and self._asked is not None and self._explained is not None:
            find = partial(self._desk.find_changes, self._asked.bundle, self._explained)
            self._begin(Background(find, "The explanation", can_be_left=True))

    def _begin(self, work: Background) -> None:
        self._work = work
        work.done.connect(self._take)
        work.failed.connect(self._fail)
        work.finished.connect(self._finish)
        work.begin()

    def _take(self, explained: Explained) -> None:
        asked = self._asked
        if asked is None or explained.digit is not asked.digit:  # meanwhile it was switched off
            return
        self._explained = explained
        self.explained.emit(explained)

    def _fail(self, sentence: str) -> None:
        self._explained = None
        self.failed.emit(sentence)

    def _finish(self) -> None:
        self._work = None
        question = self._question()
        if question is not None and question != self._asked:
            self._begin_evidence(question)
        elif self._explained is not None and self._explained.changes is None:
            self._rest.start(REST_MS)
