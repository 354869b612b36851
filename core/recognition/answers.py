"""Answers for the pad, one digit or a number of several: which digits they name, and how sure they are."""

from core.recognition.numbers import NumberReading
from core.recognition.recognizer import Recognition, Verdict

SURE_FROM = 0.95
LEAST_CANDIDATE = 0.05
"""A second digit is only named from this probability on."""

Answer = Recognition | NumberReading
"""One digit, or one mark that is none; or a number of at least two digits."""


def answer_of(reading: NumberReading) -> Answer:
    """The answer for what was read: one digit stays one digit, whatever was left out beside it."""
    return reading.whole if reading.is_single else reading


def digits_of(answer: Answer) -> tuple[Recognition, ...]:
    """The answer for each digit, in reading order."""
    return (answer,) if isinstance(answer, Recognition) else tuple(digit.recognition for digit in answer.digits)


def text_of(answer: Answer | None) -> str | None:
    """What is read, with a line for each row; None when it is no digit."""
    if isinstance(answer, NumberReading):
        return answer.text
    is_none = answer is None or answer.digit is None or answer.verdict == Verdict.NOT_A_DIGIT
    return None if is_none or answer is None else str(answer.digit)


def is_sure(answer: Answer) -> bool:
    """Whether a digit, or each digit of a number, can be announced without reservation."""
    return all(one.verdict == Verdict.DIGIT and one.confidence >= SURE_FROM for one in digits_of(answer))


def certainty(answer: Answer) -> int:
    """The certainty of the digit, or of the least certain one: 0 unsure, 1 likely, 2 sure."""
    return 2 if is_sure(answer) else int(answer.verdict == Verdict.DIGIT)


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


def is_named(answer: Answer, announcement: Answer | None) -> bool:
    """Whether the digit that was answered, or each one of a number, is among those that an announcement names."""
    if announcement is None or _rows(answer) != _rows(announcement):
        return False
    pairs = zip(digits_of(answer), digits_of(announcement), strict=True)
    return all(one.verdict != Verdict.NOT_A_DIGIT and one.digit in named_digits(said) for one, said in pairs)


def wording(answer: Answer | None) -> tuple[object, ...]:
    """The wording of an answer: equal for answers that only differ in numbers."""
    if answer is None or text_of(answer) is None:
        return ()
    by_sample = isinstance(answer, Recognition) and answer.sample is not None
    return _rows(answer), by_sample, *map(_wording_of_one, digits_of(answer))


def _wording_of_one(answer: Recognition) -> tuple[object, ...]:
    if answer.verdict == Verdict.UNSURE:
        return Verdict.UNSURE, *name_candidates(answer)
    return answer.digit, is_sure(answer)


def _rows(answer: Answer) -> tuple[int, ...]:
    """The row of each digit."""
    return (0,) if isinstance(answer, Recognition) else tuple(digit.row for digit in answer.digits)
