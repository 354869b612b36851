"""What the check of a built app finds, and its list of sizes."""

import zipfile
from pathlib import Path

from bundle_check import LARGE_FILE, file_sizes, foreign_files, largest_items, leaked_paths


def test_foreign_files_are_found() -> None:
    names = ["_internal/libgtk-3.so.0", "_internal/numpy/tests/test_a.py", "_internal/PySide6/Qt/lib/libQt6Core.so.6"]
    lines = foreign_files([*names, "_internal/cv2/libQt6Core.so.6"])
    assert [line.partition(" ")[0] for line in lines[:2]] == [
        "_internal/numpy/tests/test_a.py",
        "_internal/libgtk-3.so.0",
    ]
    assert "more than one Qt" in lines[2]
    assert foreign_files(["digitpad", "_internal/PySide6/Qt/lib/libQt6Core.so.6", "_internal/tk.svg/x"]) == []


def test_paths_of_the_build_machine_are_found(tmp_path: Path) -> None:
    bundle, here = tmp_path / "bundle", Path("/home/anna/digitpad")
    bundle.mkdir()
    (bundle / "clean").write_bytes(b"/home/anne")
    (bundle / "empty").touch()
    (bundle / "library.so").write_bytes(b"\0" * 5000 + b"/home/anna/digitpad/core\0")
    with zipfile.ZipFile(bundle / "packed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.pyc", b"x" * 100 + b"/home/anna/digitpad")
    lines = leaked_paths(
        bundle, {"core.ink.drawing": b"core/ink/drawing.py", "bad": b"(/home/anna/digitpad/bad.py)"}, [here]
    )
    assert lines == [f"the module bad mentions {here}", f"library.so mentions {here}", f"packed.zip mentions {here}"]


def test_the_largest_items_come_first(tmp_path: Path) -> None:
    sizes = {"_internal/a/big.so": LARGE_FILE, "_internal/b/x/1": 40, "_internal/b/2": 2, "program": 7}
    for name, size in sizes.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(size))
    (tmp_path / "link").symlink_to("program")
    lines = [line.split("MB  ")[1] for line in largest_items(file_sizes(tmp_path))]
    assert lines == ["_internal/a/big.so", "_internal/b/, small files", "./, small files"]
