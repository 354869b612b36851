"""Write files so that a crash, a full disk or a second window never leaves half of one.

Everything is written aside in the same folder, flushed to the disk, then renamed into place: the rename is
atomic, so a reader sees the old file or the new one and nothing between.
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

from core.errors import StorageError

ASIDE_PREFIX = ".aside-"
LEFTOVER_SECONDS = 24 * 3600
"""What is aside for longer was left behind by a crash; what is younger, another window may be writing."""


def make_folder(folder: Path) -> Path:
    """Create `folder` with its parents, or raise `StorageError`."""
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_file(path: Path, content: bytes, *, make_parent: bool = True) -> None:
    """Put `content` at `path`, whole or not at all.

    A file that is replaced hands its permissions on, and behind a symbolic link its target is replaced, not the link.
    The folder is made where it is missing, unless `make_parent` is False. Raises `StorageError`.
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
                aside.chmod(permissions)  # what the process's mask took away when the file was made
            aside.replace(target)
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise
        _sync_folder(target.parent)


@contextmanager
def new_folder_aside(parent: Path) -> Iterator[Path]:
    """Yield a fresh folder beside its future place; it is removed again unless `place_folder` moved it."""
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

    Returns False, and moves nothing, when something stands at `destination` already (another window may
    have just put it there). Raises `StorageError`.
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
    """Flush everything in `aside` and move each file into `folder`, over what has its name there.

    All is on the disk before the first is moved, so a full disk changes nothing; only a crash between two renames
    leaves some files old and others new. Raises `StorageError`.
    """
    with storage_errors(folder):
        for file in _flush_files(aside):
            file.replace(folder / file.name)
        _sync_folder(folder)


def remove_leftovers(folder: Path) -> None:
    """Remove what crashes left aside in `folder`, once it is old. What cannot be removed stays."""
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
def storage_errors(place: Path, doing: str = "save") -> Iterator[None]:
    """Turn the operating system's refusals to write at `place` into a `StorageError` with a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            reason = "the disk is full"
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            reason = "it may not be written there"
        elif error.errno in (errno.EEXIST, errno.ENOTDIR):
            reason = "a file stands where a folder is needed"
        elif error.errno == errno.EISDIR:
            reason = "a folder stands where the file goes"
        else:
            reason = (error.strerror or type(error).__name__).lower()
        raise StorageError(f"Cannot {doing} {_known_place(place)}: {reason}.") from error


def _known_place(place: Path) -> Path:
    """`place`, or where it is bound for while it lies aside: nobody else knows the folder's name there."""
    for folder in (place, *place.parents):
        if folder.name.startswith(ASIDE_PREFIX):
            return folder.parent
    return place


_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def _new_name_aside(folder: Path) -> Path:
    return folder / f"{ASIDE_PREFIX}{secrets.token_hex(8)}"


def _permissions(path: Path) -> int | None:
    """Those of the file at `path`; None where there is none yet."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None


def _flush_files(folder: Path) -> list[Path]:
    """Write the files in `folder` through to the disk."""
    files = sorted(folder.iterdir())
    for file in files:
        with file.open("rb+") as opened:
            os.fsync(opened.fileno())
    _sync_folder(folder)
    return files


def _sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system can (Windows cannot open folders)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
