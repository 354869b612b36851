"""Where things are kept, also for those who have no home."""

import subprocess
import sys
from pathlib import Path

import pytest

import main
from core.system.paths import NOWHERE, app_paths, scratch_folder, storage_problem


def nobody(uid: int) -> object:
    raise KeyError(uid)


@pytest.fixture
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the environment nor the system knows a home."""
    if sys.platform == "win32":
        pytest.skip("Windows always knows one")
    for variable in (
        "DIGITPAD_DATA_DIR",
        "HOME",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
    ):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("pwd.getpwuid", nobody)


@pytest.mark.usefixtures("no_home")
def test_without_a_home_nothing_is_kept_and_nothing_is_put_anywhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = app_paths()
    for path in (paths.models, paths.settings, paths.log, paths.recovery, paths.engines):
        assert NOWHERE in path.parents
    assert storage_problem(paths).startswith("There is no home folder")
    assert scratch_folder().is_dir()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_home")
def test_without_a_home_a_folder_that_is_named_does(tmp_path: Path) -> None:
    paths = app_paths(tmp_path / "stick")
    assert storage_problem(paths) == ""
    assert paths.models.parent.is_dir()
    assert list(paths.models.parent.iterdir()) == []


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "a file is in the way" in storage_problem(app_paths(tmp_path / "file"))


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that nobody can write to, not even root")
def test_a_folder_that_lets_nobody_in_is_a_sentence() -> None:
    assert storage_problem(app_paths(Path("/proc/self"))).startswith("Cannot keep settings and models in /proc/self: ")


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of a process")
def test_a_place_without_room_is_a_sentence(tmp_path: Path) -> None:
    """Files can be made, and stay empty, as on a full disk."""
    script = (
        "import resource, sys; from pathlib import Path; from core.system.paths import app_paths, storage_problem\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "print(storage_problem(app_paths(Path(sys.argv[1]))))"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == f"Cannot keep settings and models in {tmp_path}: file too large.\n", done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_not_ascii(tmp_path: Path) -> None:
    assert storage_problem(app_paths(tmp_path / "Größe ⑦ 数字")) == ""


@pytest.mark.usefixtures("no_home")
def test_training_without_a_home_is_refused_before_it_begins(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["train", "--data", "mnist:100"]) == 1
    assert capsys.readouterr().err.startswith("There is no home folder for settings and models")
