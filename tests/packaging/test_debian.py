"""The Debian package as Debian's own tools read it."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from debian import APP, TOOLS, PackageFailed, copyright_text, depends, make_tree, md5sums, write_package
from elf import needed_by

on_debian = pytest.mark.skipif(
    not all(map(shutil.which, (*TOOLS, "as", "ld", "objdump"))), reason="takes Debian, its packaging tools and binutils"
)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A small app: a program, a private file and a link."""
    folder = tmp_path / "DigitPad"
    (folder / "_internal").mkdir(parents=True, mode=0o700)
    shutil.copyfile("/bin/true", folder / "digitpad")
    (folder / "digitpad").chmod(0o700)
    (folder / "_internal" / "data").write_bytes(b"x" * 3000)
    (folder / "_internal" / "data").chmod(0o600)
    (folder / "_internal" / "link").symlink_to("data")
    return folder


@pytest.fixture
def package(bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package of `bundle`, made by somebody who is not root."""

    def depends_of_other_owner(tree: Path) -> str:
        if os.geteuid() == 0:
            for path in tree.rglob("*"):
                os.chown(path, 1234, 5678, follow_symlinks=False)
        return depends(tree)

    monkeypatch.setattr("debian.depends", depends_of_other_owner)
    monkeypatch.setattr("debian.debian_file", lambda: tmp_path / "dist" / "digitpad.deb")
    return write_package(bundle)


@on_debian
def test_the_control_file_describes_the_package(package: Path) -> None:
    fields = {
        name: subprocess.run(
            ["dpkg-deb", "--field", str(package), name], capture_output=True, text=True, check=True
        ).stdout.strip()
        for name in ("Package", "Installed-Size", "Depends")
    }
    assert fields["Package"] == "digitpad"
    assert int(fields["Installed-Size"]) >= 3
    libraries = fields["Depends"].split(", ")
    assert libraries[-1] == "fontconfig"
    assert libraries[0].startswith("libc6 (>= 2.")


@on_debian
def test_everything_belongs_to_root_and_everybody_can_read_it(package: Path) -> None:
    unpacked = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(package)], capture_output=True, check=True).stdout
    (package.parent / "data.tar").write_bytes(unpacked)
    with tarfile.open(package.parent / "data.tar") as archive:
        entries = {entry.name.removeprefix("./"): entry for entry in archive}
    for entry in entries.values():
        assert (entry.uid, entry.gid, entry.uname, entry.gname) == (0, 0, "root", "root"), entry.name
        if not entry.issym():
            runs = entry.isdir() or entry.name.endswith("/digitpad")
            assert entry.mode == (0o755 if runs else 0o644), entry.name
    assert entries[f"{APP}/_internal/data"].size == 3000
    assert entries[f"{APP}/_internal/link"].linkname == "data"
    assert entries["usr/bin/digitpad"].linkname == "/opt/digitpad/digitpad"
    assert not any("DEBIAN" in name for name in entries)
    assert sorted(path.name for path in package.parent.iterdir()) == ["data.tar", package.name]


def test_menu_entry_icon_and_licence_are_in_their_places(bundle: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    make_tree(tree, bundle)
    entry = (tree / "usr/share/applications/digitpad.desktop").read_text(encoding="utf-8")
    assert "\nExec=digitpad\n" in entry
    assert "\nIcon=digitpad\n" in entry
    assert (tree / "usr/share/icons/hicolor/scalable/apps/digitpad.svg").read_bytes().startswith(b"<svg")
    assert "Permission is hereby granted" in (tree / "usr/share/doc/digitpad/copyright").read_text(encoding="utf-8")
    assert "\n\n " not in copyright_text()


def test_sums_name_every_file(bundle: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    make_tree(tree, bundle)
    (tree / "DEBIAN" / "control").write_text("no file of the package", encoding="utf-8")
    sums = {name: digest for digest, name in (line.split("  ") for line in md5sums(tree).splitlines())}
    files = [path for path in tree.rglob("*") if path.is_file() and not path.is_symlink()]
    assert set(sums) == {path.relative_to(tree).as_posix() for path in files} - {"DEBIAN/control"}
    licence = "usr/share/doc/digitpad/copyright"
    assert sums[licence] == hashlib.md5((tree / licence).read_bytes(), usedforsecurity=False).hexdigest()


@on_debian
@pytest.mark.parametrize("name", ["libnobody.so.1", "libnobody.so"])
def test_a_library_of_no_package_stops_the_build(name: str, bundle: Path, tmp_path: Path) -> None:
    code, library, user = tmp_path / "empty.o", tmp_path / name, bundle / "_internal" / "libuser.so"
    subprocess.run(["as", "-o", str(code), os.devnull], check=True)
    subprocess.run(["ld", "-shared", "-soname", name, "-o", str(library), str(code)], check=True)
    subprocess.run(["ld", "-shared", "-o", str(user), str(code), str(library)], check=True)
    assert needed_by(user) == {name}
    make_tree(tmp_path / "tree", bundle)
    with pytest.raises(PackageFailed, match=rf"cannot find library {name} "):
        depends(tmp_path / "tree")
    library.rename(bundle / "_internal" / name)
    make_tree(tmp_path / "tree with it", bundle)
    assert name not in depends(tmp_path / "tree with it")


@on_debian
def test_the_plugins_for_x11_and_wayland_are_covered(tmp_path: Path) -> None:
    """Every library that they need, and that Qt's own in between need, has a package."""
    found = importlib.util.find_spec("PySide6")
    assert found is not None
    assert found.submodule_search_locations
    qt = Path(found.submodule_search_locations[0]) / "Qt"
    files = {qt / "plugins" / "platforms" / f"lib{plugin}.so" for plugin in ("qxcb", "qwayland")}
    while True:
        more = {qt / "lib" / name for file in files for name in needed_by(file) if (qt / "lib" / name).is_file()}
        if more <= files:
            break
        files |= more
    (tmp_path / "tree" / "DEBIAN").mkdir(parents=True)
    for file in files:
        copy = tmp_path / "tree" / APP / "_internal" / "PySide6" / "Qt" / file.relative_to(qt)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    packages = depends(tmp_path / "tree")
    for package in ("libxcb1", "libwayland-client0", "libc6 (>= 2.", "libstdc++6 (>= ", "libx11-xcb1,", "libzstd1,"):
        assert package in packages
    assert "qt6" not in packages
