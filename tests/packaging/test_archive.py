"""The tar that is shipped says nothing about the machine that made it."""

import io
import os
import sys
import tarfile
from pathlib import Path

import pytest
from archive import write_tar


def tar_of(folder: Path) -> dict[str, tarfile.TarInfo]:
    """What `write_tar` makes of `folder`, by name."""
    stream = io.BytesIO()
    write_tar(stream, folder, "DigitPad-1.0")
    stream.seek(0)
    with tarfile.open(fileobj=stream) as archive:
        return {entry.name: entry for entry in archive}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A program, a private file and a link, none of which belongs to root."""
    made = tmp_path / "app"
    made.mkdir(mode=0o700)
    (made / "program").touch(mode=0o700)
    (made / "data").touch(mode=0o600)
    if sys.platform != "win32":
        (made / "link").symlink_to("program")
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # whoever else runs this owns the files already
        for path in (made, *made.iterdir()):
            os.chown(path, 1234, 5678, follow_symlinks=False)
    return made


def test_everything_belongs_to_root(folder: Path) -> None:
    entries = tar_of(folder)
    assert {"DigitPad-1.0", "DigitPad-1.0/program", "DigitPad-1.0/data"} <= set(entries)
    for entry in entries.values():
        assert (entry.uid, entry.gid, entry.uname, entry.gname) == (0, 0, "root", "root"), entry.name


@pytest.mark.skipif(sys.platform == "win32", reason="files there have no permission bits")
def test_everybody_can_read_and_run_it(folder: Path) -> None:
    modes = {name: entry.mode for name, entry in tar_of(folder).items()}
    assert modes == {
        "DigitPad-1.0": 0o755,
        "DigitPad-1.0/program": 0o755,
        "DigitPad-1.0/data": 0o644,
        "DigitPad-1.0/link": 0o755,
    }


def test_long_names_are_kept(folder: Path) -> None:
    name = "long" * 40
    (folder / name).write_bytes(b"7")
    assert tar_of(folder)[f"DigitPad-1.0/{name}"].size == 1
