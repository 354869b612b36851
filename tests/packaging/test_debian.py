"""The Debian package as its own tools read it."""

import hashlib
import io
from pathlib import Path

from archive import write_tar
from debian import control_tar, control_text, copyright_text, make_tree, md5sums, write_ar


def test_the_archive_is_one_that_debian_reads() -> None:
    target = io.BytesIO()
    write_ar(target, {"debian-binary": io.BytesIO(b"2.0\n"), "odd": io.BytesIO(b"123")})
    content = target.getvalue()
    assert content.startswith(b"!<arch>\ndebian-binary   ")
    assert content[8 + 58 : 8 + 60] == b"`\n"
    assert content[8 + 48 : 8 + 58] == b"4         "
    assert content[68:72] == b"2.0\n"
    assert content[72:].startswith(b"odd             ")
    assert content.endswith(b"123\n")
    assert len(content) % 2 == 0


def test_what_the_package_says_of_itself() -> None:
    fields = dict(line.split(": ", 1) for line in control_text(7, ["libc6 (>= 2.36)", "libegl1"]).splitlines()[:9])
    assert fields["Package"] == "digitpad"
    assert fields["Installed-Size"] == "7"
    assert fields["Depends"] == "libc6 (>= 2.36), libegl1"
    assert control_tar({"control": b"x"}).read(2) == b"\x1f\x8b"


def test_menu_entry_icon_and_licence_are_in_their_places(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    make_tree(tree)
    assert str((tree / "usr/bin/digitpad").readlink()) == "/opt/digitpad/digitpad"
    entry = (tree / "usr/share/applications/digitpad.desktop").read_text(encoding="utf-8")
    assert "\nExec=digitpad\n" in entry
    assert "\nIcon=digitpad\n" in entry
    assert (tree / "usr/share/icons/hicolor/scalable/apps/digitpad.svg").read_bytes().startswith(b"<svg")
    assert "Permission is hereby granted" in (tree / "usr/share/doc/digitpad/copyright").read_text(encoding="utf-8")
    assert "\n\n " not in copyright_text()


def test_sums_name_every_file(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"seven")
    digest = hashlib.md5(b"seven", usedforsecurity=False).hexdigest()
    assert md5sums({"opt/b": file, "opt/a": file}) == f"{digest}  opt/a\n{digest}  opt/b\n"


def test_long_names_are_written_in_the_form_that_dpkg_reads(tmp_path: Path) -> None:
    file = tmp_path / "library.so"
    file.write_bytes(b"7")
    stream = io.BytesIO()
    write_tar(stream, [(file, f"./opt/{'long' * 40}")])
    kinds = {stream.getvalue()[start + 156 : start + 157] for start in (0, 1024)}
    assert kinds == {b"L", b"0"}
