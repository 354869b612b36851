"""The proof of a standalone app, on programs that stand in for it."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from digit_pictures import write_pictures
from hard_place import HardPlace, Unproved, environment, read_only
from product import VERSION
from proof import STEPS, Frozen

from core.commands import predict
from core.models.library import ModelLibrary
from core.system.paths import assets_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")


def frozen(folder: Path, *lines: str) -> Frozen:
    program = folder / "digitpad"
    program.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    program.chmod(0o755)
    return Frozen(program, folder, HardPlace(folder, (), ()))


def test_what_is_right_is_told(tmp_path: Path) -> None:
    assert frozen(tmp_path, f"echo DigitPad {VERSION}").version() == f"--version: DigitPad {VERSION}"


def test_one_more_line_on_stderr_fails(tmp_path: Path) -> None:
    with pytest.raises(Unproved, match="libpng warning"):
        frozen(tmp_path, f"echo DigitPad {VERSION}", "echo libpng warning >&2").version()


def test_one_more_line_on_stdout_fails(tmp_path: Path) -> None:
    with pytest.raises(Unproved, match="unexpected line"):
        frozen(tmp_path, "echo Hello from a library", 'echo "{}"').self_test()


def step(name: str, *, passed: bool = True, detail: str = "") -> str:
    """The line of a shell script that says what a step of the self-test came to."""
    told = json.dumps({"step": name, "passed": passed, "detail": detail, "seconds": 1})
    return f"echo '{told}'"


def test_a_failed_step_fails(tmp_path: Path) -> None:
    lines = [step(name, passed=name != STEPS[1], detail="a 7 read as 1") for name in STEPS]
    with pytest.raises(Unproved, match="a 7 read as 1"):
        frozen(tmp_path, *lines).self_test()


def test_a_step_that_was_left_out_fails_by_its_name(tmp_path: Path) -> None:
    lines = [step(name) for name in STEPS if name != "draw without TensorFlow"]
    with pytest.raises(Unproved, match="left out: draw without TensorFlow"):
        frozen(tmp_path, *lines, step("another")).self_test()


def test_all_steps_and_a_picture_pass(tmp_path: Path) -> None:
    lines = [step(name) for name in STEPS]
    picture = '/bin/mkdir -p "$4" && echo > "$4/a.png"'
    assert frozen(tmp_path, *lines, picture).self_test() == f"self-test: {len(STEPS)} steps passed, 1 pictures taken"


def test_pictures_of_all_digits_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_pictures(tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert [name[0] for name in names] == list("0123456789")
    library = ModelLibrary(tmp_path / "models", assets_folder() / "models")
    assert predict.run([str(tmp_path)], library, model=None, as_json=True) == 0
    assert [json.loads(line)["digit"] for line in capsys.readouterr().out.splitlines()] == list(range(10))


def test_misread_pictures_fail(tmp_path: Path) -> None:
    with pytest.raises(Unproved, match=r"pictures are read as \[7\]"):
        frozen(tmp_path, """echo '{"digit": 7}'""").predict_pictures()


def test_without_an_x_server_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("x_server.XVFB", "no-such-server")
    assert "left out" in frozen(tmp_path, "exit 1").self_test_on_screen()


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="takes Xvfb")
def test_an_app_that_opens_no_window_on_the_x_server_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("x_server.PATIENCE_SECONDS", 0.5)
    lines = [*(step(name) for name in STEPS), '/bin/mkdir -p "$4" && echo > "$4/a.png"']
    app = frozen(tmp_path, *lines)
    with pytest.raises(Unproved, match="no window"):
        app.self_test_on_screen()


def test_wrong_usage_names_the_program(tmp_path: Path) -> None:
    assert "exit code 2" in frozen(tmp_path, "echo usage: digitpad COMMAND >&2", "exit 2").wrong_usage()
    with pytest.raises(Unproved, match=r"main\.py"):
        frozen(tmp_path, "echo usage: main.py COMMAND >&2", "exit 2").wrong_usage()


def test_the_place_has_no_home_and_no_path(tmp_path: Path) -> None:
    told = environment(tmp_path)
    assert "HOME" not in told
    assert told["PATH"] == "/nonexistent"


def test_an_app_that_writes_into_its_own_folder_is_found_out(tmp_path: Path) -> None:
    (tmp_path / "library").touch()
    with read_only(tmp_path):
        assert not (tmp_path / "library").stat().st_mode & 0o222
    with pytest.raises(Unproved, match="cache"):
        _write_a_cache(tmp_path)


def _write_a_cache(folder: Path) -> None:
    with read_only(folder):
        folder.chmod(0o755)
        (folder / "cache").touch()
