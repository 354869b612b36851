"""A lock is held by one at most, and leaves no file behind."""

import errno
import os
import sys
from pathlib import Path

import pytest

from core.system.file_lock import FileLock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="locks files in its own way")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.lock"


def test_one_at_most_holds_it(path: Path) -> None:
    first, second = FileLock(path), FileLock(path)
    assert first.try_lock()
    assert first.try_lock(), "it has it"
    assert not second.try_lock()
    assert path.exists(), "whoever is refused leaves it alone"
    first.release()
    assert not path.exists()
    assert second.try_lock()
    second.release()


def test_a_folder_without_locks_stays_empty(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    assert not FileLock(path).try_lock()
    assert not path.exists()


def test_a_lock_on_a_file_that_was_just_removed_is_none(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    holder, late = FileLock(path), FileLock(path)
    assert holder.try_lock()
    flock = fcntl.flock

    def lock_late(descriptor: int, operation: int) -> None:
        holder.release()  # between opening the file and locking it
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", lock_late)
    assert not late.try_lock()
    assert late.try_lock(), "the next one is a file of its own"
    assert path.exists()
    late.release()
