"""Sentences on why an answer was given, and what would change it."""

from core.wording.messages import Message, Template
from core.wording.problems import Problem


class ExplainingProblem(Problem):
    NO_DIGIT = "There is no digit in {file} to explain."
    NO_SUCH_PLACE = "There is no digit at place {place:,} in {file}, where the last one is at place {count:,}."


class Reason(Template):
    """What the two colours on the ink stand for."""

    FOR_ONE = "Orange speaks for {digit}, blue against it."
    RATHER = "Orange speaks for {digit}, blue for {other}."


class Hint(Template):
    """What stands where there is nothing to explain."""

    DRAW = "Draw a digit: its ink will show what speaks for the answer."


class WhatIf(Template):
    """What would make another digit of a drawing."""

    WITHOUT = "Without this piece it is {a} {digit}."
    CLOSED = "With this gap closed it is {a} {digit}."
    LONGER = "With this end longer it is {a} {digit}."
    NOTHING = "No small change makes it another digit."


def what_if(kind: str, digit: int) -> Message:
    """What a change of the `kind` "without", "closed" or "longer" makes of ink: "Without this piece it is a 1." """
    return WhatIf[kind.upper()](a=article(digit), digit=digit)


def article(digit: int) -> str:
    """ "an" before 8, "a" before all other digits."""
    return "an" if digit == 8 else "a"
