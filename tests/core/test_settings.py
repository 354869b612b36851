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
    assert "cannot be read" in caplog.text


def test_wrong_and_unknown_values_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"model": 3, "pen_width": 0.07, "colour": "red"}')
    assert SettingsFile(path).values == Settings(pen_width=0.07)


@pytest.mark.parametrize(
    "content",
    [
        '{"pen_width": NaN}',
        '{"pen_width": 1e300}',
        '{"pen_width": -1.0}',
        '{"pen_width": 0.0}',
        '{"pen_width": true}',
        '{"model": ""}',
        '{"model": "%s"}' % ("x" * 300),
        '{"model": "a\\u0000b"}',
        '{"model": "\\ud800"}',
        '{"window": "\\ud800"}',
        '{"last_folder": "\\ud800"}',
        '{"last_folder": "/a/%s"}' % ("x" * 300),
        '{"last_folder": "a\\u0000b"}',
        '{"preset": ["dense"]}',
        '{"data": 3}',
        '{"own_data": "a\\u0000b"}',
    ],
)
def test_values_out_of_range_are_left_out(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content)
    assert SettingsFile(path).values == Settings()


def test_two_windows_keep_each_others_changes(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    first, second = SettingsFile(path), SettingsFile(path)
    first.update(model="mine")
    second.update(pen_width=0.08)
    first.remember(window="abc")
    assert SettingsFile(path).values == Settings(model="mine", pen_width=0.08, window="abc")


def test_a_settings_file_that_was_lost_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings = SettingsFile(path)
    settings.update(model="mine")
    path.unlink()
    settings.update(pen_width=0.08)
    assert SettingsFile(path).values == Settings(model="mine", pen_width=0.08)


def test_what_could_not_be_saved_is_saved_with_the_next_change(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "settings.json"
    path.parent.write_text("in the way")
    settings = SettingsFile(path)
    settings.remember(pen_width=0.09)
    path.parent.unlink()
    SettingsFile(path).update(window="another window's")
    settings.update(model="mine")
    assert SettingsFile(path).values == Settings(model="mine", pen_width=0.09, window="another window's")


def test_a_place_that_cannot_be_written_is_told_or_borne(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = SettingsFile(tmp_path / "file" / "settings.json")
    with pytest.raises(StorageError):
        settings.update(model="mine")
    settings.remember(pen_width=0.09)
    assert settings.values.pen_width == 0.09
    assert "settings not saved" in caplog.text
