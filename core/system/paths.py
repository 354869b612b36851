"""Where DigitPad reads what it ships, and writes what it makes."""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from core.errors import StorageError
from core.system.safe_files import storage_errors

DATA_DIR_VARIABLE = "DIGITPAD_DATA_DIR"
TRIAL_BYTES = 64 * 1024
"""Where this much can be written there is room for settings and a drawing; an empty file finds room on a full disk."""
NOWHERE = Path(os.devnull) / "no-home-folder"
"""Where nobody can write: stands for the home of a user who has none."""


def assets_folder() -> Path:
    """The folder `assets/`: beside the sources, or inside the standalone app."""
    bundled = getattr(sys, "_MEIPASS", None)
    root = Path(bundled) if bundled else Path(__file__).resolve().parents[2]
    return root / "assets"


def scratch_folder() -> Path:
    """Where files go that are too large for memory and gone with their process; not made here."""
    chosen = os.environ.get(DATA_DIR_VARIABLE)
    if chosen:
        return Path(os.path.expanduser(chosen)).absolute() / "scratch"  # noqa: PTH111 - as in `app_paths`
    try:
        return platformdirs.PlatformDirs("DigitPad", appauthor=False).user_cache_path
    except RuntimeError:  # no home
        return Path(tempfile.gettempdir())


@dataclass(frozen=True, slots=True)
class AppPaths:
    """The places DigitPad writes to."""

    models: Path
    settings: Path
    log: Path
    recovery: Path
    engines: Path


def app_paths(data_dir: Path | None = None) -> AppPaths:
    """The user's own folders, or everything under `data_dir` (or `$DIGITPAD_DATA_DIR`) where it is given.

    Where neither the environment nor the system knows a home of this user, they are below `NOWHERE`.
    """
    chosen = data_dir or os.environ.get(DATA_DIR_VARIABLE)
    if chosen:
        return _paths_below(Path(os.path.expanduser(chosen)).absolute())  # noqa: PTH111 - leaves a ~ of nobody's as it is
    folders = platformdirs.PlatformDirs("DigitPad", appauthor=False)
    try:
        data = folders.user_data_path
        return AppPaths(
            models=data / "models",
            settings=folders.user_config_path / "settings.json",
            log=folders.user_log_path / "digitpad.log",
            recovery=data / "recovery",
            engines=data / "engines.json",
        )
    except RuntimeError:
        return _paths_below(NOWHERE)


def _paths_below(root: Path) -> AppPaths:
    return AppPaths(
        models=root / "models",
        settings=root / "settings.json",
        log=root / "logs" / "digitpad.log",
        recovery=root / "recovery",
        engines=root / "engines.json",
    )


def storage_problem(paths: AppPaths) -> str:
    """A sentence where settings and models cannot be kept; empty where they can. Makes their folders."""
    if NOWHERE in paths.settings.parents:
        return f"There is no home folder to keep settings and models in; {DATA_DIR_VARIABLE} can name another one."
    try:
        for folder in (paths.models.parent, paths.settings.parent):
            with storage_errors(folder, "keep settings and models in"):
                folder.mkdir(parents=True, exist_ok=True)
                _write_for_trial(folder)
    except StorageError as error:
        return str(error)
    return ""


def _write_for_trial(folder: Path) -> None:
    """Raises OSError where nothing can be stored in `folder`."""
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        file.write(bytes(TRIAL_BYTES))
        os.fsync(file.fileno())  # network folders refuse only then
