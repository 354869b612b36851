"""Where DigitPad finds its own files and keeps the user's."""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from core.errors import StorageError
from core.system.safe_files import storage_errors
from core.wording.storage_problems import StorageProblem

DATA_DIR_VARIABLE = "DIGITPAD_DATA_DIR"
TRIAL_BYTES = 64 * 1024
"""Written to test a folder: enough for settings and a drawing. An empty file would fit on a full disk, too."""
NOWHERE = Path(os.devnull) / "no-home-folder"
"""A path that cannot exist: stands for the home folder of a user who has none."""


def assets_folder() -> Path:
    """The folder `assets/`: beside the sources, or inside the standalone app."""
    bundled = getattr(sys, "_MEIPASS", None)
    root = Path(bundled) if bundled else Path(__file__).resolve().parents[2]
    return root / "assets"


def scratch_folder() -> Path:
    """The folder for temporary files that are too large for memory; not created here."""
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
    digits: Path
    tests: Path


def app_paths(data_dir: Path | None = None) -> AppPaths:
    """The user's own folders, or everything under `data_dir` (or `$DIGITPAD_DATA_DIR`) when it is given.

    Below `NOWHERE` when neither the environment nor the system knows a home folder of this user.
    """
    chosen = data_dir or os.environ.get(DATA_DIR_VARIABLE)
    if chosen:
        return _paths_below(Path(os.path.expanduser(chosen)).absolute())  # noqa: PTH111 - keeps the ~ of unknown users
    folders = platformdirs.PlatformDirs("DigitPad", appauthor=False)
    try:
        data = folders.user_data_path
        return AppPaths(
            models=data / "models",
            settings=folders.user_config_path / "settings.json",
            log=folders.user_log_path / "digitpad.log",
            recovery=data / "recovery",
            engines=data / "engines.json",
            digits=data / "digits.sqlite",
            tests=data / "tests",
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
        digits=root / "digits.sqlite",
        tests=root / "tests",
    )


def storage_problem(paths: AppPaths) -> str:
    """A sentence on why settings and models cannot be kept; empty when they can. Creates their folders."""
    try:
        require_home(paths)
        for folder in (paths.models.parent, paths.settings.parent):
            with storage_errors(folder, StorageProblem.CANNOT_KEEP_DATA):
                folder.mkdir(parents=True, exist_ok=True)
                _test_writing(folder)
    except StorageError as error:
        return str(error)
    return ""


def require_home(paths: AppPaths) -> None:
    """Raise StorageError when the user has no home folder for settings and models."""
    if NOWHERE in paths.settings.parents:
        raise StorageError(StorageProblem.NO_HOME, variable=DATA_DIR_VARIABLE)


def _test_writing(folder: Path) -> None:
    """Raises OSError when nothing can be stored in `folder`."""
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        file.write(bytes(TRIAL_BYTES))
        os.fsync(file.fileno())  # network folders refuse only then
