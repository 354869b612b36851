"""The log begins anew before it grows too long."""

import io
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.system.log_file import LogFile, details_clause, written_log

FULL = Path("/dev/full")


@contextmanager
def logging_to(path: Path) -> Iterator[logging.Logger]:
    """Writes to `path`, which may have 100 bytes."""
    handler = LogFile(path, longest=100)
    logger = logging.getLogger("log file under test")
    logger.addHandler(handler)
    try:
        yield logger
    finally:
        logger.removeHandler(handler)
        handler.close()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logging.Logger]:
    """Writes to `digitpad.log`, which may have 100 bytes."""
    with logging_to(tmp_path / "digitpad.log") as logger:
        yield logger


def test_records_are_appended(log: logging.Logger, tmp_path: Path) -> None:
    log.error("“one”")
    log.error("two")
    assert (tmp_path / "digitpad.log").read_text(encoding="utf-8") == "“one”\ntwo\n"


def test_a_full_log_becomes_the_one_before(log: logging.Logger, tmp_path: Path) -> None:
    for number in range(30):
        log.error("%s", f"{number:09d}")
    now = (tmp_path / "digitpad.log").read_text().splitlines()
    before = (tmp_path / "digitpad.log.1").read_text().splitlines()
    assert [int(line) for line in before + now] == list(range(10, 30))
    assert len(list(tmp_path.iterdir())) == 2


def test_a_log_that_cannot_be_moved_goes_on(log: logging.Logger, tmp_path: Path) -> None:
    (tmp_path / "digitpad.log.1" / "full").mkdir(parents=True)
    for number in range(15):
        log.error("%s", f"{number:09d}")
    assert len((tmp_path / "digitpad.log").read_text().splitlines()) == 15


def test_a_log_whose_folder_is_removed_goes_on_once_it_is_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    with logging_to(folder / "digitpad.log") as log:
        for _ in range(9):
            log.error("before it is full")
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        log.error("again")
    assert (folder / "digitpad.log").read_text() == "again\n"
    assert capsys.readouterr().err == "The log cannot be written: No such file or directory.\n"


@pytest.mark.skipif(not FULL.exists(), reason="needs a disk that is full")
def test_a_full_disk_stops_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "digitpad.log").symlink_to(FULL)
    with logging_to(tmp_path / "digitpad.log") as log:
        for number in range(30):
            log.error("%s", f"{number:09d}")
    assert capsys.readouterr().err == "The log cannot be written: No space left on device.\n"


@pytest.mark.skipif(not FULL.exists(), reason="needs a disk that is full")
def test_a_record_that_nobody_misses_is_lost_in_silence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "digitpad.log").symlink_to(FULL)
    with logging_to(tmp_path / "digitpad.log") as log:
        log.setLevel(logging.INFO)
        log.info("one")
        assert capsys.readouterr().err == ""
        log.warning("two")
    assert capsys.readouterr().err == "The log cannot be written: No space left on device.\n"


@pytest.mark.skipif(not FULL.exists(), reason="needs a disk that is full")
@pytest.mark.parametrize("is_there", [True, False])
def test_a_log_goes_on_after_a_problem_that_nobody_hears_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr("sys.stderr", closed if is_there else None)
    log = tmp_path / "digitpad.log"
    log.symlink_to(FULL)
    with logging_to(log) as logger:
        logger.error("one")  # the log cannot take it, and nobody hears of that
        log.unlink()  # the disk has room again
        logger.handlers[0].close()
        logger.error("two")
    assert log.read_text() == "two\n"


@pytest.fixture
def root_log(tmp_path: Path) -> Iterator[LogFile]:
    """Everything is written to `digitpad.log`."""
    handler = LogFile(tmp_path / "digitpad.log")
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    handler.close()


def test_details_are_where_they_were_written(root_log: LogFile, tmp_path: Path) -> None:
    logging.getLogger("here").error("one")
    assert written_log() == tmp_path / "digitpad.log"
    assert details_clause() == f"details are in {tmp_path / 'digitpad.log'}"


@pytest.mark.skipif(not FULL.exists(), reason="needs a disk that is full")
def test_details_that_could_not_be_written_are_nowhere(
    root_log: LogFile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root_log.close()
    root_log.baseFilename = str(FULL)  # the disk fills
    logging.getLogger("here").error("one")
    assert written_log() is None
    assert details_clause() == "the details could not be saved"
    root_log.close()
    root_log.baseFilename = str(tmp_path / "digitpad.log")  # and has room again
    logging.getLogger("here").error("two")
    assert written_log() is not None


def test_without_a_file_details_are_in_the_terminal() -> None:
    handler = logging.StreamHandler(io.StringIO())
    logging.getLogger().addHandler(handler)
    try:
        assert details_clause() == "details are in the terminal"
    finally:
        logging.getLogger().removeHandler(handler)
    assert details_clause() == "the details could not be saved"
