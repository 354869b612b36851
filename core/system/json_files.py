"""Read and write the app's own small JSON files; their content is untrusted.

Callers check the values themselves: importing a library for it would delay the first stroke (docs/decisions/0006).
"""

import json
import logging
from pathlib import Path
from typing import Any

from core.system.safe_files import write_file

log = logging.getLogger(__name__)

MAX_BYTES = 1_000_000


def read_object(path: Path, what: str) -> dict[str, Any] | None:
    """The JSON object at `path`; None when the file is missing, or damaged, which is logged.

    Parameters
    ----------
    path
        A file larger than `MAX_BYTES` counts as damaged.
    what
        The name of the content for the log, such as "settings". Values can be any JSON, including NaN.
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
        log.warning("%s at %s cannot be read (%s), and count as missing", what, path, error)
        return None
    return content


def write_object(path: Path, content: dict[str, Any]) -> None:
    """Write `content` to `path` as JSON, whole or not at all. Raises StorageError."""
    write_file(path, (json.dumps(content, indent=1) + "\n").encode())


def read_at_most(path: Path, count: int) -> bytes | None:
    """The whole file, whatever size the system reports; None when it has more than `count` bytes."""
    with path.open("rb") as file:
        content = file.read(count + 1)
    return content if len(content) <= count else None
