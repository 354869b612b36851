"""An answer in words."""

from core.recognition.announcer import is_sure, name_candidates, named_digits
from core.recognition.recognizer import Recognition, Verdict
from core.wording.answer_phrases import AnswerPhrase
from core.wording.percentages import probability_text


def saying_of(announcement: Recognition | None) -> AnswerPhrase:
    """What is said of an announcement; None: nothing is certain yet."""
    if announcement is None:
        return AnswerPhrase.UNDECIDED
    match announcement.verdict:
        case Verdict.BLANK:
            return AnswerPhrase.BLANK
        case Verdict.NOT_A_DIGIT:
            return AnswerPhrase.NOT_A_DIGIT
        case Verdict.UNSURE:
            return AnswerPhrase.TWO_DIGITS if len(name_candidates(announcement)) > 1 else AnswerPhrase.DOUBTED
    return AnswerPhrase.SURE if is_sure(announcement) else AnswerPhrase.FAIRLY_SURE


def digit_text(announcement: Recognition | None) -> str:
    """The digit, "?" for what is not a digit, and "" for a blank pad or while nothing is certain."""
    if announcement is None or announcement.verdict == Verdict.BLANK:
        return ""
    return "?" if announcement.verdict == Verdict.NOT_A_DIGIT else str(announcement.digit)


def verdict_text(announcement: Recognition | None) -> str:
    """How sure the answer is, in a few words."""
    return saying_of(announcement).words.format(**_values(announcement, announcement))


def confidence_text(announcement: Recognition | None, answer: Recognition | None = None) -> str:
    """The probability of what is announced, of both digits if there are two; a remark if it may be no digit at all.

    The probabilities are those of `answer`, the model's own answer now.
    """
    return saying_of(announcement).remark.format(**_values(announcement, answer or announcement))


def _values(announcement: Recognition | None, answer: Recognition | None) -> dict[str, object]:
    """What the templates of `AnswerPhrase` may name."""
    if announcement is None or answer is None or announcement.digit is None:
        return {}
    digit, *others = named_digits(announcement) or (announcement.digit,)
    other = others[0] if others else digit
    shares = [probability_text(answer.probabilities[each]) for each in (digit, other)]
    return {"digit": digit, "other": other, "share": shares[0], "other_share": shares[1]}
