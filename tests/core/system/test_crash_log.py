"""An end that nobody wanted is found by the next start, once, and nobody takes a running process for a crashed one."""

import logging
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import __version__
from core.system.crash_log import WINDOW, Crash, CrashLog, take_over_crashes
from core.system.file_lock import FileLock
from core.system.log_file import LogFile

BEGIN = "import faulthandler, os, signal, sys; from pathlib import Path; from core.system.crash_log import CrashLog\n"
OPEN = "crashes = CrashLog(Path(sys.argv[1]), sys.argv[2]); crashes.open()\n"
FULL_DISK = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"  # files can be made, and stay empty
NO_LOCKS = """
import errno, fcntl, logging
def refuse(*arguments): raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
fcntl.flock = refuse
logging.basicConfig(filename=sys.argv[1] + ".txt", level=logging.INFO)
"""
needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="needs limits of a process")


def run(script: str, folder: Path, what: str = WINDOW) -> int:
    """Run `script` in a process of its own, which nothing else watches over; return its exit code."""
    return subprocess.run([sys.executable, "-c", BEGIN + script, str(folder), what], check=False).returncode


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The log, written to for as long as the test runs."""
    path = tmp_path / "digitpad.log"
    handler = LogFile(path)
    logging.getLogger().addHandler(handler)
    yield path
    logging.getLogger().removeHandler(handler)
    handler.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where processes leave what is known of their end."""
    return tmp_path / "made for it"


def test_a_crash_is_in_the_log_afterwards_and_told_once(folder: Path, log: Path) -> None:
    assert run(f"{OPEN}def draw(): faulthandler._sigsegv()\ndraw()", folder) < 0
    assert take_over_crashes(folder) == Crash(log)
    text = log.read_text(encoding="utf-8")
    assert "Fatal Python error: Segmentation fault" in text
    assert "in draw" in text
    assert list(folder.iterdir()) == []
    assert take_over_crashes(folder) is None


def test_the_log_says_when_it_happened_and_to_which_version(folder: Path, log: Path) -> None:
    run(f"{OPEN}faulthandler._sigsegv()", folder)
    [file] = folder.glob("crash-*.log")
    ended_at = time.mktime((2026, 3, 1, 23, 59, 58, 0, 0, -1))
    os.utime(file, (ended_at, ended_at))
    take_over_crashes(folder)
    [first] = [line for line in log.read_text().splitlines() if "ended unexpectedly" in line]
    assert first.startswith(f"DigitPad {__version__}, from source, Python ")
    assert re.search(r": window, begun at [-\d]+ [:\d]+, ended unexpectedly at 2026-03-01 23:59:58:$", first)


def test_an_abort_by_a_library_is_a_crash(folder: Path, log: Path) -> None:
    assert run(f"{OPEN}os.abort()", folder) < 0
    assert take_over_crashes(folder) == Crash(log)
    assert "Fatal Python error: Aborted" in log.read_text(encoding="utf-8")


def test_an_error_that_nobody_caught_is_told_too(folder: Path, log: Path) -> None:
    script = "try: 1 / 0\nexcept Exception as error: crashes.record(error)\ncrashes.close()"
    assert run(OPEN + script, folder) == 0
    assert take_over_crashes(folder) == Crash(log)
    text = log.read_text(encoding="utf-8")
    assert "Traceback (most recent call last):" in text
    assert "ZeroDivisionError: division by zero" in text
    assert list(folder.iterdir()) == []


def test_an_error_of_any_length_and_in_any_letters_is_recorded(folder: Path, log: Path) -> None:
    script = "crashes.record(ValueError('Größe \\udcff ' + 'x' * 10**6)); crashes.close()"
    assert run(OPEN + script, folder) == 0
    assert take_over_crashes(folder) == Crash(log)
    assert 50_000 < log.stat().st_size < 200_000
    assert "ValueError: Größe \\udcff x" in log.read_text(encoding="utf-8")


def test_without_a_log_the_details_stay_where_they_are(folder: Path) -> None:
    run(f"{OPEN}faulthandler._sigsegv()", folder)
    crash = take_over_crashes(folder)
    assert crash is not None and crash.details is not None
    assert "Segmentation fault" in crash.details.read_text()


@pytest.mark.parametrize("end", ["os._exit(9)", "os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))"])
def test_a_process_that_was_killed_left_no_trace(folder: Path, log: Path, end: str) -> None:
    assert run(OPEN + end, folder) != 0
    assert take_over_crashes(folder) == Crash(None)
    assert "ended unexpectedly; the reason is not known" in log.read_text()
    assert list(folder.iterdir()) == []
    assert take_over_crashes(folder) is None


@needs_limits
@pytest.mark.parametrize("end", ["faulthandler._sigsegv()", "crashes.record(ValueError('one')); crashes.close()"])
def test_a_crash_on_a_full_disk_is_told_without_details(folder: Path, end: str) -> None:
    run(FULL_DISK + OPEN + end, folder)
    [file] = folder.glob("crash-*.log")
    assert file.stat().st_size == 0
    assert take_over_crashes(folder) == Crash(None)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("disk", ["", pytest.param(FULL_DISK, marks=needs_limits)])
def test_an_end_that_is_expected_may_come_in_any_way(folder: Path, disk: str) -> None:
    assert run(f"{disk}{OPEN}crashes.expect_end(); os._exit(9)", folder) == 9
    assert take_over_crashes(folder) is None
    assert list(folder.iterdir()) == []


def test_a_crash_on_the_way_to_the_end_is_a_crash(folder: Path, log: Path) -> None:
    assert run(f"{OPEN}crashes.expect_end(); faulthandler._sigsegv()", folder) < 0
    assert take_over_crashes(folder) == Crash(log)
    assert "Segmentation fault" in log.read_text()


def test_what_a_command_left_is_logged_and_not_told(folder: Path, log: Path) -> None:
    run(f"{OPEN}faulthandler._sigsegv()", folder, "self-test")
    run(f"{OPEN}os._exit(9)", folder, "train")
    assert take_over_crashes(folder) is None
    text = log.read_text()
    assert ": self-test, begun at " in text and "Segmentation fault" in text
    assert ": train, begun at " in text and "the reason is not known" in text
    assert list(folder.iterdir()) == []


def test_of_many_crashes_the_latest_with_details_is_told(folder: Path, log: Path) -> None:
    run(f"{OPEN}faulthandler._sigsegv()", folder)
    run(f"{OPEN}os._exit(9)", folder)
    run(f"{OPEN}os.abort()", folder, "train")
    assert take_over_crashes(folder) == Crash(log)
    assert list(folder.iterdir()) == []


def test_one_that_cannot_be_read_hides_no_other(folder: Path, log: Path) -> None:
    run(f"{OPEN}os._exit(9)", folder)
    for name in ("crash-a.log", "crash-window-z.log"):
        (folder / name).mkdir()
    (folder / "crash-window-0.log").symlink_to(folder / "nothing")
    assert take_over_crashes(folder) == Crash(None)


def test_an_end_as_it_should_be_leaves_nothing(folder: Path) -> None:
    script = "assert faulthandler.is_enabled(); crashes.close(); assert not faulthandler.is_enabled(); crashes.close()"
    assert run(OPEN + script, folder) == 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("end", ["crashes.close()", "crashes.expect_end(); os._exit(0)"])
def test_what_was_recorded_without_a_crash_is_no_crash(folder: Path, end: str) -> None:
    script = f"faulthandler.dump_traceback(next(Path(sys.argv[1]).glob('*.log')).open('ab')); {end}"
    assert run(OPEN + script, folder) == 0
    assert take_over_crashes(folder) is None
    assert list(folder.iterdir()) == []


def test_a_process_that_still_runs_keeps_its_file(folder: Path, log: Path) -> None:
    script = f"{BEGIN}{OPEN}print(flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", script, str(folder), WINDOW]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        [file] = folder.glob("crash-*.log")
        file.write_text("as if it were crashing just now")
        assert take_over_crashes(folder) is None
        assert file.exists()
        other.kill()
        other.wait()
    assert take_over_crashes(folder) == Crash(log)
    assert "as if it were crashing just now" in log.read_text()


def test_who_watches_already_goes_on_watching(folder: Path) -> None:
    script = f"faulthandler.enable()\n{OPEN}crashes.expect_end(); crashes.close(); assert faulthandler.is_enabled()"
    assert run(script, folder) == 0
    assert not folder.exists()


def test_a_folder_that_cannot_be_made_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert run(f"{OPEN}crashes.record(ValueError()); crashes.close()", tmp_path / "file" / "logs") == 0
    assert take_over_crashes(tmp_path / "file" / "logs") is None
    CrashLog(tmp_path, WINDOW).close()


@pytest.mark.skipif(sys.platform == "win32", reason="locks files in its own way")
def test_where_nothing_can_be_locked_nothing_is_left_and_the_log_says_so(folder: Path) -> None:
    assert run(f"{NO_LOCKS}{OPEN}assert not faulthandler.is_enabled(); os._exit(9)", folder) == 9
    assert list(folder.iterdir()) == []
    assert f"could not be recorded: no file can be locked in {folder}" in Path(f"{folder}.txt").read_text()


def test_a_process_that_has_not_made_its_file_yet_keeps_its_lock(folder: Path) -> None:
    folder.mkdir()
    path = folder / "crash-window-0.lock"
    lock = FileLock(path)
    assert lock.try_lock()
    take_over_crashes(folder)
    assert path.exists()
    lock.release()
