"""Decide which answer to announce while someone is drawing, so that the display does not flicker.

The answer for an unfinished digit changes with every point. So an answer is only announced once it has been stable for
a while, and “not a digit” is never announced during a stroke. Certainty is the exception: it is lost at once and only
gained slowly, so that an unsure answer is never shown as sure.
"""

import math

from core.recognition.answers import Answer, certainty, is_named, is_sure, text_of, wording
from core.recognition.recognizer import BLANK, Verdict

HOLD_SECONDS = 0.5
SURE_HOLD_SECONDS = 0.25
"""How long a new answer must be stable during a stroke before it is announced; less for a sure one."""
LOSE_SECONDS = 0.5
"""How long the announcement may be wrong during a stroke before it is withdrawn."""
GRACE_SECONDS = 0.4
"""How long “not a digit” is held back after a stroke: the first stroke of a 4 or 5 is no digit yet."""


class Announcer:
    """Turns the answers for the pad into announcements. Times are in seconds, of any clock.

    A number of several digits is announced as a digit is; it is as sure as its least sure digit.

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
    unread
        How many marks that were not read are to be mentioned: none during a stroke and shortly after, because the next
        stroke may make a digit of what is there.
    due_at
        When the announcement will change if nothing happens until then: call `hear` with the same answer again at
        that time. None when nothing would change.
    """

    def __init__(self) -> None:
        self.announcement: Answer | None = BLANK
        self.is_in_doubt = False
        self.unread = 0
        self.due_at: float | None = None
        self._grace_ends = -math.inf
        self._forget()

    def lift_pen(self, now: float) -> None:
        """A stroke has ended; its answer comes next."""
        self._grace_ends = now + GRACE_SECONDS

    def end_grace(self) -> None:
        """The next answers are not about a stroke that has just ended: do not hold back “not a digit”."""
        self._grace_ends = -math.inf

    def hear(self, now: float, answer: Answer, *, is_drawing: bool, unread: int = 0) -> Answer | None:
        """Take the answer for the pad, and return the announcement; None for none.

        Parameters
        ----------
        now
            Never earlier than in the calls before.
        is_drawing
            Whether the answer is about an unfinished stroke.
        unread
            How many marks were not read.
        """
        self.due_at = None
        waits = now < self._grace_ends
        self.unread = 0 if is_drawing or waits else unread
        if is_drawing and answer.verdict != Verdict.BLANK:
            self._listen(now, answer)
            return self.announcement
        self._forget()
        self.announcement = answer
        if waits and answer.verdict == Verdict.NOT_A_DIGIT:
            self.announcement = None
        if waits and (unread or answer.verdict == Verdict.NOT_A_DIGIT):
            self.due_at = self._grace_ends
        return self.announcement

    def _forget(self) -> None:
        self._heard: Answer | None = None
        self._digit_since = self._words_since = 0.0
        self._doubted_since: float | None = None
        self.is_in_doubt = False

    def _listen(self, now: float, answer: Answer) -> None:
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

    def _claims_no_more(self, answer: Answer) -> bool:
        """Whether `answer` reads like the announcement, or is less sure of the same digit."""
        said = self.announcement
        if said is None or wording(answer) == wording(said):
            return said is not None
        return text_of(answer) == text_of(said) and certainty(answer) < certainty(said)

    def _measure(self, now: float, answer: Answer) -> None:
        """Note since when the digit, its wording, and doubts about the announcement have lasted."""
        if text_of(answer) != text_of(self._heard):
            self._digit_since = now
        if wording(answer) != wording(self._heard):
            self._words_since = now
        self._heard = answer
        if not self._is_doubted(answer):
            self._doubted_since = None
            return
        self.is_in_doubt |= answer.verdict == Verdict.NOT_A_DIGIT or not is_named(answer, self.announcement)
        if self._doubted_since is None:
            self._doubted_since = now

    def _has_lasted_at(self, answer: Answer) -> float:
        is_of_digit = self.is_in_doubt or self._is_doubted(answer)
        since = self._digit_since if is_of_digit else self._words_since
        return since + (SURE_HOLD_SECONDS if is_sure(answer) else HOLD_SECONDS)

    def _is_doubted(self, answer: Answer) -> bool:
        """Whether `answer` has another digit than the announcement, or none."""
        return text_of(answer) is None or text_of(answer) != text_of(self.announcement)

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
