"""Programs that the standalone app starts find the environment that it found itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.system.environment import changes_for_others, give_environment_back

PRINT = "import os, sys; sys.stdout.buffer.write('\\n'.join(f'{k}={v}' for k, v in os.environ.items()).encode())"


def paths(*entries: Path | str) -> str:
    return os.pathsep.join(str(entry) for entry in entries)


def test_own_folders_go_and_what_was_there_before_comes_back(tmp_path: Path) -> None:
    bundle = tmp_path / "DigitPad" / "_internal"
    given = {
        "LD_LIBRARY_PATH": paths(bundle, "/opt/theirs"),
        "LD_LIBRARY_PATH_ORIG": "/opt/theirs",
        "QT_PLUGIN_PATH": "/their/plugins",
        "_PYI_ARCHIVE_FILE": str(bundle.parent / "digitpad"),
        "HOME": str(tmp_path),
    }
    current = given | {"QT_PLUGIN_PATH": str(bundle / "plugins"), "QML2_IMPORT_PATH": str(bundle / "qml")}
    assert changes_for_others(current, given, bundle) == {
        "LD_LIBRARY_PATH": "/opt/theirs",
        "LD_LIBRARY_PATH_ORIG": None,
        "QT_PLUGIN_PATH": "/their/plugins",
        "QML2_IMPORT_PATH": None,
        "_PYI_ARCHIVE_FILE": None,
    }


def test_where_nobody_knows_what_was_there_before_only_the_own_folders_go(tmp_path: Path) -> None:
    current = {"QT_PLUGIN_PATH": str(tmp_path / "plugins"), "QML2_IMPORT_PATH": paths("/their/qml", tmp_path / "qml")}
    assert changes_for_others(current, current, tmp_path) == {"QT_PLUGIN_PATH": None, "QML2_IMPORT_PATH": "/their/qml"}


def test_what_says_nothing_of_the_app_stays(tmp_path: Path) -> None:
    current = {
        "PATH": paths(tmp_path, "/usr/bin"),
        "LANG": "C",
        "EMPTY": "",
        "ODD": paths("", tmp_path.parent, "::"),
        "DIGITPAD_DATA_DIR": "/set/since/the/start",
    }
    assert changes_for_others(current, {}, tmp_path) == {}


def test_from_source_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_PYI_ARCHIVE_FILE", "another program's")
    before = dict(os.environ)
    give_environment_back()
    assert dict(os.environ) == before


@pytest.mark.parametrize("is_known", [True, False])
def test_another_program_finds_nothing_of_the_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    given = tmp_path / "environ"
    if is_known:
        given.write_bytes(b"QT_PLUGIN_PATH=/their/plugins\0HOME=/\0")
    monkeypatch.setattr("core.system.environment.GIVEN", given)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "bundle"), raising=False)
    monkeypatch.setenv("QT_PLUGIN_PATH", str(tmp_path / "bundle" / "plugins"))
    monkeypatch.setenv("QML2_IMPORT_PATH", str(tmp_path / "bundle" / "qml"))
    monkeypatch.setenv("_PYI_PARENT_PROCESS_LEVEL", "1")
    give_environment_back()
    done = subprocess.run([sys.executable, "-c", PRINT], capture_output=True, check=True)
    found = dict(line.split("=", 1) for line in done.stdout.decode().splitlines() if "=" in line)
    assert found.get("QT_PLUGIN_PATH") == ("/their/plugins" if is_known else None)
    assert not {name for name in found if name.startswith(("QML2_", "_PYI_"))}
