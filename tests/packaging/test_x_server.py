"""The X server for the proof, with programs in its place."""

import sys
import time
from pathlib import Path

import pytest
from sandbox import ProofFailed
from x_server import x_server

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs start as on Unix")


def replace_xvfb(folder: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Replace Xvfb by a Python program; in its `lines`, `pipe` is the file descriptor for the display number."""
    program = folder / "Xvfb"
    start = [f"#!{sys.executable}", "import os, sys, time", "pipe = int(sys.argv[sys.argv.index('-displayfd') + 1])"]
    program.write_text("\n".join([*start, *lines, ""]), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("x_server.XVFB", str(program))


def test_the_error_message_of_the_server_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_xvfb(tmp_path, monkeypatch, "sys.exit('out of memory')")
    with pytest.raises(ProofFailed, match="does not start: out of memory"), x_server():
        pass


@pytest.mark.parametrize("output", [b"", b"7"], ids=["nothing", "half a line"])
def test_a_server_that_never_gets_ready_times_out(
    output: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("x_server.START_SECONDS", 0.2)
    replace_xvfb(tmp_path, monkeypatch, f"os.write(pipe, {output!r})", "time.sleep(3600)")
    with pytest.raises(ProofFailed, match="does not start"), x_server():
        pass


def test_much_output_on_stderr_does_not_block_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finished = tmp_path / "finished"
    lines = ["os.write(pipe, b'7\\n')", "sys.stderr.write('warning ' * 100_000)", f"open({str(finished)!r}, 'w')"]
    replace_xvfb(tmp_path, monkeypatch, *lines)
    with x_server() as screen:
        assert screen is not None
        assert screen["DISPLAY"] == ":7"
        end = time.monotonic() + 60
        while not finished.exists():  # inside the block, as while the app runs
            assert time.monotonic() < end
            time.sleep(0.01)
