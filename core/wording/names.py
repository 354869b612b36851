"""Make names of files and other untrusted text safe to show, write and send."""

import re
from pathlib import Path

_MOST_DIGITS = 20
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
"""Names of devices on Windows, in any folder and with any suffix."""


def shown_name(path: Path | str) -> str:
    """The last part of a path, or a text with a path in it, as text that UTF-8 can hold.

    File names on Linux are arbitrary bytes. Python represents those that are not UTF-8 as lone surrogates, which open
    the file but cannot be printed or stored; each becomes a question mark.
    """
    text = path.name if isinstance(path, Path) else path
    return text.encode("utf-8", "replace").decode("utf-8")


def printable_line(text: str) -> str:
    """`text` on one line, without control characters."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())


def shortened(text: object, longest: int) -> str:
    """`text` on one line of at most `longest` characters, cut with an ellipsis at the end."""
    line = printable_line(str(text))
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def shortened_inside(text: object, longest: int) -> str:
    """The same with the ellipsis in the middle, for names that may begin alike."""
    line = printable_line(str(text))
    if len(line) <= longest:
        return line
    end = (longest - 1) // 2
    return f"{line[: longest - 1 - end]}…{line[len(line) - end :]}"


def number_name(number: str) -> str:
    """A file name, without suffix, for a drawing of `number`, rows on lines of their own: "digit-7", "number-42-15".

    It has at most `_MOST_DIGITS` digits: as many rows as have that few together, or the beginning of the first one.
    """
    rows = number.split()
    if len(number) <= 1:
        return f"digit-{number}" if number else "drawing"
    first, *others = rows
    named = [first[:_MOST_DIGITS]]
    for row in others:
        if sum(map(len, (*named, row))) > _MOST_DIGITS:
            break
        named.append(row)
    return "-".join(["number", *named])


def file_name(text: str) -> str:
    """`text` as a file name, without suffix, that is valid on every system."""
    name = _FORBIDDEN.sub("-", shown_name(printable_line(text))).strip(" .")
    return _DEVICE.sub(r"\1-", name) or "model"
