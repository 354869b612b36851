"""The log begins anew before it grows too long."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.log_file import LogFile


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logging.Logger]:
    """Writes to `digitpad.log`, which may have 100 bytes."""
    handler = LogFile(tmp_path / "digitpad.log", longest=100)
    logger = logging.getLogger("log file under test")
    logger.addHandler(handler)
    yield logger
    logger.removeHandler(handler)
    handler.close()


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
