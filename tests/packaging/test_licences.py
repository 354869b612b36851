"""The book of licences."""

from importlib.metadata import distribution
from pathlib import Path, PurePath

import pytest
from bundled_parts import PARTS, LicenceMissing, Part, check_covered, told_parts
from licences import (
    TEXTS,
    LicenceBook,
    add_distribution,
    distribution_texts,
    is_licence_text,
    own_sections,
    python_licence,
)


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


def test_our_own_texts_are_for_people_who_have_the_app_and_no_sources() -> None:
    texts = dict(own_sections())
    for heading in ("What it ships, in short", "The MNIST database of handwritten digits"):
        for sign in ("make ", "assets/", "packaging/", "requirements", "repository", "](", "|", "**", "`", "# "):
            assert sign not in texts[heading], sign
    assert "- TensorFlow (https://www.tensorflow.org/): Apache-2.0; training\n" in texts["What it ships, in short"]
    assert "\n- the typeface Inter: The Inter Project Authors; SIL" in texts["What it ships, in short"]


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


def test_a_text_is_known_by_its_name_or_its_folder() -> None:
    texts = [
        "tensorflow/THIRD_PARTY_NOTICES.txt",
        "pyqtgraph/colors/maps/CC-BY license - applies to CET color map data.txt",
        "h5py-3.14.0.dist-info/licenses/licenses/hdf5.txt",
    ]
    others = ["core/system/licences.py", "cv2/data/haarcascade_license_plate_rus_16stages.xml", "h5py/hdf5.txt"]
    assert [name for name in [*texts, *others] if is_licence_text(PurePath(name))] == texts


def test_a_library_that_nobody_answers_for_stops_the_build() -> None:
    check_covered("h5py", [Path("h5py.libs/libaec-7e9d22b8.so.0.1.3"), Path("h5py/h5a.so")])
    with pytest.raises(LicenceMissing, match=r"libsecret\.so\.1"):
        check_covered("h5py", [Path("h5py.libs/libsecret.so.1")])
    with pytest.raises(LicenceMissing, match="new-package"):
        check_covered("new-package", [Path("new_package.libs/libz-1.so")])


def test_each_part_says_where_its_licence_stands() -> None:
    files = {"h5py": [Path("libhdf5-1.so"), Path("libaec-1.so")]}
    (known,) = (part.said for part in PARTS["h5py"] if part.name == "HDF5")
    lines, added = told_parts(files, {"numpy 2": known, "h5py 3": known})
    assert lines == ["h5py, libhdf5-1.so: HDF5; see “h5py 3”", "h5py, libaec-1.so: libaec; see “libaec.txt”"]
    assert added == ["libaec.txt"]
    with pytest.raises(LicenceMissing, match="HDF5"):
        told_parts(files, {"h5py 3": "nothing"})


def all_parts() -> list[Part]:
    return [part for parts in PARTS.values() for part in parts]


def test_every_part_has_one_place_and_every_text_is_there() -> None:
    assert all(bool(part.said) != bool(part.text) for part in all_parts())
    assert {part.text for part in all_parts() if part.text} <= {path.name for path in TEXTS.iterdir()}


@pytest.mark.parametrize("name", ["PCRE2", "HarfBuzz-NG", "Freetype 2", "LibPNG", "WebP (libwebp)", "TinyCBOR", "XSVG"])
def test_what_qt_holds_of_others_is_there(name: str) -> None:
    assert f"\n{name}" in (TEXTS / "parts-of-qt.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("package", ["ai-edge-litert", "h5py", "numpy", "opencv-python-headless"])
def test_no_licence_is_known_by_lines_that_the_book_writes_itself(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("licences.distribution_texts", lambda _: [])
    book = LicenceBook()
    add_distribution(book, distribution(package))
    assert not [part.name for part in PARTS[package] if part.said and part.said in book.text()]


def test_litert_is_known_by_the_licence_that_it_brings() -> None:
    (known,) = (part.said for part in PARTS["ai-edge-litert"] if part.name == "LiteRT")
    assert any(known in text for text in distribution_texts(distribution("ai-edge-litert")))


@pytest.mark.parametrize("package", ["numpy", "opencv-python-headless"])
def test_the_whole_licence_of_libquadmath_is_added(package: str) -> None:
    texts = {"numpy 2": "Name: libquadmath"}
    lines, added = told_parts({package: [Path("libquadmath-1.so")]}, texts)
    assert [line.partition("see ")[2] for line in lines] == ["“numpy 2”", "“LGPL-2.1.txt”"]
    assert added == ["LGPL-2.1.txt"]
    text = (TEXTS / "LGPL-2.1.txt").read_text(encoding="utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "END OF TERMS AND CONDITIONS" in text
