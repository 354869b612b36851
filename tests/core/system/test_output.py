"""What is printed where there is no terminal goes to the log."""

# ruff: noqa: T201 - printing is what this is about

import errno
import io
import logging
import sys
import threading
from pathlib import Path

import pytest

from core.system.output import LoggedOutput, OutputError, flush_logged_output, is_logged, usable_output


@pytest.fixture
def printed(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog


def test_printing_is_logged_line_by_line(monkeypatch: pytest.MonkeyPatch, printed: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    with usable_output():
        assert is_logged(sys.stdout) and is_logged(sys.stderr)
        print("one", "two", end="")
        print(" three\n\nfour", flush=True)
        print("five", end="", file=sys.stderr)
        assert printed.messages == ["one two three", "four"]
        flush_logged_output()
    assert printed.messages == ["one two three", "four", "five"]
    assert [record.name for record in printed.records] == ["stdout", "stdout", "stderr"]
    assert (sys.stdout, sys.stderr) == (None, None)


def test_streams_that_are_there_stay(capsys: pytest.CaptureFixture[str]) -> None:
    with usable_output():
        assert not is_logged(sys.stdout) and not is_logged(sys.stderr)
        print("one")
        assert sys.stdout.writable()
    assert capsys.readouterr().out == "one\n"


def test_each_stream_is_there_or_not_by_itself(
    monkeypatch: pytest.MonkeyPatch, printed: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout", None)
    with usable_output():
        assert (is_logged(sys.stdout), is_logged(sys.stderr)) == (True, False)
        print("one")
        print("two", file=sys.stderr)
    assert printed.messages == ["one"]
    assert capsys.readouterr().err == "two\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_output_that_takes_no_more_says_that_it_is_output(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("wb", buffering=0) as full, monkeypatch.context() as patch:
        patch.setattr("sys.stdout", io.TextIOWrapper(full, write_through=True))
        with usable_output(), pytest.raises(OutputError) as caught:
            print("one")
        assert caught.value.errno == errno.ENOSPC
        sys.stdout.detach()


def test_threads_do_not_mix_their_lines(printed: pytest.LogCaptureFixture) -> None:
    output = LoggedOutput("stdout")
    has_begun, may_end = threading.Event(), threading.Event()

    def work() -> None:
        output.write("a line ")
        has_begun.set()
        may_end.wait()
        output.write("in two parts\n")

    thread = threading.Thread(target=work)
    thread.start()
    has_begun.wait()
    print("another in between", file=output)
    may_end.set()
    thread.join()
    assert printed.messages == ["another in between", "a line in two parts"]


def test_what_another_thread_has_begun_to_print_is_logged_at_the_end(
    monkeypatch: pytest.MonkeyPatch, printed: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sys.stdout", None)
    with usable_output():
        thread = threading.Thread(target=lambda: print("half a line", end=""))
        thread.start()
        thread.join()
        print("own", flush=True)
        assert printed.messages == ["own"]
        flush_logged_output()
    assert printed.messages == ["own", "half a line"]


def test_what_is_printed_before_there_is_a_log_is_kept(printed: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("nobody listens")
    logger.propagate = False
    output = LoggedOutput("nobody listens")
    print("early", file=output)
    assert printed.messages == []
    logger.propagate = True
    print("late", file=output)
    assert printed.messages == ["early", "late"]
