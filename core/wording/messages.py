"""Messages for people: a template and values, kept apart until they are shown.

Code that has something to report names a member of a `Template` and gives the values; all words are in this package.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Template(Enum):
    """A kind of message; the value of each member is its sentence, with fields for the values."""

    def __call__(self, **values: object) -> "Message":
        return Message(self, values)


@dataclass(frozen=True, slots=True)
class Message:
    """A template with its values; `str` gives the sentence."""

    template: Template
    values: Mapping[str, object]

    def __str__(self) -> str:
        return str(self.template.value).format_map(self.values)


def sentences(messages: Iterable[Message]) -> tuple[str, ...]:
    """The sentences of all `messages`."""
    return tuple(map(str, messages))
