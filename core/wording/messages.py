"""Sentences for people, apart from what they are about: a code, the values, and the words for both.

Whoever knows what happened names a member of a `Template` and gives the values; its words stand in this package alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Template(Enum):
    """A kind of message; the member's value is its sentence, with places for the values."""

    def __call__(self, **values: object) -> "Message":
        return Message(self, values)


@dataclass(frozen=True, slots=True)
class Message:
    """A message about something that happened; `str` gives the sentence."""

    template: Template
    values: Mapping[str, object]

    def __str__(self) -> str:
        return str(self.template.value).format_map(self.values)


def sentences(messages: Iterable[Message]) -> tuple[str, ...]:
    """All `messages` in words."""
    return tuple(map(str, messages))
