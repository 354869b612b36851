"""Sentences on teaching a model the user's own digits."""

from core.wording.messages import Template
from core.wording.problems import Problem


class TeachingProblem(Problem):
    NO_DIGITS = "There are no digits to learn yet: keep some first."
    NO_DIGITS_BY = "There are no digits by {writer} to learn yet: keep some first."
    ONLY_NON_DIGITS = "The model “{name}” cannot learn what is no digit: keep some digits first."
    NOT_OURS = "The model “{name}” cannot be taught: it is not a network of DigitPad's."
    START_DAMAGED = "The model “{name}” cannot be taught: its weights are damaged."


class Others(Template):
    """What the taught model reads of other people's digits, as a part of `Verdict`."""

    AS_WELL = "others as well as before"
    BETTER = "others better than before ({after} instead of {before})"
    WORSE = "others not as well as before ({after} instead of {before})"


class Verdict(Template):
    """What the taught model reads."""

    OF_BOTH = "Reads {after:,} of {of:,} of yours (before {before:,}), {others}."
    OF_OTHERS = "Reads {others}; one digit of yours is too few to judge how well it reads them."


class How(Template):
    """How many of the user's digits are read was measured."""

    IN_PARTS = "Each digit was read by a network that had learned only others of yours."
    KEPT_OUT = "{count:,} of your digits were not learned for this, but kept to test it."


class DataName(Template):
    """What a taught model learned, and what it was tested on, for its card."""

    MINE = "My digits"
    OF = "{writer}’s digits"
    JUDGING = "my digits, each read before it was learned"


class TeachingNote(Template):
    """What was unusual."""

    BY_EMBEDDING = "“{name}” is not built like DigitPad's own network, so only its last layer learned."
    NON_DIGITS_LEFT_OUT = "What you kept as no digit was left out: “{name}” does not know that answer."
    ONLY_SOME = "It learned {count:,} of your {of:,} digits, chosen at random: more would take too long."
    ONE_DIGIT = "Every digit that it learned is a {digit}."
    A_PAIR_DISAGREES = "Two of your digits look alike, but are kept as different ones: My digits shows them."
    PAIRS_DISAGREE = "{count:,} pairs of your digits look alike, but are kept as different ones: My digits shows them."
