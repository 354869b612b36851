"""A screen that nobody sees, for the proof of what people see: Xvfb, where it is installed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from select import select
from tempfile import TemporaryFile
from time import monotonic

from hard_place import Unproved

SIZE = "1600x1200x24"
START_SECONDS = 30
"""How long the server may take until it says which screen it is."""
PATIENCE_SECONDS = 30
"""How long it may stay after the app has ended."""
XVFB = "Xvfb"


@contextmanager
def x_server() -> Iterator[dict[str, str] | None]:
    """What the environment says of the server's screen, for the block; None where there is no Xvfb.

    Raises
    ------
    Unproved
        When the server does not start, or nobody came: it ends by itself when its last client leaves.
    """
    program = shutil.which(XVFB)
    if program is None:
        yield None
        return
    reading, writing = os.pipe()
    # anybody of this machine may connect, but nobody through a network
    options = ["-displayfd", str(writing), "-screen", "0", SIZE, "-ac", "-nolisten", "tcp", "-terminate"]
    with (
        TemporaryFile() as complaints,  # a pipe that nobody empties would stop the server when it is full
        subprocess.Popen([program, *options], pass_fds=[writing], stderr=complaints) as server,
    ):
        os.close(writing)
        try:
            number = _first_line(reading)
            if not number:
                complaints.seek(0)
                raise Unproved(f"Xvfb does not start: {complaints.read().decode(errors='replace')}")
            yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
            _wait_until_left(server)
        finally:
            os.close(reading)
            if server.poll() is None:
                server.terminate()


def _first_line(pipe: int) -> str:
    """What is written into `pipe`; "" where it is closed, or `START_SECONDS` are over, before a line is whole."""
    said = b""
    end = monotonic() + START_SECONDS
    while not said.endswith(b"\n"):
        ready, _, _ = select([pipe], [], [], max(0, end - monotonic()))
        more = os.read(pipe, 64) if ready else b""
        if not more:
            return ""
        said += more
    return said.decode().strip()


def _wait_until_left(server: "subprocess.Popen[bytes]") -> None:
    try:
        server.wait(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired as expired:
        raise Unproved("The X server is still waiting: no window was opened on it.") from expired
