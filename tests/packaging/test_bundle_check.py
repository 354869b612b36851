"""What the check of a built app finds, and what it tells of sizes."""

import zipfile
from pathlib import Path

from bundle_check import ALONE, file_sizes, foreign_files, told_largest, told_paths


def test_what_is_foreign_is_named() -> None:
    names = ["_internal/libgtk-3.so.0", "_internal/numpy/tests/test_a.py", "_internal/PySide6/Qt/lib/libQt6Core.so.6"]
    told = foreign_files([*names, "_internal/cv2/libQt6Core.so.6"])
    assert [line.partition(" ")[0] for line in told[:2]] == [
        "_internal/numpy/tests/test_a.py",
        "_internal/libgtk-3.so.0",
    ]
    assert "more than one Qt" in told[2]
    assert foreign_files(["digitpad", "_internal/PySide6/Qt/lib/libQt6Core.so.6", "_internal/tk.svg/x"]) == []


def test_paths_of_the_machine_are_found_wherever_they_hide(tmp_path: Path) -> None:
    bundle, here = tmp_path / "bundle", Path("/home/anna/digitpad")
    bundle.mkdir()
    (bundle / "clean").write_bytes(b"/home/anne")
    (bundle / "empty").touch()
    (bundle / "library.so").write_bytes(b"\0" * 5000 + b"/home/anna/digitpad/core\0")
    with zipfile.ZipFile(bundle / "packed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.pyc", b"x" * 100 + b"/home/anna/digitpad")
    told = told_paths(
        bundle, {"core.ink.drawing": b"core/ink/drawing.py", "bad": b"(/home/anna/digitpad/bad.py)"}, [here]
    )
    assert told == [f"the module bad names {here}", f"library.so names {here}", f"packed.zip names {here}"]


def test_the_largest_things_come_first(tmp_path: Path) -> None:
    for name, size in {"_internal/a/big.so": ALONE, "_internal/b/x/1": 40, "_internal/b/2": 2, "program": 7}.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(size))
    (tmp_path / "link").symlink_to("program")
    told = [line.split("MB  ")[1] for line in told_largest(file_sizes(tmp_path))]
    assert told == ["_internal/a/big.so", "_internal/b/, small files", "./, small files"]
