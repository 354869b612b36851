"""A lock on a file that the system takes back when its process ends, however it ends.

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
        os.close(descriptor)  # first: Windows removes no file that is open, and so none that somebody is about to lock
        path.unlink(missing_ok=True)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)  # first: what somebody else has locked must not be removed
        finally:
            os.close(descriptor)


class FileLock:
    """At most one process, and one `FileLock` in it, holds the lock on a path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def try_lock(self) -> bool:
        """Take the lock. False when somebody holds it, or the file cannot be made, or be locked where it is."""
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
            if not isinstance(error, (BlockingIOError, PermissionError)):  # nobody can hold it, as on some networks
                with suppress(OSError):
                    self._path.unlink()
            return False
        if os.fstat(descriptor).st_nlink == 0:  # whoever held it has just removed it
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        _unlock(descriptor, self._path)
