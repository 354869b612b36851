"""Which answer to say while somebody draws: a calm one.

Half a digit is another digit, or none, with every point. Saying all of that as it comes would flicker; so an answer is
said only once it has lasted, and nobody is told “not a digit” about something that is still being drawn. Certainty is
the exception: it is lost at once, and only gained slowly, so that nothing is ever called sure that is not.
"""

import math

from core.recognition.recognizer import BLANK, Recognition, Verdict

HOLD_SECONDS = 0.5
SURE_HOLD_SECONDS = 0.25
"""How long another answer has to last, while a stroke is under way, before it is said: a sure one less long."""
LOSE_SECONDS = 0.5
"""How long what is said may be wrong, while a stroke is under way, before nothing is said any more."""
GRACE_SECONDS = 0.4
"""How long after a stroke a refusal waits for the next one: the first stroke of a 4 or 5 alone is no digit."""
SURE_FROM = 0.95
LEAST_CANDIDATE = 0.05
"""Probability under which a second digit is not worth naming."""


class Announcer:
    """Turns the answers for what is on the pad into those that are said. Times are in seconds, of any clock.

    - While a stroke is under way, what is said changes only to what has lasted for `HOLD_SECONDS`, or for
      `SURE_HOLD_SECONDS` where the model is sure. Only to be less sure of the same digit takes no time, and as soon
      as a digit that was not named, or none, is answered, what is said is in doubt until an answer has lasted again.
      When another digit, or none, has been answered for `LOSE_SECONDS`, and nothing is about to take its place,
      nothing is said any more. A refusal is never said, and one from before is withdrawn at once.
    - Otherwise the answer is said at once; only a refusal waits until `GRACE_SECONDS` after the end of a stroke.

    Attributes
    ----------
    announcement
        What is said now; None for nothing: the drawing is not clear yet.
    is_in_doubt
        Whether the digit of the announcement may still be shown, but nothing may be claimed of it: the model has
        just answered something else.
    due_at
        When something else will have to be said if nothing happens until then: `hear` the same answer again at
        that time. None when nothing would change.
    """

    def __init__(self) -> None:
        self.announcement: Recognition | None = BLANK
        self.is_in_doubt = False
        self.due_at: float | None = None
        self._grace_ends = -math.inf
        self._forget()

    def lift_pen(self, now: float) -> None:
        """A stroke has ended. The answer for it comes next."""
        self._grace_ends = now + GRACE_SECONDS

    def end_grace(self) -> None:
        """What is answered from now on is not about a stroke that has just ended: there is nothing to wait for."""
        self._grace_ends = -math.inf

    def hear(self, now: float, answer: Recognition, *, is_drawing: bool) -> Recognition | None:
        """Take the answer for what is on the pad, and return what is to be said; None for nothing.

        Parameters
        ----------
        now
            Never before the `now` of an earlier call.
        is_drawing
            Whether the answer is about a stroke under way.
        """
        self.due_at = None
        if is_drawing and answer.verdict != Verdict.BLANK:
            self._listen(now, answer)
            return self.announcement
        self._forget()
        self.announcement = answer
        if answer.verdict == Verdict.NOT_A_DIGIT and now < self._grace_ends:
            self.announcement = None
            self.due_at = self._grace_ends
        return self.announcement

    def _forget(self) -> None:
        self._heard: Recognition | None = None
        self._digit_since = self._words_since = 0.0
        self._doubted_since: float | None = None
        self.is_in_doubt = False

    def _listen(self, now: float, answer: Recognition) -> None:
        if self.announcement is not None and self.announcement.verdict == Verdict.NOT_A_DIGIT:
            self.announcement = None
        self._measure(now, answer)
        if answer.verdict != Verdict.NOT_A_DIGIT:
            has_lasted_at = self._has_lasted_at(answer)
            if now >= has_lasted_at or (not self.is_in_doubt and self._claims_no_more(answer)):
                self.announcement = answer
                self.is_in_doubt = False
                self._doubted_since = None
                return
            self.due_at = has_lasted_at
        self._lose(now)

    def _claims_no_more(self, answer: Recognition) -> bool:
        """Whether `answer` has the same words as what is said, or says of the same digit that it is less sure."""
        said = self.announcement
        if said is None or _words(answer) == _words(said):
            return said is not None
        return _digit(answer) == _digit(said) and _certainty(answer) < _certainty(said)

    def _measure(self, now: float, answer: Recognition) -> None:
        """Note since when the digit, its words, and doubts of what is said have been heard."""
        if _digit(answer) != _digit(self._heard):
            self._digit_since = now
        if _words(answer) != _words(self._heard):
            self._words_since = now
        self._heard = answer
        if not self._is_doubted(answer):
            self._doubted_since = None
            return
        self.is_in_doubt |= answer.verdict == Verdict.NOT_A_DIGIT or answer.digit not in named_digits(self.announcement)
        if self._doubted_since is None:
            self._doubted_since = now

    def _has_lasted_at(self, answer: Recognition) -> float:
        is_of_digit = self.is_in_doubt or self._is_doubted(answer)
        since = self._digit_since if is_of_digit else self._words_since
        return since + (SURE_HOLD_SECONDS if is_sure(answer) else HOLD_SECONDS)

    def _is_doubted(self, answer: Recognition) -> bool:
        """Whether `answer` has another digit than the one that is said, or none."""
        return _digit(answer) is None or _digit(answer) != _digit(self.announcement)

    def _lose(self, now: float) -> None:
        if self.announcement is None or self._doubted_since is None:
            return
        ends = self._doubted_since + LOSE_SECONDS
        if self.due_at is not None and self.due_at <= ends + HOLD_SECONDS:
            return  # another digit came in time: silence just before it would be a flicker
        if now >= ends:
            self.announcement = None
        else:
            self.due_at = ends if self.due_at is None else min(self.due_at, ends)


def is_sure(answer: Recognition) -> bool:
    """Whether a digit can be said without reserve."""
    return answer.verdict == Verdict.DIGIT and answer.confidence >= SURE_FROM


def name_candidates(answer: Recognition) -> tuple[int, ...]:
    """The digits that an unsure answer may stand for, the likelier one first.

    Only one where no other digit comes near it: then the doubt is whether it is a digit at all.
    """
    first, second = answer.candidates
    return (first, second) if answer.probabilities[second] >= LEAST_CANDIDATE else (first,)


def named_digits(answer: Recognition | None) -> tuple[int, ...]:
    """The digits that an answer, when it is said, calls the drawing or a possibility."""
    if answer is None or answer.digit is None or answer.verdict == Verdict.NOT_A_DIGIT:
        return ()
    return name_candidates(answer) if answer.verdict == Verdict.UNSURE else (answer.digit,)


def _digit(answer: Recognition | None) -> int | None:
    """The digit that an answer stands for; None where there is none."""
    return None if answer is None or answer.verdict == Verdict.NOT_A_DIGIT else answer.digit


def _certainty(answer: Recognition) -> int:
    """How much is claimed of the digit: 0 for a doubt, 2 for a sure answer."""
    return 2 if is_sure(answer) else int(answer.verdict == Verdict.DIGIT)


def _words(answer: Recognition | None) -> tuple[object, ...]:
    """What is said of an answer: the same for two answers that differ in numbers only."""
    if _digit(answer) is None or answer is None:
        return ()
    if answer.verdict == Verdict.UNSURE:
        return (Verdict.UNSURE, *name_candidates(answer))
    return answer.digit, is_sure(answer)
