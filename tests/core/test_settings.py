"""Settings come back, and nothing that happens to their file breaks the app."""

import logging
from pathlib import Path

import pytest

from core.errors import StorageError
from core.settings import Settings, SettingsFile


def test_what_was_set_comes_back(tmp_path: Path) -> None:
    SettingsFile(tmp_path / "settings.json").update(model="mine", pen_width=0.08)
    values = SettingsFile(tmp_path / "settings.json").values
    assert (values.model, values.pen_width) == ("mine", 0.08)


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert SettingsFile(tmp_path / "settings.json").values == Settings()


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"\xff\xfe", b"[" * 100_000, b" " * 2_000_000])
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert SettingsFile(path).values == Settings()
    assert "not readable" in caplog.text


def test_wrong_and_unknown_values_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"model": 3, "pen_width": 0.07, "colour": "red"}')
    assert SettingsFile(path).values == Settings(pen_width=0.07)


def test_a_place_that_cannot_be_written_is_told_or_borne(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = SettingsFile(tmp_path / "file" / "settings.json")
    with pytest.raises(StorageError):
        settings.update(model="mine")
    settings.remember(pen_width=0.09)
    assert settings.values.pen_width == 0.09
    assert "settings not saved" in caplog.text
