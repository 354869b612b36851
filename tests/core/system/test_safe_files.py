"""Files appear whole or not at all."""

import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from core.errors import StorageError
from core.system.safe_files import (
    ASIDE_PREFIX,
    new_folder_aside,
    place_files,
    place_folder,
    remove_leftovers,
    write_file,
)


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
    with pytest.raises(StorageError, match=r"Cannot save .*: a file is in the way\."):
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
        from core.system.safe_files import write_file
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
        from core.system import safe_files
        def die(descriptor): os.kill(os.getpid(), signal.SIGKILL)
        os.fsync = die
        safe_files.write_file(Path({str(path)!r}), b"new")
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"


ONLY_UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions and links")


@ONLY_UNIX
@pytest.mark.parametrize("permissions", [0o600, 0o640, 0o666])
def test_a_replaced_file_keeps_its_permissions(tmp_path: Path, permissions: int) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")
    path.chmod(permissions)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == permissions


@ONLY_UNIX
def test_new_files_and_folders_have_ordinary_permissions(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"x")
    (tmp_path / "plain folder").mkdir()
    write_file(tmp_path / "file", b"x")
    with new_folder_aside(tmp_path) as aside:
        place_folder(aside, tmp_path / "folder")
    assert (tmp_path / "file").stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert (tmp_path / "folder").stat().st_mode == (tmp_path / "plain folder").stat().st_mode


@ONLY_UNIX
@pytest.mark.parametrize("exists", [True, False])
def test_behind_a_link_its_target_is_written(tmp_path: Path, exists: bool) -> None:
    target, link = tmp_path / "elsewhere" / "file", tmp_path / "link"
    target.parent.mkdir()
    if exists:
        target.write_bytes(b"old")
    link.symlink_to(target)
    write_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert leftovers(tmp_path) == leftovers(target.parent) == []


def test_a_folder_is_not_made_where_it_has_to_exist(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no such file"):
        write_file(tmp_path / "gone" / "file.txt", b"x", make_parent=False)
    assert list(tmp_path.iterdir()) == []


def test_files_are_placed_over_older_ones(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "other").write_text("stays")
    with new_folder_aside(tmp_path) as aside:
        (aside / "a").write_text("new")
        (aside / "b").write_text("new")
        place_files(aside, tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "new", "b": "new", "other": "stays"}


def test_leftovers_of_a_crash_go_once_they_are_old(tmp_path: Path) -> None:
    for age in ("old", "fresh"):
        (tmp_path / f"{ASIDE_PREFIX}{age}-file").write_text("half")
        (tmp_path / f"{ASIDE_PREFIX}{age}-folder" / "deep").mkdir(parents=True)
    (tmp_path / "old").write_text("no leftover")
    for name in ("old-file", "old-folder"):
        os.utime(tmp_path / f"{ASIDE_PREFIX}{name}", (0, 0))
    os.utime(tmp_path / "old", (0, 0))
    remove_leftovers(tmp_path)
    remove_leftovers(tmp_path / "absent")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".aside-fresh-file", ".aside-fresh-folder", "old"]


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


@ONLY_UNIX
def test_what_cannot_be_written_aside_is_told_by_where_it_is_bound(tmp_path: Path) -> None:
    with new_folder_aside(tmp_path) as aside:
        (aside / "file").mkdir()  # nothing can be renamed over a folder
        with pytest.raises(StorageError) as failed:
            write_file(aside / "file", b"x")
    assert ASIDE_PREFIX not in str(failed.value)
    assert str(failed.value) == f"Cannot save {tmp_path}: it is a folder."
