"""Names of files, and whatever else comes from anywhere, as they can be shown, written and sent."""

import re
from pathlib import Path

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
"""What Windows takes for a device, whatever folder it is in and whatever follows after a point."""


def shown_name(path: Path | str) -> str:
    """The last part of a path, or any text with a path in it, as text that UTF-8 can hold.

    A file name on Linux is any bytes. Python keeps those that are not UTF-8 as lone surrogates, which open the file
    but cannot be printed or stored; a question mark takes the place of each.
    """
    text = path.name if isinstance(path, Path) else path
    return text.encode("utf-8", "replace").decode("utf-8")


def printable_line(text: str) -> str:
    """`text` on one line, without control characters."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())


def shortened(text: object, longest: int) -> str:
    """The same, of at most `longest` characters, an ellipsis at the end where some are left out."""
    line = printable_line(str(text))
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def shortened_inside(text: object, longest: int) -> str:
    """The same with the ellipsis in the middle: names of one kind often begin alike."""
    line = printable_line(str(text))
    if len(line) <= longest:
        return line
    end = (longest - 1) // 2
    return f"{line[: longest - 1 - end]}…{line[len(line) - end :]}"


def file_name(text: str) -> str:
    """`text` as the name of a file on any system, without a suffix."""
    name = _FORBIDDEN.sub("-", shown_name(printable_line(text))).strip(" .")
    return _DEVICE.sub(r"\1-", name) or "model"
