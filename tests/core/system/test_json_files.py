"""A small file of the app's own is read, or is as good as missing."""

import logging
from pathlib import Path

import pytest

from core.system.json_files import MAX_BYTES, read_object, write_object


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write_object(tmp_path / "new" / "a.json", {"a": [1, "ü"]})
    assert read_object(tmp_path / "new" / "a.json", "things") == {"a": [1, "ü"]}


def test_a_missing_file_is_no_problem(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert read_object(tmp_path / "a.json", "things") is None
    assert caplog.text == ""


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1]", b"null", b"\xff\xfe", b'{"a":' * 100_000, b"1" * 5_000, b'{"a": 1}' + b" " * MAX_BYTES],
)
def test_what_is_no_object_counts_as_missing(tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert read_object(tmp_path / "a.json", "things") is None
    assert f"things at {tmp_path / 'a.json'} cannot be read" in caplog.text


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a file without an end")
def test_a_file_without_an_end_is_not_read_to_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert read_object(Path("/dev/zero"), "things") is None
    assert "too large" in caplog.text


def test_a_folder_in_its_place_counts_as_missing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert read_object(tmp_path, "things") is None
    assert "cannot be read" in caplog.text
