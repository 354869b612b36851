"""A crash of the whole process is found by the next one, once, and nobody takes a running process for a crashed one."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.crash_log import CrashLog, take_over_crashes
from core.log_file import LogFile

BEGIN = "import faulthandler, sys; from pathlib import Path; from core.crash_log import CrashLog\n"
OPEN = "crashes = CrashLog(Path(sys.argv[1])); crashes.open()\n"


def run(script: str, folder: Path) -> int:
    """Run `script` in a process of its own, which nothing else watches over; return its exit code."""
    return subprocess.run([sys.executable, "-c", BEGIN + script, str(folder)], check=False).returncode


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The log, written to for as long as the test runs."""
    path = tmp_path / "digitpad.log"
    handler = LogFile(path)
    logging.getLogger().addHandler(handler)
    yield path
    logging.getLogger().removeHandler(handler)
    handler.close()


def test_a_crash_is_in_the_log_afterwards_and_told_once(tmp_path: Path, log: Path) -> None:
    folder = tmp_path / "made for it"
    assert run(f"{OPEN}def draw(): faulthandler._sigsegv()\ndraw()", folder) < 0
    assert take_over_crashes(folder) == log
    text = log.read_text(encoding="utf-8")
    assert "DigitPad ended unexpectedly:\nFatal Python error: Segmentation fault" in text
    assert "in draw" in text
    assert list(folder.iterdir()) == []
    assert take_over_crashes(folder) is None


def test_an_abort_by_a_library_is_a_crash(tmp_path: Path, log: Path) -> None:
    assert run(f"{OPEN}import os; os.abort()", tmp_path) < 0
    assert take_over_crashes(tmp_path) == log
    assert "Fatal Python error: Aborted" in log.read_text(encoding="utf-8")


def test_without_a_log_the_details_stay_where_they_are(tmp_path: Path) -> None:
    run(f"{OPEN}faulthandler._sigsegv()", tmp_path)
    details = take_over_crashes(tmp_path)
    assert details is not None
    assert "Segmentation fault" in details.read_text()


def test_an_end_as_it_should_be_leaves_nothing(tmp_path: Path) -> None:
    assert (
        run(f"{OPEN}assert faulthandler.is_enabled(); crashes.close(); assert not faulthandler.is_enabled()", tmp_path)
        == 0
    )
    assert list(tmp_path.iterdir()) == []


def test_what_was_recorded_without_a_crash_is_no_crash(tmp_path: Path) -> None:
    script = "faulthandler.dump_traceback(next(Path(sys.argv[1]).glob('*.log')).open('ab')); crashes.close()"
    assert run(OPEN + script, tmp_path) == 0
    assert take_over_crashes(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_still_runs_keeps_its_file(tmp_path: Path, log: Path) -> None:
    script = f"{BEGIN}{OPEN}print(flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        [file] = tmp_path.glob("crash-*.log")
        file.write_text("as if it were crashing just now")
        assert take_over_crashes(tmp_path) is None
        assert file.exists()
        other.kill()
        other.wait()
    assert take_over_crashes(tmp_path) == log


def test_a_process_that_was_killed_has_not_crashed(tmp_path: Path) -> None:
    assert run(f"{OPEN}import os; os._exit(9)", tmp_path) == 9
    assert take_over_crashes(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_who_watches_already_goes_on_watching(tmp_path: Path) -> None:
    assert run(f"faulthandler.enable()\n{OPEN}crashes.close(); assert faulthandler.is_enabled()", tmp_path) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert run(f"{OPEN}crashes.close()", tmp_path / "file" / "logs") == 0
    assert take_over_crashes(tmp_path / "file" / "logs") is None
    CrashLog(tmp_path).close()
