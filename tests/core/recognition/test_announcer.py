"""What is said while somebody draws, on a clock that the tests turn."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digits.normalize import NormalizedDigit
from core.recognition.announcer import (
    GRACE_SECONDS,
    HOLD_SECONDS,
    LOSE_SECONDS,
    SURE_HOLD_SECONDS,
    Announcer,
)
from core.recognition.answers import Answer, is_named, is_sure, name_candidates
from core.recognition.numbers import NumberReading, ReadDigit
from core.recognition.recognizer import BLANK, Recognition, Verdict

FRAME = 0.016


def make_answer(verdict: Verdict, best: float, digit: int, other: int) -> Recognition:
    rest = (0.995 - best) / 8
    shares = {digit: best, other: 0.005 + rest}
    return Recognition(digit, tuple(shares.get(number, rest) for number in range(10)), verdict)


def sure(digit: int) -> Recognition:
    return make_answer(Verdict.DIGIT, 0.97, digit, (digit + 1) % 10)


def fairly_sure(digit: int) -> Recognition:
    return make_answer(Verdict.DIGIT, 0.8, digit, (digit + 1) % 10)


def unsure(digit: int, other: int) -> Recognition:
    rest = 0.1 / 8
    shares = {digit: 0.5, other: 0.4}
    return Recognition(digit, tuple(shares.get(number, rest) for number in range(10)), Verdict.UNSURE)


def number(*digits: Recognition) -> NumberReading:
    """Each of `digits` read in one row."""
    image = np.zeros((28, 28), np.uint8)
    normalized = NormalizedDigit(image, image[4:24, 4:24], image, (0.0, 0.0, 28.0), (0, 0), 2.7)
    return NumberReading(tuple(ReadDigit(digit, normalized, (0.0, 0.0, 28.0, 28.0)) for digit in digits))


REFUSAL = make_answer(Verdict.NOT_A_DIGIT, 0.4, 3, 5)


class Clock:
    """Tells an announcer what is answered, frame by frame, and when what it waits for is due."""

    def __init__(self) -> None:
        self.now = 100.0
        self.announcer = Announcer()
        self.said: list[Answer | None] = [BLANK]

    def draw(self, *answers: Answer, seconds: float = FRAME) -> Answer | None:
        """Each answer stands for `seconds` of a stroke."""
        return self._hear(answers, seconds, is_drawing=True)

    def lift(self, answer: Answer, seconds: float = 0.0) -> Answer | None:
        self.announcer.end_grace()  # as the change of the ink does
        self.announcer.lift_pen(self.now)
        return self._hear((answer,), seconds, is_drawing=False)

    def show(self, answer: Answer) -> Answer | None:
        """The ink came otherwise: opened, undone, cleared."""
        self.announcer.end_grace()
        return self._hear((answer,), 0.0, is_drawing=False)

    def _hear(self, answers: tuple[Answer, ...], seconds: float, *, is_drawing: bool) -> Answer | None:
        for answer in answers:
            self._say(answer, is_drawing)
            end = self.now + seconds
            while (due := self.announcer.due_at) is not None and due <= end:
                assert due > self.now, "due in the past: it would be asked for without end"
                self.now = due
                self._say(answer, is_drawing)
            self.now = end
        return self.announcer.announcement

    def _say(self, answer: Answer, is_drawing: bool) -> None:
        said = self.announcer.hear(self.now, answer, is_drawing=is_drawing)
        assert said is self.announcer.announcement
        if said != self.said[-1]:
            self.said.append(said)


FORTY_TWO, FORTY_SEVEN = number(sure(4), sure(2)), number(sure(4), sure(7))
FORTY_TWO_OR_SEVEN = number(sure(4), unsure(2, 7))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.mark.parametrize(
    ("answer", "hold"),
    [
        (sure(1), SURE_HOLD_SECONDS),
        (fairly_sure(1), HOLD_SECONDS),
        (unsure(1, 7), HOLD_SECONDS),
        (FORTY_TWO, SURE_HOLD_SECONDS),
        (number(sure(4), fairly_sure(2)), HOLD_SECONDS),
        (FORTY_TWO_OR_SEVEN, HOLD_SECONDS),
    ],
)
def test_an_answer_is_said_once_it_has_lasted(clock: Clock, answer: Answer, hold: float) -> None:
    assert clock.draw(answer, seconds=hold * 0.9) in (BLANK, None)
    assert clock.draw(answer, seconds=hold * 0.2) == answer


def test_a_pen_that_rests_is_answered_without_another_point(clock: Clock) -> None:
    assert clock.draw(sure(6), seconds=2.0) == sure(6)
    assert clock.announcer.due_at is None


def test_what_does_not_last_is_not_said(clock: Clock) -> None:
    clock.draw(sure(1), seconds=1.0)
    for other in (REFUSAL, unsure(7, 1), sure(4), REFUSAL, fairly_sure(9)):
        assert clock.draw(other, sure(1)) == sure(1)


def test_flicker_between_a_digit_and_refusals_is_silence(clock: Clock) -> None:
    clock.draw(sure(1), seconds=1.0)
    clock.draw(*[REFUSAL, sure(4)] * 60)
    assert clock.said == [BLANK, sure(1), None]


def test_no_refusal_is_said_while_drawing_and_the_last_digit_is_taken_back(clock: Clock) -> None:
    clock.draw(sure(4), seconds=1.0)
    assert clock.draw(REFUSAL, seconds=LOSE_SECONDS / 2) == sure(4)
    assert clock.draw(REFUSAL, seconds=5.0) is None


def test_another_digit_follows_without_silence_between(clock: Clock) -> None:
    clock.draw(sure(1), seconds=1.0)
    clock.draw(REFUSAL, seconds=LOSE_SECONDS * 0.9)
    clock.draw(sure(4), seconds=1.0)
    assert clock.said == [BLANK, sure(1), sure(4)]


def test_the_next_stroke_withdraws_a_refusal_at_once(clock: Clock) -> None:
    assert clock.show(REFUSAL) == REFUSAL
    assert clock.draw(REFUSAL) is None


def test_a_digit_that_lasts_is_said_although_its_certainty_does_not(clock: Clock) -> None:
    clock.draw(sure(1), seconds=1.0)
    said = clock.draw(*[unsure(4, 9), fairly_sure(4), sure(4)] * 10)
    assert said is not None
    assert said.digit == 4


def test_certainty_is_lost_at_once_and_does_not_flicker(clock: Clock) -> None:
    clock.draw(sure(4), seconds=1.0)
    clock.draw(*[fairly_sure(4), sure(4), unsure(4, 9)] * 20)
    assert clock.said == [BLANK, sure(4), fairly_sure(4), unsure(4, 9)]
    assert clock.draw(fairly_sure(4), seconds=HOLD_SECONDS * 0.9) == unsure(4, 9)
    assert clock.draw(fairly_sure(4), seconds=HOLD_SECONDS * 0.2) == fairly_sure(4)


def test_a_digit_is_not_lost_to_doubts_about_its_certainty(clock: Clock) -> None:
    clock.draw(sure(4), seconds=1.0)
    clock.draw(*[fairly_sure(4), unsure(4, 9)] * 60)
    assert clock.said[-1] == unsure(4, 9)
    assert not clock.announcer.is_in_doubt


@pytest.mark.parametrize("other", [sure(2), unsure(2, 7), REFUSAL])
def test_what_is_said_is_in_doubt_as_soon_as_the_model_says_something_else(clock: Clock, other: Recognition) -> None:
    """The digit stays, so that nothing flickers, but nothing is claimed of it until an answer has lasted."""
    clock.draw(sure(1), seconds=1.0)
    assert not clock.announcer.is_in_doubt
    assert clock.draw(other) == sure(1)
    assert clock.announcer.is_in_doubt
    clock.draw(sure(1), seconds=SURE_HOLD_SECONDS * 0.9)
    assert clock.announcer.is_in_doubt
    assert clock.draw(sure(1), seconds=SURE_HOLD_SECONDS * 0.2) == sure(1)
    assert not clock.announcer.is_in_doubt


def test_a_named_candidate_is_no_contradiction(clock: Clock) -> None:
    clock.draw(unsure(4, 9), seconds=1.0)
    assert clock.draw(sure(9)) == unsure(4, 9)
    assert not clock.announcer.is_in_doubt


def test_the_end_of_a_stroke_ends_the_doubt(clock: Clock) -> None:
    clock.draw(sure(1), seconds=1.0)
    clock.draw(sure(2))
    assert clock.lift(sure(2)) == sure(2)
    assert not clock.announcer.is_in_doubt


def test_what_an_earlier_stroke_was_taken_for_counts_no_more(clock: Clock) -> None:
    clock.draw(sure(1), seconds=1.0)
    clock.lift(unsure(4, 9), seconds=0.3)
    assert clock.draw(sure(1)) == unsure(4, 9)


def test_whether_a_sample_decided_does_not_flicker(clock: Clock) -> None:
    by_sample = replace(sure(4), sample=9)
    clock.draw(sure(4), seconds=1.0)
    clock.draw(*[by_sample, sure(4)] * 40)
    assert clock.said == [BLANK, sure(4)]
    assert clock.draw(by_sample, seconds=SURE_HOLD_SECONDS) == by_sample


def test_the_order_of_two_candidates_does_not_flicker(clock: Clock) -> None:
    clock.draw(unsure(4, 9), seconds=1.0)
    clock.draw(*[unsure(9, 4), unsure(4, 9)] * 40)
    assert clock.said == [BLANK, unsure(4, 9)]


def test_a_second_digit_that_is_hardly_possible_is_not_named(clock: Clock) -> None:
    """What is doubted then is that it is a digit; which of the others comes second is noise."""
    doubts = [make_answer(Verdict.UNSURE, 0.96, 4, other) for other in (9, 7, 1)]
    assert [name_candidates(doubt) for doubt in doubts] == [(4,)] * 3
    assert name_candidates(unsure(4, 9)) == (4, 9)
    assert clock.draw(*doubts * 20) in doubts


def test_the_numbers_of_what_is_said_are_today_s(clock: Clock) -> None:
    clock.draw(sure(4), seconds=1.0)
    newer = make_answer(Verdict.DIGIT, 0.98, 4, 9)
    assert clock.draw(newer) == newer
    older = make_answer(Verdict.DIGIT, 0.96, 4, 9)
    assert clock.draw(older) == older


@pytest.mark.parametrize("answer", [sure(4), fairly_sure(4), unsure(4, 9)])
def test_the_end_of_a_stroke_is_answered_at_once(clock: Clock, answer: Answer) -> None:
    clock.draw(sure(1), seconds=1.0)
    assert clock.lift(answer) == answer
    assert clock.announcer.due_at is None


def test_a_refused_stroke_gets_a_grace(clock: Clock) -> None:
    clock.draw(sure(1), seconds=1.0)
    assert clock.lift(REFUSAL, seconds=GRACE_SECONDS * 0.9) is None
    assert clock.lift(REFUSAL, seconds=GRACE_SECONDS * 0.9) is None  # a second stroke begins another
    assert clock.lift(REFUSAL, seconds=GRACE_SECONDS * 1.1) == REFUSAL
    assert clock.announcer.due_at is None


def test_the_second_stroke_within_the_grace_keeps_the_refusal_unsaid(clock: Clock) -> None:
    clock.draw(REFUSAL, seconds=0.3)
    clock.lift(REFUSAL, seconds=GRACE_SECONDS / 2)
    clock.draw(REFUSAL, unsure(4, 9))
    assert clock.lift(sure(4), seconds=5.0) == sure(4)
    assert REFUSAL not in clock.said


@pytest.mark.parametrize("answer", [BLANK, REFUSAL, sure(2), unsure(1, 7)])
def test_what_was_not_drawn_is_answered_at_once_even_within_the_grace(clock: Clock, answer: Answer) -> None:
    clock.lift(REFUSAL, seconds=GRACE_SECONDS / 4)
    assert clock.show(answer) == answer
    assert clock.announcer.due_at is None


def test_without_a_model_nothing_is_said_about_a_stroke(clock: Clock) -> None:
    assert clock.draw(BLANK, seconds=5.0) == BLANK


def test_a_number_is_as_sure_as_its_least_sure_digit(clock: Clock) -> None:
    clock.draw(FORTY_TWO, seconds=1.0)
    assert clock.draw(FORTY_TWO_OR_SEVEN) == FORTY_TWO_OR_SEVEN
    assert not is_sure(FORTY_TWO_OR_SEVEN)
    assert clock.draw(FORTY_SEVEN) == FORTY_TWO_OR_SEVEN
    assert not clock.announcer.is_in_doubt, "the other candidate is named"


@pytest.mark.parametrize("other", [sure(4), FORTY_SEVEN, REFUSAL, number(sure(4), sure(2), sure(2))])
def test_another_number_puts_what_is_said_in_doubt(clock: Clock, other: Answer) -> None:
    clock.draw(FORTY_TWO, seconds=1.0)
    assert clock.draw(other) == FORTY_TWO
    assert clock.announcer.is_in_doubt


def test_what_was_not_read_is_not_mentioned_during_a_stroke_and_shortly_after(clock: Clock) -> None:
    announcer = clock.announcer
    announcer.hear(clock.now, FORTY_TWO, is_drawing=True, unread=1)
    assert announcer.unread == 0
    announcer.lift_pen(clock.now)
    announcer.hear(clock.now, FORTY_TWO, is_drawing=False, unread=1)
    assert announcer.unread == 0
    assert announcer.due_at == clock.now + GRACE_SECONDS
    announcer.hear(clock.now + GRACE_SECONDS, FORTY_TWO, is_drawing=False, unread=1)
    assert announcer.unread == 1
    assert announcer.due_at is None


NUMBERS = [FORTY_TWO, FORTY_SEVEN, FORTY_TWO_OR_SEVEN]
ANSWERS = st.sampled_from([REFUSAL, sure(1), sure(4), fairly_sure(4), unsure(4, 9), unsure(9, 4), sure(9), *NUMBERS])


@given(st.lists(st.tuples(ANSWERS, st.floats(0.001, 0.5)), max_size=60))
def test_whatever_is_answered_drawing_is_calm(answers: list[tuple[Answer, float]]) -> None:
    clock = Clock()
    gains = 0
    for answer, seconds in answers:
        before = claim(clock)
        said = clock.draw(answer, seconds=seconds)
        assert said is None or said.verdict != Verdict.NOT_A_DIGIT
        gains += is_gain(before, claim(clock))
    drawn = sum(seconds for _, seconds in answers)
    assert gains <= drawn / SURE_HOLD_SECONDS + 1
    final = clock.lift(answers[-1][0] if answers else BLANK, seconds=1.0)
    assert final == (answers[-1][0] if answers else BLANK)


@given(st.lists(ANSWERS, min_size=1, max_size=200))
def test_nothing_is_claimed_that_the_model_does_not_claim_now(answers: list[Answer]) -> None:
    clock = Clock()
    for answer in answers:
        clock.draw(answer)
        how_sure, said = claim(clock)
        if how_sure:
            assert is_named(answer, said)
            assert how_sure <= certainty(answer)


Claim = tuple[int, Answer | None]


def claim(clock: Clock) -> Claim:
    """How sure it is said to be, and of what: nothing where there is doubt."""
    said = clock.announcer.announcement
    return (0, None) if said is None or clock.announcer.is_in_doubt else (certainty(said), said)


def certainty(said: Answer) -> int:
    """0 for nothing, 1 for a doubt, 2 for fairly sure, 3 for sure."""
    if said.verdict == Verdict.DIGIT:
        return 2 + is_sure(said)
    return int(said.verdict == Verdict.UNSURE)


def is_gain(before: Claim, after: Claim) -> bool:
    """Whether more is claimed than before, or something else: what must not happen too often."""
    return after[0] > before[0] or (after[0] > 0 and after[1] is not None and not is_named(after[1], before[1]))
