"""A virtual X server for the proof: Xvfb, where it is installed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from select import select
from tempfile import TemporaryFile
from time import monotonic

from sandbox import ProofFailed

SIZE = "1600x1200x24"
START_SECONDS = 30
"""How long the server may take until it reports its display number."""
EXIT_SECONDS = 30
"""How long it may keep running after the app has ended."""
XVFB = "Xvfb"


@contextmanager
def x_server() -> Iterator[dict[str, str] | None]:
    """Run a server for the block; yields the environment variables that its clients need, None where there is no Xvfb.

    Raises
    ------
    ProofFailed
        When the server does not start, or had no client: it ends by itself when its last client disconnects.
    """
    program = shutil.which(XVFB)
    if program is None:
        yield None
        return
    reading, writing = os.pipe()
    # every local user may connect, nobody over a network
    options = ["-displayfd", str(writing), "-screen", "0", SIZE, "-ac", "-nolisten", "tcp", "-terminate"]
    with (
        TemporaryFile() as errors,  # a pipe that nobody reads would block the server when it is full
        subprocess.Popen([program, *options], pass_fds=[writing], stderr=errors) as server,
    ):
        os.close(writing)
        try:
            number = _first_line(reading)
            if not number:
                errors.seek(0)
                raise ProofFailed(f"Xvfb does not start: {errors.read().decode(errors='replace')}")
            yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
            _wait_until_left(server)
        finally:
            os.close(reading)
            if server.poll() is None:
                server.terminate()


def _first_line(pipe: int) -> str:
    """The first line written to `pipe`; "" when it is closed, or `START_SECONDS` pass, before the line is complete."""
    received = b""
    end = monotonic() + START_SECONDS
    while not received.endswith(b"\n"):
        ready, _, _ = select([pipe], [], [], max(0, end - monotonic()))
        more = os.read(pipe, 64) if ready else b""
        if not more:
            return ""
        received += more
    return received.decode().strip()


def _wait_until_left(server: "subprocess.Popen[bytes]") -> None:
    try:
        server.wait(timeout=EXIT_SECONDS)
    except subprocess.TimeoutExpired as expired:
        raise ProofFailed("The X server is still waiting for a client: no window was opened.") from expired
