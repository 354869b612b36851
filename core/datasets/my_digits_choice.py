"""Which of the user's own digits to train with, as a text for the command line and the settings.

`digits` are all of them, `digits:Ada` those that Ada wrote. `+mnist:20` adds so much of MNIST that it is 20 % of the
training digits. With `,unseen` whole writers are kept out for testing: does the model read a hand that it never saw?
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from core.errors import DataSetError
from core.wording.data_problems import DataProblem
from core.wording.typed_numbers import read_whole_number

LEAST_PERCENT, MOST_PERCENT = 1, 99

_OURS = re.compile(r"digits(?=[:+,]|$)", re.IGNORECASE)
_PARTS = re.compile(r"digits(?::(?P<writer>.+?))?(?:\+mnist:(?P<percent>[^,+]+))?(?P<unseen>,unseen)?", re.IGNORECASE)
_ESCAPED = {"%": "%25", "+": "%2B", ",": "%2C"}
"""Signs that a writer's name cannot have in the text."""


@dataclass(frozen=True, slots=True)
class MyDigitsChoice:
    """A choice among the user's own digits.

    Attributes
    ----------
    writer
        Only what this person wrote, with `is_unseen` what all others wrote; None for everybody.
    mnist_percent
        The share of MNIST in the training digits: 0, or 1 to 99.
    is_unseen
        Whether whole writers are kept out for testing: `writer`, or some where that is None.
    """

    writer: str | None = None
    mnist_percent: int = 0
    is_unseen: bool = False

    @property
    def text(self) -> str:
        """The choice as `read_choice` takes it."""
        text = "digits"
        if self.writer:
            text += ":" + "".join(_ESCAPED.get(character, character) for character in self.writer)
        if self.mnist_percent:
            text += f"+mnist:{self.mnist_percent}"
        return f"{text},unseen" if self.is_unseen else text


def read_choice(text: str) -> MyDigitsChoice | None:
    """The choice that `text` stands for; None for a text that is about other data.

    Raises
    ------
    DataSetError
        When it begins like one, and goes on in another way.
    """
    text = text.strip()
    if not _OURS.match(text):
        return None
    parts = _PARTS.fullmatch(text)
    if parts is None:
        raise DataSetError(DataProblem.DIGITS_TEXT, source=text)
    writer = unquote(parts["writer"]).strip() if parts["writer"] else None
    return MyDigitsChoice(writer or None, _percent(parts["percent"], text), bool(parts["unseen"]))


def _percent(typed: str | None, text: str) -> int:
    if typed is None:
        return 0
    try:
        percent = read_whole_number(typed.removesuffix("%").strip())
    except ValueError:
        percent = -1
    if not LEAST_PERCENT <= percent <= MOST_PERCENT:
        raise DataSetError(DataProblem.DIGITS_SHARE, source=text, least=LEAST_PERCENT, most=MOST_PERCENT)
    return percent
