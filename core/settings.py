"""The user's settings, with types and defaults."""

import logging
import math
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from core.errors import StorageError
from core.ink.drawing import DEFAULT_PEN_WIDTH
from core.models.library import SHIPPED_MODEL
from core.samples.sample import MAX_WRITER_LENGTH
from core.system.json_files import read_object, write_object
from core.system.safe_files import remove_leftovers

log = logging.getLogger(__name__)

LONGEST_FILE_NAME = 255
SCHEMES = ("system", "light", "dark")
TEXT_SCALES = (0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""The choices for the text size, relative to the default."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the app remembers until its next start.

    Attributes
    ----------
    model
        Slug of the model in use.
    pen_width
        Width of the line on the pad, as a share of the pad's side: above 0, at most 1.
    window
        Qt's own record of the window's position and size, base64; empty at first.
    last_folder
        The folder in which file dialogs open.
    preset
        Name of the preset that was trained last.
    data
        The source of digits that was last chosen for training, as `core.datasets.sources.find_source` takes it.
    own_data
        The user's own source that was chosen last; empty when there was none.
    scheme
        "light" or "dark"; "system" follows the system.
    text_scale
        One of `TEXT_SCALES`; 0 follows the system.
    writer
        Who draws; empty where nobody said.
    knows_teaching
        Whether it was said that DigitPad can be taught: once is enough.
    """

    model: str = SHIPPED_MODEL
    pen_width: float = DEFAULT_PEN_WIDTH
    window: str = ""
    last_folder: str = ""
    preset: str = ""
    data: str = "mnist"
    own_data: str = ""
    scheme: str = "system"
    text_scale: float = 0.0
    writer: str = ""
    knows_teaching: bool = False


class SettingsFile:
    """The settings on disk. A missing or damaged file gives the defaults, never an error.

    Several windows may share the file: each change is applied to its current content, so no window undoes another's.

    Attributes
    ----------
    values
        The settings when this window last read or changed them.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._unsaved: dict[str, Any] = {}
        remove_leftovers(path.parent)
        self.values = self._read() or Settings()

    def update(self, **changes: Any) -> None:
        """Change some settings and save them all. Raises StorageError, but the changes still apply to this window."""
        self._unsaved |= changes
        self.values = replace(self._read() or self.values, **self._unsaved)
        write_object(self.path, asdict(self.values))
        self._unsaved = {}

    def remember(self, **changes: Any) -> None:
        """The same for mere conveniences: when they cannot be saved, they apply until the app is closed."""
        try:
            self.update(**changes)
        except StorageError as error:
            log.warning("settings not saved: %s", error)

    def _read(self) -> Settings | None:
        """The settings in the file; None when it is missing or damaged."""
        values = read_object(self.path, "settings")
        if values is None:
            return None
        return Settings(**{key: value for key, value in values.items() if key in _VALID and _VALID[key](value)})


def _is_file_name(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and 0 < len(os.fsencode(value)) <= LONGEST_FILE_NAME


def _is_share(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value) and 0 < value <= 1


def _is_ascii(value: object) -> bool:
    return isinstance(value, str) and value.isascii()


def _is_writer(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and len(value) <= MAX_WRITER_LENGTH


def _is_path(value: object) -> bool:
    if not isinstance(value, str) or "\0" in value:
        return False
    try:
        return all(len(os.fsencode(part)) <= LONGEST_FILE_NAME for part in Path(value).parts)
    except UnicodeEncodeError:  # half a surrogate pair: JSON can hold it, no file name can
        return False


_VALID: dict[str, Callable[[object], bool]] = {
    "model": _is_file_name,
    "pen_width": _is_share,
    "window": _is_ascii,
    "last_folder": _is_path,
    "preset": _is_ascii,
    "data": _is_path,
    "own_data": _is_path,
    "scheme": lambda value: value in SCHEMES,
    "text_scale": lambda value: isinstance(value, float) and value in (0.0, *TEXT_SCALES),
    "writer": _is_writer,
    "knows_teaching": lambda value: isinstance(value, bool),
}
