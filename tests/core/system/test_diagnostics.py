"""What is told about this DigitPad and this machine."""

import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from core import __version__
from core.system.diagnostics import LIBRARIES, LOG_LINES, diagnostics, last_lines, library_version
from core.system.paths import app_paths


def test_everything_is_told(tmp_path: Path) -> None:
    paths = app_paths(tmp_path)
    paths.log.parent.mkdir()
    paths.log.write_text("the last line\n")
    lines = diagnostics(paths, {"Screen": "800 x 600"}).splitlines()
    assert lines[0] == f"DigitPad: {__version__}, from source"
    assert f"Python: {platform.python_version()}" in lines
    assert "Screen: 800 x 600" in lines
    assert f"Models: {paths.models}" in lines
    assert lines[-1] == "the last line"
    facts = dict(line.split(": ", 1) for line in lines if ": " in line)
    assert all(facts[title][0].isdigit() for title in LIBRARIES), facts


def test_nobody_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(variable, "zaphod")
    monkeypatch.setattr("platform.node", lambda: "heart-of-gold")
    told = diagnostics(app_paths(Path("/here")), {})
    assert "zaphod" not in told
    assert "heart-of-gold" not in told


def test_versions_need_no_import() -> None:
    script = (
        "import sys; from core.system.diagnostics import *; [print(library_version(title)) for title in LIBRARIES]\n"
        "assert not {'tensorflow', 'keras', 'cv2', 'PySide6'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "unknown" not in done.stdout


def test_versions_where_pip_knows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import cv2

    def unknown(package: str) -> str:
        raise PackageNotFoundError(package)

    monkeypatch.setattr("importlib.metadata.version", unknown)
    assert library_version("OpenCV") == cv2.__version__
    monkeypatch.delitem(sys.modules, "tensorflow", raising=False)
    assert library_version("TensorFlow") == "version unknown"


def test_the_standalone_app_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert diagnostics(app_paths(tmp_path), {}).startswith(f"DigitPad: {__version__}, standalone app\n")


def test_only_the_end_of_a_long_log(tmp_path: Path) -> None:
    log = tmp_path / "digitpad.log"
    log.write_bytes(b"".join(b"%d \xff\n" % number for number in range(100_000)))
    lines = last_lines(log)
    assert len(lines) == LOG_LINES
    assert lines[-1] == "99999 \ufffd"


def test_a_log_that_is_not_there(tmp_path: Path) -> None:
    [line] = last_lines(tmp_path / "digitpad.log")
    assert line == f"{tmp_path / 'digitpad.log'} cannot be read: no such file or folder."
