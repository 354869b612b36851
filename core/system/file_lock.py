"""A file lock that the system releases when its process ends in any way.

Not the library filelock: it takes some 25 times as long to import and leaves its files behind (docs/decisions/0006).
"""

import os
from contextlib import suppress
from pathlib import Path

if os.name == "nt":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

    def _unlock(descriptor: int, path: Path) -> None:
        os.close(descriptor)  # first: Windows does not delete open files, and so none that another is about to lock
        path.unlink(missing_ok=True)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)  # first: another process's lock must not be deleted
        finally:
            os.close(descriptor)


class FileLock:
    """A lock on a path: at most one process, and one `FileLock` in it, holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def try_lock(self) -> bool:
        """Take the lock. False when another holds it, or the file cannot be created or locked."""
        if self._descriptor is not None:
            return True
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return False
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            if not isinstance(error, (BlockingIOError, PermissionError)):  # cannot be locked, as on some network drives
                with suppress(OSError):
                    self._path.unlink()
            return False
        if os.fstat(descriptor).st_nlink == 0:  # its previous holder has just deleted it
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Release the lock and delete its file."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        _unlock(descriptor, self._path)
