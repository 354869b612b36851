"""Write files so that a crash, a full disk or a second window never leaves half of one.

Everything is written aside in the same folder, flushed to the disk, then renamed into place: the rename is
atomic, so a reader sees the old file or the new one and nothing between.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import StorageError

ASIDE_PREFIX = ".aside-"


def make_folder(folder: Path) -> Path:
    """Create `folder` with its parents, or raise `StorageError`."""
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, whole or not at all. Raises `StorageError`."""
    make_folder(path.parent)
    with storage_errors(path):
        handle, aside = tempfile.mkstemp(prefix=ASIDE_PREFIX, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _give_ordinary_permissions(aside)
            os.replace(aside, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(aside)
            raise
        _sync_folder(path.parent)


@contextmanager
def new_folder_aside(parent: Path) -> Iterator[Path]:
    """Yield a fresh folder beside its future place; it is removed again unless `place_folder` moved it."""
    make_folder(parent)
    with storage_errors(parent):
        aside = Path(tempfile.mkdtemp(prefix=ASIDE_PREFIX, dir=parent))
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
        for file in aside.iterdir():
            with file.open("rb+") as opened:
                os.fsync(opened.fileno())
        _sync_folder(aside)
        aside.chmod(0o755)
        if destination.exists():  # rename replaces an empty folder on Linux, and fails on Windows
            return False
        try:
            os.rename(aside, destination)
        except OSError as error:
            if error.errno in (errno.EEXIST, errno.ENOTEMPTY):
                return False
            raise
        _sync_folder(destination.parent)
    return True


@contextmanager
def storage_errors(place: Path) -> Iterator[None]:
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
        else:
            reason = (error.strerror or type(error).__name__).lower()
        raise StorageError(f"Cannot save {place}: {reason}.") from error


def _give_ordinary_permissions(path: str) -> None:
    """`mkstemp` makes files only their owner can read; give what `open` would have given."""
    umask = os.umask(0)
    os.umask(umask)
    os.chmod(path, 0o666 & ~umask)


def _sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system can (Windows cannot open folders)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
