"""The user's settings: named, typed, with their defaults in one place."""

import json
import logging
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from core.errors import StorageError
from core.ink import DEFAULT_PEN_WIDTH
from core.models import SHIPPED_MODEL
from core.safe_files import write_file

log = logging.getLogger(__name__)

MAX_SETTINGS_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the app remembers between two starts.

    Attributes
    ----------
    model
        Slug of the model in use.
    pen_width
        Width of the shown line, as a share of the pad's side.
    window
        Qt's own record of the window's place and size, base64; empty at first.
    last_folder
        Where the file dialogs open.
    """

    model: str = SHIPPED_MODEL
    pen_width: float = DEFAULT_PEN_WIDTH
    window: str = ""
    last_folder: str = ""


class SettingsFile:
    """The settings on disk. A missing or damaged file gives the defaults, never an error."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.values = self._read()

    def update(self, **changes: Any) -> None:
        """Change some settings and save them all. Raises StorageError."""
        self.values = replace(self.values, **changes)
        write_file(self.path, (json.dumps(asdict(self.values), indent=1) + "\n").encode())

    def remember(self, **changes: Any) -> None:
        """The same for what is only a convenience: where it cannot be saved, it holds until the app is closed."""
        try:
            self.update(**changes)
        except StorageError as error:
            log.warning("settings not saved: %s", error)

    def _read(self) -> Settings:
        try:
            if self.path.stat().st_size > MAX_SETTINGS_BYTES:
                raise ValueError("too large")
            values = json.loads(self.path.read_bytes())
            defaults = Settings()
            kept = {
                item.name: values[item.name]
                for item in fields(Settings)
                if isinstance(values.get(item.name), type(getattr(defaults, item.name)))
            }
            return replace(defaults, **kept)
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, AttributeError, RecursionError) as error:
            log.warning("settings at %s are not readable (%s): starting with the defaults", self.path, error)
            return Settings()
