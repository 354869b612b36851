"""All licences in one text."""

from pathlib import Path

from core.system.licences import LICENCES_FILE, read_licences


def test_the_standalone_app_brings_them_in_one_file(tmp_path: Path) -> None:
    (tmp_path / LICENCES_FILE).write_bytes("“Licence” of everything\n".encode() + b"\xff")
    licences = read_licences(tmp_path)
    assert licences.text == "“Licence” of everything\n\ufffd"
    assert not licences.is_markdown


def test_from_source_they_are_put_together() -> None:
    licences = read_licences()
    assert licences.is_markdown
    assert "# Notices" in licences.text
    assert "Permission is hereby granted" in licences.text
    assert "](LICENSE)" not in licences.text, "a link that leads nowhere"
    assert "make " not in licences.text and "assets/" not in licences.text, "who reads it may have no sources"
    assert "](https://www.tensorflow.org/)" in licences.text
    rows = {cells[1]: cells[3] for cells in map(columns, licences.text.splitlines()) if len(cells) == 5}
    assert rows["tensorflow"] in ("Apache 2.0", "Apache-2.0")
    assert rows["PySide6-Essentials"].startswith("LGPL")
    assert len(rows) > 30


def columns(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def test_without_any_file_it_says_so(tmp_path: Path) -> None:
    assert "install DigitPad again" in read_licences(tmp_path / "assets").text
