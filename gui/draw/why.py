"""Why: shows on the pad what speaks for the answer, and lets it be compared with another digit."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from core.digits.arrays import Image
from core.wording.explaining_messages import Hint, Reason, WhatIf, what_if
from gui.draw.network_view import NetworkView
from gui.draw.probability_bars import ProbabilityBars
from gui.pad.canvas import Canvas
from gui.pad.evidence_mark import EvidenceMark
from gui.recognition.live_evidence import Explained, LiveEvidence


class Why(QObject):
    """Connects the explanation of the digit that is looked at with the pad, the network's view of it, bars and action.

    A bar that is clicked is what the answer is compared with: the same one, or the answer's own, ends that.
    """

    def __init__(
        self, evidence: LiveEvidence, canvas: Canvas, network: NetworkView, bars: ProbabilityBars, action: QAction
    ) -> None:
        super().__init__(canvas)
        self._network = network
        self._evidence = evidence
        self._canvas = canvas
        self._bars = bars
        self._action = action
        action.toggled.connect(evidence.switch)
        bars.chosen.connect(self.compare_with)
        evidence.explained.connect(self._show)
        evidence.failed.connect(self._show_problem)
        evidence.switched.connect(self._follow)

    def compare_with(self, digit: int) -> None:
        """See what speaks for the answer rather than for `digit`."""
        self._evidence.switch(True)
        self._evidence.compare_with(None if digit == self._evidence.against else digit)

    def _follow(self) -> None:
        self._action.setChecked(self._evidence.is_on)
        self._bars.compare_with(self._evidence.against)
        self._show(None)

    def _show(self, explained: Explained | None) -> None:
        self._network.show_evidence(None if explained is None else _colours(explained))
        if explained is not None:
            self._canvas.show_evidence(_mark(explained))
        else:
            self._canvas.show_evidence(None, str(Hint.DRAW()) if self._evidence.is_on else "")

    def _show_problem(self, sentence: str) -> None:
        self._network.show_evidence(None)
        self._canvas.show_evidence(None, sentence)


def _colours(explained: Explained) -> Image:
    from core.explaining.picture import tinted

    return tinted(explained.digit.image, explained.evidence)


def _mark(explained: Explained) -> EvidenceMark:
    from core.explaining.changes import ChangeKind
    from core.explaining.picture import evidence_shares

    evidence, changes = explained.evidence, explained.changes
    digit, against = evidence.digit, evidence.against
    reason = Reason.FOR_ONE(digit=digit) if against is None else Reason.RATHER(digit=digit, other=against)
    shares = evidence_shares(explained.digit.image, evidence)
    if changes is None:
        return EvidenceMark(explained.digit, shares, str(reason))
    told = next((change for change in changes if change.digit == against), changes[0] if changes else None)
    if told is None:
        return EvidenceMark(explained.digit, shares, f"{reason}\n{WhatIf.NOTHING()}")
    caption = f"{reason}\n{what_if(told.kind, told.digit)}"
    return EvidenceMark(explained.digit, shares, caption, told.ghost, told.kind == ChangeKind.WITHOUT)
