"""A screen that nobody sees, for the proof of what people see: Xvfb, where it is installed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from hard_place import Unproved

SIZE = "1600x1200x24"
PATIENCE_SECONDS = 30
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
    with subprocess.Popen([program, *options], pass_fds=[writing], stderr=subprocess.PIPE, text=True) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                number = told.readline().strip()  # nothing where the server has ended
            if not number:
                _, complaint = server.communicate()
                raise Unproved(f"Xvfb does not start: {complaint}")
            yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
            _wait_until_left(server)
        finally:
            if server.poll() is None:
                server.terminate()


def _wait_until_left(server: "subprocess.Popen[str]") -> None:
    try:
        server.communicate(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired as expired:
        raise Unproved("The X server is still waiting: no window was opened on it.") from expired
