"""Small JSON files of the app's own: what is in them may have been written by anything.

Whoever reads one checks its values by hand: importing a library for it would delay the first stroke
(docs/decisions/0006).
"""

import json
import logging
from pathlib import Path
from typing import Any

from core.system.safe_files import write_file

log = logging.getLogger(__name__)

MAX_BYTES = 1_000_000


def read_object(path: Path, what: str) -> dict[str, Any] | None:
    """The JSON object at `path`; None where there is no such file, or it holds something else, which is logged.

    Parameters
    ----------
    path
        No more of it than `MAX_BYTES` is read, and none where it is larger.
    what
        What it holds, for the log: "settings". Its values are anything that JSON can say, NaN included.
    """
    try:
        text = read_at_most(path, MAX_BYTES)
        if text is None:
            raise ValueError("too large")
        content = json.loads(text)
        if not isinstance(content, dict):
            raise ValueError("no object")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        log.warning("%s at %s are not readable (%s), and count as missing", what, path, error)
        return None
    return content


def write_object(path: Path, content: dict[str, Any]) -> None:
    """Put `content` at `path` as JSON, whole or not at all. Raises StorageError."""
    write_file(path, (json.dumps(content, indent=1) + "\n").encode())


def read_at_most(path: Path, count: int) -> bytes | None:
    """All of the file, whatever the system says its size is; None where it has more than `count` bytes."""
    with path.open("rb") as file:
        content = file.read(count + 1)
    return content if len(content) <= count else None
