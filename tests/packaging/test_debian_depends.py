"""From the symbols that an app asks for to the packages that Debian must bring."""

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest
from debian_depends import BESIDE_LIBRARIES, LibraryUnknown, depends, relation, symbols_list, versions_needed
from elf import demands, needed_by, undefined_symbols
from product import debian_architecture

LIST = """\
libc.so.6 libc6 #MINVER#
* Build-Depends-Package: libc6-dev
| libc6 (>> 2.36), libc6 (<< 2.37)
 GLIBC_2.35@GLIBC_2.35 2.35
 memcpy@GLIBC_2.14 2.14
 secret@GLIBC_PRIVATE 0 1
libm.so.6 libc6 #MINVER#
 memcpy@GLIBC_2.14 9.9
"""

on_debian = pytest.mark.skipif(
    not (shutil.which("dpkg-query") and shutil.which("objdump")), reason="takes Debian, and what takes libraries apart"
)


def test_a_version_is_that_in_which_the_symbols_came() -> None:
    asked = {"memcpy@GLIBC_2.14", "secret@GLIBC_PRIVATE", "elsewhere@Base"}
    assert versions_needed(LIST, "libc.so.6", asked) == {"2.14", "0"}
    assert versions_needed(LIST, "libm.so.6", asked) == {"9.9"}
    assert versions_needed("", "libc.so.6", asked) == set()


@pytest.mark.skipif(sys.platform == "win32", reason="files there have no colon in their names")
def test_the_symbols_are_those_for_this_processor(tmp_path: Path) -> None:
    (tmp_path / "libc6:aaa.symbols").write_text("of another processor", encoding="utf-8")
    assert symbols_list("libc6", tmp_path) == ""
    (tmp_path / "libc6.symbols").write_text("of the only one", encoding="utf-8")
    assert symbols_list("libc6", tmp_path) == "of the only one"
    (tmp_path / f"libc6:{debian_architecture()}.symbols").write_text("of this one", encoding="utf-8")
    assert symbols_list("libc6", tmp_path) == "of this one"


@on_debian
def test_the_newest_version_counts_in_debians_order() -> None:
    assert relation("libc6", {"2.9", "2.14", "0"}) == "libc6 (>= 2.14)"
    assert relation("zlib1g", {"1:1.2.0", "2.0"}) == "zlib1g (>= 1:1.2.0)"
    assert relation("libexpat1", {"2.1~beta3", "2.0.1"}) == "libexpat1 (>= 2.1~beta3)"
    assert relation("libegl1", {"0"}) == "libegl1"


@on_debian
def test_what_belongs_to_no_package_stops_the_build() -> None:
    with pytest.raises(LibraryUnknown, match=r"libnobody\.so\.1"):
        depends({"libnobody.so.1": frozenset()})


@on_debian
@pytest.mark.parametrize(("plugin", "library"), [("qxcb", "libxcb.so.1"), ("qwayland", "libwayland-client.so.0")])
def test_the_plugins_of_both_kinds_of_screen_are_covered(plugin: str, library: str) -> None:
    """Every library that the plugin asks for, and that Qt's own in between ask for, has a package."""
    found = importlib.util.find_spec("PySide6")
    assert found is not None
    assert found.submodule_search_locations
    qt = Path(found.submodule_search_locations[0]) / "Qt"
    files = {qt / "plugins" / "platforms" / f"lib{plugin}.so"}
    while True:
        more = {qt / "lib" / name for file in files for name in needed_by(file) if (qt / "lib" / name).is_file()}
        if more <= files:
            break
        files |= more
    demanded = demands(sorted(files))
    assert library in demanded
    assert not any(name.startswith("libQt6") for name in demanded)
    packages = depends(demanded)
    assert packages[-1:] == list(BESIDE_LIBRARIES)
    assert any(package.startswith("libc6 (>= 2.") for package in packages)
    assert any(package.startswith("libstdc++6 (>= ") for package in packages)
    assert "memcpy@GLIBC_2.14" in undefined_symbols(qt / "lib" / "libQt6Core.so.6")
