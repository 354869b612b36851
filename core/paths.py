"""Where DigitPad reads what it ships, and writes what it makes."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

DATA_DIR_VARIABLE = "DIGITPAD_DATA_DIR"


def assets_folder() -> Path:
    """The folder `assets/`: beside the sources, or inside the standalone app."""
    bundled = getattr(sys, "_MEIPASS", None)
    root = Path(bundled) if bundled else Path(__file__).resolve().parent.parent
    return root / "assets"


def scratch_folder() -> Path:
    """Where files go that are too large for memory and gone with their process; not made here."""
    chosen = os.environ.get(DATA_DIR_VARIABLE)
    if chosen:
        return Path(os.path.expanduser(chosen)).absolute() / "scratch"  # noqa: PTH111 - as in `app_paths`
    return platformdirs.PlatformDirs("DigitPad", appauthor=False).user_cache_path


@dataclass(frozen=True, slots=True)
class AppPaths:
    """The places DigitPad writes to."""

    models: Path
    settings: Path
    log: Path
    recovery: Path
    engines: Path


def app_paths(data_dir: Path | None = None) -> AppPaths:
    """The user's own folders, or everything under `data_dir` (or `$DIGITPAD_DATA_DIR`) where it is given."""
    chosen = data_dir or os.environ.get(DATA_DIR_VARIABLE)
    if chosen:
        root = Path(os.path.expanduser(chosen)).absolute()  # noqa: PTH111 - leaves a ~ of nobody's as it is
        return AppPaths(
            models=root / "models",
            settings=root / "settings.json",
            log=root / "logs" / "digitpad.log",
            recovery=root / "recovery",
            engines=root / "engines.json",
        )
    folders = platformdirs.PlatformDirs("DigitPad", appauthor=False)
    data = folders.user_data_path
    return AppPaths(
        models=data / "models",
        settings=folders.user_config_path / "settings.json",
        log=folders.user_log_path / "digitpad.log",
        recovery=data / "recovery",
        engines=data / "engines.json",
    )
