"""Messages for people: a template and values, kept apart until they are shown.

Code that has something to report names a member of a `Template` and gives the values. The words of errors, and of notes
on data, models and runs, are in this package; what only the window or only the command line says is worded there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Template(Enum):
    """A kind of message; the value of each member is its sentence, with fields for the values."""

    def __call__(self, **values: object) -> "Message":
        """The message about these `values`. Of an error only its words are kept: it holds on to all that it met."""
        plain = {name: str(value) if isinstance(value, BaseException) else value for name, value in values.items()}
        return Message(self, plain)


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
