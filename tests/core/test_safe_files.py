"""Files appear whole or not at all."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from core.errors import StorageError
from core.safe_files import ASIDE_PREFIX, new_folder_aside, place_folder, write_file


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(ASIDE_PREFIX)]


def test_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.txt"
    write_file(path, b"first")
    write_file(path, b"second")
    assert path.read_bytes() == b"second"
    assert leftovers(path.parent) == []


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StorageError, match=r"Cannot save .*: a file stands where a folder is needed\."):
        write_file(tmp_path / "taken" / "file.txt", b"x")


def test_a_disk_that_takes_no_more_keeps_the_old_file(tmp_path: Path) -> None:
    """A limit on the size of files, in a process of its own, stands for the full disk."""
    path = tmp_path / "file.bin"
    path.write_bytes(b"old")
    script = f"""
        import resource, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        from pathlib import Path
        from core.errors import StorageError
        from core.safe_files import write_file
        try:
            write_file(Path({str(path)!r}), bytes(100_000))
        except StorageError as error:
            print(error)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"Cannot save {path}: ")
    assert path.read_bytes() == b"old"
    assert leftovers(tmp_path) == []


def test_a_process_killed_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(b"old")
    script = f"""
        import os, signal
        from pathlib import Path
        from core import safe_files
        def die(descriptor): os.kill(os.getpid(), signal.SIGKILL)
        os.fsync = die
        safe_files.write_file(Path({str(path)!r}), b"new")
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"


def test_a_folder_is_placed_whole(tmp_path: Path) -> None:
    with new_folder_aside(tmp_path) as aside:
        (aside / "a").write_text("a")
        assert place_folder(aside, tmp_path / "placed")
    assert (tmp_path / "placed" / "a").read_text() == "a"
    assert leftovers(tmp_path) == []


def test_a_taken_place_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "placed").mkdir()
    with new_folder_aside(tmp_path) as aside:
        (aside / "a").write_text("a")
        assert not place_folder(aside, tmp_path / "placed")
    assert list((tmp_path / "placed").iterdir()) == []
    assert leftovers(tmp_path) == []
