"""The collected licences."""

from importlib.metadata import distribution
from pathlib import Path, PurePath

import pytest
from bundled_parts import PARTS, LicenceMissing, Part, check_covered, describe_parts
from licences import (
    TEXTS,
    LicenceBook,
    add_distribution,
    distribution_texts,
    is_licence_text,
    own_sections,
    python_licence,
)


def test_a_repeated_text_is_replaced_by_a_reference() -> None:
    book = LicenceBook()
    book.add("one", "about one", "The  same\ntext.")
    book.add("two", "about two", "The same text.")
    text = book.text()
    assert text.count("same") == 1
    assert "(See “one”.)" in text
    assert text.index("\n  one\n  two\n") < text.index("about one") < text.index("about two")


def test_our_own_licences_come_first() -> None:
    headings = [heading for heading, _ in own_sections()]
    assert headings[0].startswith("DigitPad")
    assert "SIL OPEN FONT LICENSE" in dict(own_sections())["The typeface Inter"]
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in python_licence()


def test_our_own_texts_do_not_refer_to_the_repository() -> None:
    texts = dict(own_sections())
    components = texts["Third-party components in short"]
    for text in (components, texts["The MNIST database of handwritten digits"]):
        for sign in ("make ", "assets/", "packaging/", "requirements", "repository", "](", "|", "**", "`", "# "):
            assert sign not in text, sign
    assert "- TensorFlow (https://www.tensorflow.org/): Apache-2.0; training\n" in components
    assert "\n- the typeface Inter: The Inter Project Authors; SIL" in components


def test_the_text_about_qt_links_to_its_sources() -> None:
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


def test_a_licence_text_is_recognised_by_its_name_or_folder() -> None:
    texts = [
        "tensorflow/THIRD_PARTY_NOTICES.txt",
        "h5py-3.14.0.dist-info/licenses/licenses/hdf5.txt",
    ]
    others = ["core/system/licences.py", "cv2/data/haarcascade_license_plate_rus_16stages.xml", "h5py/hdf5.txt"]
    assert [name for name in [*texts, *others] if is_licence_text(PurePath(name))] == texts


def test_a_library_that_is_not_listed_stops_the_build() -> None:
    check_covered("h5py", [Path("h5py.libs/libaec-7e9d22b8.so.0.1.3"), Path("h5py/h5a.so")])
    with pytest.raises(LicenceMissing, match=r"libsecret\.so\.1"):
        check_covered("h5py", [Path("h5py.libs/libsecret.so.1")])
    with pytest.raises(LicenceMissing, match="new-package"):
        check_covered("new-package", [Path("new_package.libs/libz-1.so")])


def test_each_part_refers_to_its_licence() -> None:
    files = {"h5py": [Path("libhdf5-1.so"), Path("libaec-1.so")]}
    (phrase,) = (part.phrase for part in PARTS["h5py"] if part.name == "HDF5")
    lines, added = describe_parts(files, {"numpy 2": phrase, "h5py 3": phrase})
    assert lines == ["h5py, libhdf5-1.so: HDF5; see “h5py 3”", "h5py, libaec-1.so: libaec; see “libaec.txt”"]
    assert added == ["libaec.txt"]
    with pytest.raises(LicenceMissing, match="HDF5"):
        describe_parts(files, {"h5py 3": "nothing"})


def all_parts() -> list[Part]:
    return [part for parts in PARTS.values() for part in parts]


def test_every_part_has_one_licence_and_every_text_exists() -> None:
    assert all(bool(part.phrase) != bool(part.text) for part in all_parts())
    assert {part.text for part in all_parts() if part.text} <= {path.name for path in TEXTS.iterdir()}


@pytest.mark.parametrize("name", ["PCRE2", "HarfBuzz-NG", "Freetype 2", "LibPNG", "WebP (libwebp)", "TinyCBOR", "XSVG"])
def test_the_components_of_qt_are_listed(name: str) -> None:
    assert f"\n{name}" in (TEXTS / "parts-of-qt.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("package", ["ai-edge-litert", "h5py", "numpy", "opencv-python-headless"])
def test_no_phrase_is_found_in_lines_of_our_own(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("licences.distribution_texts", lambda _: [])
    book = LicenceBook()
    add_distribution(book, distribution(package))
    assert not [part.name for part in PARTS[package] if part.phrase and part.phrase in book.text()]


def test_the_licence_of_litert_is_in_its_package() -> None:
    (phrase,) = (part.phrase for part in PARTS["ai-edge-litert"] if part.name == "LiteRT")
    assert any(phrase in text for text in distribution_texts(distribution("ai-edge-litert")))


@pytest.mark.parametrize("package", ["numpy", "opencv-python-headless"])
def test_the_full_licence_of_libquadmath_is_added(package: str) -> None:
    texts = {"numpy 2": "Name: libquadmath"}
    lines, added = describe_parts({package: [Path("libquadmath-1.so")]}, texts)
    assert [line.partition("see ")[2] for line in lines] == ["“numpy 2”", "“LGPL-2.1.txt”"]
    assert added == ["LGPL-2.1.txt"]
    text = (TEXTS / "LGPL-2.1.txt").read_text(encoding="utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "END OF TERMS AND CONDITIONS" in text
