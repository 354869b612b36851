"""The screen for the proof, on programs that stand in for the X server."""

import sys
import time
from pathlib import Path

import pytest
from hard_place import Unproved
from x_server import x_server

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs start as on Unix")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Put a program in Python in the place of Xvfb; `told` in its `lines` is the pipe for the number of the screen."""
    program = folder / "Xvfb"
    start = [f"#!{sys.executable}", "import os, sys, time", "told = int(sys.argv[sys.argv.index('-displayfd') + 1])"]
    program.write_text("\n".join([*start, *lines, ""]), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("x_server.XVFB", str(program))


def test_a_server_that_ends_at_once_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "sys.exit('no room for a screen')")
    with pytest.raises(Unproved, match="does not start: no room for a screen"), x_server():
        pass


@pytest.mark.parametrize("said", [b"", b"7"], ids=["nothing", "half a line"])
def test_a_server_that_never_gets_ready_is_not_waited_for(
    said: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("x_server.START_SECONDS", 0.2)
    stand_in(tmp_path, monkeypatch, f"os.write(told, {said!r})", "time.sleep(3600)")
    with pytest.raises(Unproved, match="does not start"), x_server():
        pass


def test_a_server_that_complains_much_is_not_held_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finished = tmp_path / "finished"
    chatter = ["os.write(told, b'7\\n')", "sys.stderr.write('complaint ' * 100_000)", f"open({str(finished)!r}, 'w')"]
    stand_in(tmp_path, monkeypatch, *chatter)
    with x_server() as screen:
        assert screen is not None
        assert screen["DISPLAY"] == ":7"
        end = time.monotonic() + 60
        while not finished.exists():  # with the block still open, as while the app runs
            assert time.monotonic() < end
            time.sleep(0.01)
