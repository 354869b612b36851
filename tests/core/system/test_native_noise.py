"""Silence on file descriptor 2, and only there, only then."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core.system.native_noise import quiet_native_stderr

REPOSITORY = Path(__file__).resolve().parents[3]


def test_only_what_is_inside_is_swallowed(capfd: pytest.CaptureFixture[str]) -> None:
    os.write(2, b"before ")
    with quiet_native_stderr():
        os.write(2, b"inside ")
        with quiet_native_stderr():
            os.write(2, b"deeper ")
        os.write(2, b"still inside ")
    os.write(2, b"after")
    assert capfd.readouterr().err == "before after"


def test_overlapping_threads_leave_the_terminal_as_it_was(capfd: pytest.CaptureFixture[str]) -> None:
    first_is_in, second_is_in, first_is_out = (threading.Event() for _ in range(3))

    def second() -> None:
        first_is_in.wait()
        with quiet_native_stderr():
            second_is_in.set()
            first_is_out.wait()
            os.write(2, b"noise")

    thread = threading.Thread(target=second)
    thread.start()
    with quiet_native_stderr():
        first_is_in.set()
        second_is_in.wait()
    first_is_out.set()
    thread.join()
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"


def test_the_reason_of_a_failure_is_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        with quiet_native_stderr():
            os.write(2, b"no such device")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert capfd.readouterr().err == "no such device"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes a descriptor")
def test_without_a_terminal() -> None:
    code = "from core.system.native_noise import quiet_native_stderr\nwith quiet_native_stderr(): print('fine')"
    command = ["sh", "-c", 'exec "$0" -c "$1" 2>&-', sys.executable, code]
    result = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "fine\n")
