"""An answer in words."""

import math

from core.recognition.answers import Answer, digits_of, is_sure, name_candidates, named_digits
from core.recognition.numbers import NumberReading
from core.recognition.recognizer import Recognition, Verdict
from core.wording.answer_phrases import LIKE_YOURS, AnswerPhrase
from core.wording.percentages import probability_text

MOST_IN_TWO = 4
"""Digits of a number that is named together with another one that it may be."""


def saying_of(announcement: Answer | None) -> AnswerPhrase:
    """What is said of an announcement; None: nothing is certain yet."""
    if announcement is None:
        return AnswerPhrase.UNDECIDED
    match announcement.verdict:
        case Verdict.BLANK:
            return AnswerPhrase.BLANK
        case Verdict.NOT_A_DIGIT:
            return AnswerPhrase.NOT_A_DIGIT
        case Verdict.UNSURE:
            return _doubt_of(announcement)
    return AnswerPhrase.SURE if is_sure(announcement) else AnswerPhrase.FAIRLY_SURE


def digit_text(announcement: Answer | None) -> str:
    """The digit, or the number with a line for each row.

    "?" for what is not a digit, and "" for a blank pad or while nothing is certain.
    """
    if announcement is None or announcement.verdict == Verdict.BLANK:
        return ""
    if isinstance(announcement, NumberReading):
        return announcement.text
    return "?" if announcement.verdict == Verdict.NOT_A_DIGIT else str(announcement.digit)


def verdict_text(announcement: Answer | None) -> str:
    """How sure the answer is, in a few words."""
    return saying_of(announcement).words.format(**_values(announcement, announcement))


def confidence_text(announcement: Answer | None, answer: Answer | None = None) -> str:
    """The probability of what is announced, of both digits if there are two; a remark if it may be no digit at all.

    The probabilities of a digit are those of `answer`, the model's own answer now. Where one of the user's own digits
    decided, that is said instead.
    """
    if isinstance(announcement, Recognition) and announcement.sample is not None:
        return LIKE_YOURS
    return saying_of(announcement).remark.format(**_values(announcement, answer or announcement))


def unread_text(marks: int) -> str:
    """How many marks were not read; "" for none."""
    match marks:
        case 0:
            return ""
        case 1:
            return "1 mark was not read"
    return f"{marks} marks were not read"


def digit_sentence(answer: Recognition) -> str:
    """One digit of a number, with what else it may be: "7, 62.0 %, or 1, 30.1 %"; or "7, like one of yours"."""
    first, *others = named_digits(answer) or answer.candidates[:1]
    is_like_yours = answer.sample is not None
    said = f"{first}, {LIKE_YOURS if is_like_yours else probability_text(answer.probabilities[first])}"
    if others:
        return f"{said}, or {others[0]}, {probability_text(answer.probabilities[others[0]])}"
    return f"{first}, if it is a digit" if answer.verdict == Verdict.UNSURE and not is_like_yours else said


def _doubt_of(answer: Answer) -> AnswerPhrase:
    doubts = _doubted(answer)
    may_be_none = any(len(name_candidates(doubt)) == 1 for doubt in doubts)
    if isinstance(answer, Recognition):
        return AnswerPhrase.DOUBTED if may_be_none else AnswerPhrase.TWO_DIGITS
    if may_be_none:
        return AnswerPhrase.DOUBTED_DIGITS
    is_short = len(answer.text) <= MOST_IN_TWO and "\n" not in answer.text
    return AnswerPhrase.TWO_DIGITS if is_short and len(doubts) == 1 else AnswerPhrase.UNSURE_DIGITS


def _doubted(answer: Answer) -> list[Recognition]:
    return [one for one in digits_of(answer) if one.verdict == Verdict.UNSURE]


def _values(announcement: Answer | None, answer: Answer | None) -> dict[str, object]:
    """What the templates of `AnswerPhrase` may name."""
    if isinstance(announcement, NumberReading):
        return _values_of_number(announcement)
    if announcement is None or not isinstance(answer, Recognition) or announcement.digit is None:
        return {}
    digit, *others = named_digits(announcement) or (announcement.digit,)
    other = others[0] if others else digit
    shares = [probability_text(answer.probabilities[each]) for each in (digit, other)]
    return {"digit": digit, "other": other, "share": shares[0], "other_share": shares[1]}


def _values_of_number(number: NumberReading) -> dict[str, object]:
    """The other number is the one with the second candidates of its doubted digits."""
    doubts = _doubted(number)
    other, share = "", number.confidence
    for one in digits_of(number):
        first, second = one.candidates
        other += str(second if one in doubts else first)
    for one in doubts:
        first, second = one.candidates
        share *= one.probabilities[second] / max(one.probabilities[first], math.ulp(0.0))
    return {
        "digit": number.text,
        "other": other,
        "share": probability_text(number.confidence),
        "other_share": probability_text(share),
        "doubts": f"{len(doubts)} digit{'s' * (len(doubts) != 1)}",
    }
