"""Decide which answer to announce while someone is drawing, so that the display does not flicker.

The answer for an unfinished digit changes with every point. So an answer is only announced once it has been stable for
a while, and “not a digit” is never announced during a stroke. Certainty is the exception: it is lost at once and only
gained slowly, so that an unsure answer is never shown as sure.
"""

import math

from core.recognition.recognizer import BLANK, Recognition, Verdict

HOLD_SECONDS = 0.5
SURE_HOLD_SECONDS = 0.25
"""How long a new answer must be stable during a stroke before it is announced; less for a sure one."""
LOSE_SECONDS = 0.5
"""How long the announcement may be wrong during a stroke before it is withdrawn."""
GRACE_SECONDS = 0.4
"""How long “not a digit” is held back after a stroke: the first stroke of a 4 or 5 is no digit yet."""
SURE_FROM = 0.95
LEAST_CANDIDATE = 0.05
"""A second digit is only named from this probability on."""


class Announcer:
    """Turns the answers for the pad into announcements. Times are in seconds, of any clock.

    - During a stroke, the announcement only changes to an answer that has been stable for `HOLD_SECONDS`, or for
      `SURE_HOLD_SECONDS` when the model is sure. Being less sure of the same digit is announced at once. An answer
      with no digit, or with one that is not named, puts the announcement in doubt until an answer is stable again.
      When other answers have lasted for `LOSE_SECONDS`, and none is about to be announced, the announcement is
      withdrawn. “Not a digit” is never announced, and withdrawn at once if it was announced before.
    - Otherwise the answer is announced at once; only “not a digit” waits until `GRACE_SECONDS` after the stroke.

    Attributes
    ----------
    announcement
        The current announcement; None when the drawing is not clear yet.
    is_in_doubt
        Whether the announced digit may still be shown, but not as certain: the model has just answered something
        else.
    due_at
        When the announcement will change if nothing happens until then: call `hear` with the same answer again at
        that time. None when nothing would change.
    """

    def __init__(self) -> None:
        self.announcement: Recognition | None = BLANK
        self.is_in_doubt = False
        self.due_at: float | None = None
        self._grace_ends = -math.inf
        self._forget()

    def lift_pen(self, now: float) -> None:
        """A stroke has ended; its answer comes next."""
        self._grace_ends = now + GRACE_SECONDS

    def end_grace(self) -> None:
        """The next answers are not about a stroke that has just ended: do not hold back “not a digit”."""
        self._grace_ends = -math.inf

    def hear(self, now: float, answer: Recognition, *, is_drawing: bool) -> Recognition | None:
        """Take the answer for the pad, and return the announcement; None for none.

        Parameters
        ----------
        now
            Never earlier than in the calls before.
        is_drawing
            Whether the answer is about an unfinished stroke.
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
        """Whether `answer` reads like the announcement, or is less sure of the same digit."""
        said = self.announcement
        if said is None or _words(answer) == _words(said):
            return said is not None
        return _digit(answer) == _digit(said) and _certainty(answer) < _certainty(said)

    def _measure(self, now: float, answer: Recognition) -> None:
        """Note since when the digit, its wording, and doubts about the announcement have lasted."""
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
        """Whether `answer` has another digit than the announcement, or none."""
        return _digit(answer) is None or _digit(answer) != _digit(self.announcement)

    def _lose(self, now: float) -> None:
        if self.announcement is None or self._doubted_since is None:
            return
        ends = self._doubted_since + LOSE_SECONDS
        if self.due_at is not None and self.due_at <= ends + HOLD_SECONDS:
            return  # another digit is about to be announced: withdrawing just before it would flicker
        if now >= ends:
            self.announcement = None
        else:
            self.due_at = ends if self.due_at is None else min(self.due_at, ends)


def is_sure(answer: Recognition) -> bool:
    """Whether a digit can be announced without reservation."""
    return answer.verdict == Verdict.DIGIT and answer.confidence >= SURE_FROM


def name_candidates(answer: Recognition) -> tuple[int, ...]:
    """The digits that an unsure answer can mean, the more probable first.

    Only one when no other digit is probable: then the doubt is whether it is a digit at all.
    """
    first, second = answer.candidates
    return (first, second) if answer.probabilities[second] >= LEAST_CANDIDATE else (first,)


def named_digits(answer: Recognition | None) -> tuple[int, ...]:
    """The digits that the announcement of an answer names."""
    if answer is None or answer.digit is None or answer.verdict == Verdict.NOT_A_DIGIT:
        return ()
    return name_candidates(answer) if answer.verdict == Verdict.UNSURE else (answer.digit,)


def _digit(answer: Recognition | None) -> int | None:
    """The digit of an answer; None when there is none."""
    return None if answer is None or answer.verdict == Verdict.NOT_A_DIGIT else answer.digit


def _certainty(answer: Recognition) -> int:
    """The certainty of the digit: 0 unsure, 1 likely, 2 sure."""
    return 2 if is_sure(answer) else int(answer.verdict == Verdict.DIGIT)


def _words(answer: Recognition | None) -> tuple[object, ...]:
    """The wording of an answer: equal for answers that only differ in numbers."""
    if _digit(answer) is None or answer is None:
        return ()
    if answer.verdict == Verdict.UNSURE:
        return (Verdict.UNSURE, *name_candidates(answer))
    return answer.digit, is_sure(answer)
