"""A lock on a file that the system takes back when its process ends, however it ends."""

import os
from pathlib import Path

if os.name == "nt":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """At most one process, and one `FileLock` in it, holds the lock on a path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def try_lock(self) -> bool:
        """Take the lock. False when somebody holds it, or the file cannot be made."""
        if self._descriptor is not None:
            return True
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return False
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._descriptor is None:
            return
        os.close(self._descriptor)
        self._descriptor = None
        self._path.unlink(missing_ok=True)
