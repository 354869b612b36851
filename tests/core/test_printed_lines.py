"""What is printed where there is no terminal goes to the log."""

# ruff: noqa: T201 - printing is what this is about

import logging
import sys

import pytest

from core.printed_lines import LoggedOutput, flush_logged_output, is_output_logged, missing_streams_logged


@pytest.fixture
def printed(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog


def test_printing_is_logged_line_by_line(monkeypatch: pytest.MonkeyPatch, printed: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    with missing_streams_logged():
        assert is_output_logged()
        print("one", "two", end="")
        print(" three\n\nfour", flush=True)
        print("five", end="", file=sys.stderr)
        assert printed.messages == ["one two three", "four"]
        flush_logged_output()
    assert printed.messages == ["one two three", "four", "five"]
    assert [record.name for record in printed.records] == ["stdout", "stdout", "stderr"]
    assert (sys.stdout, sys.stderr) == (None, None)


def test_streams_that_are_there_stay(capsys: pytest.CaptureFixture[str]) -> None:
    with missing_streams_logged():
        assert not is_output_logged()
        print("one")
    assert capsys.readouterr().out == "one\n"


def test_what_is_printed_before_there_is_a_log_is_kept(printed: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("nobody listens")
    logger.propagate = False
    output = LoggedOutput("nobody listens")
    print("early", file=output)
    assert printed.messages == []
    logger.propagate = True
    print("late", file=output)
    assert printed.messages == ["early", "late"]
