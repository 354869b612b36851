"""Write files so that a crash, a full disk or a second window never leaves half of one.

Everything is written under another name in the same folder, flushed to the disk, then renamed. A rename is atomic: a
reader sees the old file or the new one, and nothing in between.
"""

import errno
import os
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import DigitPadError, StorageError
from core.wording.problems import Problem
from core.wording.reasons import reason
from core.wording.storage_problems import StorageProblem

ASIDE_PREFIX = ".aside-"
LEFTOVER_SECONDS = 24 * 3600
"""Older temporary files were left behind by a crash; another window may still be writing younger ones."""


def make_folder(folder: Path) -> Path:
    """Create `folder` with its parents. Raises `StorageError`."""
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_file(path: Path, content: bytes, *, make_parent: bool = True) -> None:
    """Write `content` to `path`, whole or not at all.

    A replaced file passes its permissions on. Of a symbolic link, the target is replaced. A missing folder is created,
    unless `make_parent` is False. Raises `StorageError`.
    """
    target = Path(os.path.realpath(path))
    if make_parent:
        make_folder(target.parent)
    with storage_errors(path):
        permissions = _permissions(target)
        aside = _new_name_aside(target.parent)
        try:
            descriptor = os.open(aside, _NEW_FILE, 0o666 if permissions is None else permissions)
            with open(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if permissions is not None:
                aside.chmod(permissions)  # the umask removed some when the file was created
            aside.replace(target)
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise
        _sync_folder(target.parent)


@contextmanager
def new_folder_aside(parent: Path) -> Iterator[Path]:
    """Yield a new, empty folder in `parent`; it is removed afterwards unless `place_folder` has moved it."""
    make_folder(parent)
    aside = _new_name_aside(parent)
    with storage_errors(parent):
        aside.mkdir()
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def place_folder(aside: Path, destination: Path) -> bool:
    """Flush everything in `aside` and rename it to `destination`.

    Returns False, and moves nothing, when `destination` already exists: another window may have just created it.
    Raises `StorageError`.
    """
    with storage_errors(destination):
        _flush_files(aside)
        if destination.exists():  # rename replaces an empty folder on Linux, and fails on Windows
            return False
        try:
            aside.rename(destination)
        except OSError as error:
            if error.errno in (errno.EEXIST, errno.ENOTEMPTY):
                return False
            raise
        _sync_folder(destination.parent)
    return True


def place_files(aside: Path, folder: Path) -> None:
    """Flush everything in `aside` and move each file into `folder`, where it replaces one of the same name.

    All files are on the disk before the first is moved, so a full disk changes nothing; only a crash between two
    renames leaves some files old and others new. Raises `StorageError`.
    """
    with storage_errors(folder):
        for file in _flush_files(aside):
            file.replace(folder / file.name)
        _sync_folder(folder)


def remove_leftovers(folder: Path) -> None:
    """Remove old temporary files and folders that crashes left in `folder`. Those that cannot be removed stay."""
    with suppress(OSError):
        for leftover in folder.glob(f"{ASIDE_PREFIX}*"):
            with suppress(OSError):
                if time.time() - leftover.lstat().st_mtime < LEFTOVER_SECONDS:
                    continue
                if leftover.is_dir() and not leftover.is_symlink():
                    shutil.rmtree(leftover, ignore_errors=True)
                else:
                    leftover.unlink()


@contextmanager
def storage_errors(place: Path, problem: Problem = StorageProblem.CANNOT_SAVE) -> Iterator[None]:
    """Turn an `OSError` in the block into a `StorageError` with the fields `place` and `reason`."""
    try:
        yield
    except OSError as error:
        raise StorageError(problem, place=_known_place(place), reason=reason(error)) from error


@contextmanager
def reading_errors(kind: type[DigitPadError], problem: Problem, **values: object) -> Iterator[None]:
    """Turn an `OSError` in the block into a `kind` of error with `values` and the field `reason`."""
    try:
        yield
    except OSError as error:
        raise kind(problem, **values, reason=reason(error)) from error


def _known_place(place: Path) -> Path:
    """`place`, or the folder around it when it is temporary: nobody knows a temporary folder's name."""
    for folder in (place, *place.parents):
        if folder.name.startswith(ASIDE_PREFIX):
            return folder.parent
    return place


_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def _new_name_aside(folder: Path) -> Path:
    return folder / f"{ASIDE_PREFIX}{secrets.token_hex(8)}"


def _permissions(path: Path) -> int | None:
    """The permissions of the file at `path`; None when there is no such file yet."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None


def _flush_files(folder: Path) -> list[Path]:
    """Flush the files in `folder` to the disk, and return them."""
    files = sorted(folder.iterdir())
    for file in files:
        with file.open("rb+") as opened:
            os.fsync(opened.fileno())
    _sync_folder(folder)
    return files


def _sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system allows it (Windows cannot open folders)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
