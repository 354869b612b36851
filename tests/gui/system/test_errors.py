"""An error that nobody expected is logged, and told once."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.system.log_file import LogFile
from gui.system.errors import UnexpectedErrors


@contextmanager
def unexpected_errors(told: list[str], log: Path) -> Iterator[None]:
    """Lets three times the same error go uncaught, with a log at `log`."""
    handler = LogFile(log)
    logging.getLogger().addHandler(handler)
    errors = UnexpectedErrors()
    errors.problem.connect(told.append)
    errors.install()
    try:
        for _ in range(3):
            try:
                raise ZeroDivisionError("a bug")
            except ZeroDivisionError as error:
                sys.excepthook(type(error), error, error.__traceback__)
        yield
    finally:
        errors.uninstall()
        logging.getLogger().removeHandler(handler)
        handler.close()


def test_an_unexpected_error_is_logged_and_told_once(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    told: list[str] = []
    with unexpected_errors(told, tmp_path / "digitpad.log"):
        qtbot.waitUntil(lambda: bool(told))
        qtbot.wait(20)
    [sentence] = told
    assert "ZeroDivisionError" in sentence
    assert sentence.endswith(f"details are in {tmp_path / 'digitpad.log'}.")
    assert "a bug" in (tmp_path / "digitpad.log").read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_an_unexpected_error_on_a_full_disk_has_no_details(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "digitpad.log").symlink_to("/dev/full")
    told: list[str] = []
    with unexpected_errors(told, tmp_path / "digitpad.log"):
        qtbot.waitUntil(lambda: bool(told))
    assert told[0].endswith("the details could not be saved.")
