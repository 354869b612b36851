"""The book of licences."""

from importlib.metadata import distribution
from pathlib import Path

import pytest
from licences import LicenceBook, LicenceMissing, add_distribution, distribution_texts, own_sections, python_licence


def test_every_text_stands_once() -> None:
    book = LicenceBook()
    book.add("one", "about one", "The  same\ntext.")
    book.add("two", "about two", "The same text.")
    text = book.text()
    assert text.count("same") == 1
    assert "(The text under “one”.)" in text
    assert text.index("\n  one\n  two\n") < text.index("about one") < text.index("about two")


def test_our_own_come_first() -> None:
    headings = [heading for heading, _ in own_sections()]
    assert headings[0].startswith("DigitPad")
    assert "SIL OPEN FONT LICENSE" in dict(own_sections())["The typeface Inter"]
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in python_licence()


def test_qt_says_where_its_sources_are() -> None:
    book = LicenceBook()
    add_distribution(book, distribution("PySide6-Essentials"))
    text = book.text()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "https://download.qt.io/official_releases/qt/" in text


def test_a_package_without_a_licence_stops_the_build(tmp_path: Path) -> None:
    folder = tmp_path / "nameless-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: nameless\nVersion: 1.0\n", encoding="utf-8")
    (folder / "RECORD").write_text("nameless-1.0.dist-info/METADATA,,\n", encoding="utf-8")
    from importlib.metadata import PathDistribution

    with pytest.raises(LicenceMissing, match=r"nameless 1\.0"):
        distribution_texts(PathDistribution(folder))
