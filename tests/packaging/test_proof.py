"""The proof of a standalone app, with shell scripts in place of the app."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from digit_pictures import write_pictures
from product import VERSION
from proof import FrozenApp
from sandbox import ProofFailed, Sandbox, environment, read_only

from core.commands import predict
from core.models.library import ModelLibrary
from core.system.paths import assets_folder
from gui.self_test.steps import Step

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")


def frozen(folder: Path, *lines: str) -> FrozenApp:
    program = folder / "digitpad"
    program.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    program.chmod(0o755)
    return FrozenApp(program, folder, Sandbox(folder, (), ()))


def test_the_right_output_is_reported(tmp_path: Path) -> None:
    assert frozen(tmp_path, f"echo DigitPad {VERSION}").version() == f"--version: DigitPad {VERSION}"


def test_an_extra_line_on_stderr_fails(tmp_path: Path) -> None:
    with pytest.raises(ProofFailed, match="libpng warning"):
        frozen(tmp_path, f"echo DigitPad {VERSION}", "echo libpng warning >&2").version()


def test_an_extra_line_on_stdout_fails(tmp_path: Path) -> None:
    with pytest.raises(ProofFailed, match="unexpected line"):
        frozen(tmp_path, "echo Hello from a library", 'echo "{}"').self_test()


def step(name: str, *, passed: bool = True, detail: str = "") -> str:
    """The line of a shell script that reports a step of the self-test."""
    report = json.dumps({"step": name, "passed": passed, "detail": detail, "seconds": 1})
    return f"echo '{report}'"


def test_a_failed_step_fails(tmp_path: Path) -> None:
    lines = [step(name, passed=name != Step.DRAW_DIGITS, detail="a 7 read as 1") for name in Step]
    with pytest.raises(ProofFailed, match="a 7 read as 1"):
        frozen(tmp_path, *lines).self_test()


def test_a_skipped_step_is_named(tmp_path: Path) -> None:
    lines = [step(name) for name in Step if name != Step.DRAW_WITHOUT_TENSORFLOW]
    with pytest.raises(ProofFailed, match="skipped: draw without TensorFlow"):
        frozen(tmp_path, *lines, step("another")).self_test()


def test_all_steps_and_a_picture_pass(tmp_path: Path) -> None:
    lines = [step(name) for name in Step]
    picture = '/bin/mkdir -p "$4" && echo > "$4/a.png"'
    result = frozen(tmp_path, *lines, picture).self_test()
    assert result == f"self-test: {len(Step)} steps passed, 1 pictures saved"


def test_pictures_of_all_digits_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_pictures(tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert [name[0] for name in names] == list("0123456789")
    library = ModelLibrary(tmp_path / "models", assets_folder() / "models")
    assert predict.run([str(tmp_path)], library, model=None, form=predict.Form.JSON) == 0
    assert [json.loads(line)["digit"] for line in capsys.readouterr().out.splitlines()] == list(range(10))


def test_misread_pictures_fail(tmp_path: Path) -> None:
    with pytest.raises(ProofFailed, match=r"pictures are read as \[7\]"):
        frozen(tmp_path, """echo '{"digit": 7}'""").predict_pictures()


def test_a_missing_x_server_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("x_server.XVFB", "no-such-server")
    assert "skipped" in frozen(tmp_path, "exit 1").self_test_on_x11()


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="takes Xvfb")
def test_an_app_that_opens_no_window_on_the_x_server_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("x_server.EXIT_SECONDS", 0.5)
    lines = [*(step(name) for name in Step), '/bin/mkdir -p "$4" && echo > "$4/a.png"']
    app = frozen(tmp_path, *lines)
    with pytest.raises(ProofFailed, match="no window"):
        app.self_test_on_x11()


def test_wrong_usage_names_the_program(tmp_path: Path) -> None:
    assert "exit code 2" in frozen(tmp_path, "echo usage: digitpad COMMAND >&2", "exit 2").wrong_usage()
    with pytest.raises(ProofFailed, match=r"main\.py"):
        frozen(tmp_path, "echo usage: main.py COMMAND >&2", "exit 2").wrong_usage()


def test_the_sandbox_has_no_home_and_no_path(tmp_path: Path) -> None:
    variables = environment(tmp_path)
    assert "HOME" not in variables
    assert variables["PATH"] == "/nonexistent"


def test_an_app_that_writes_into_its_own_folder_fails(tmp_path: Path) -> None:
    (tmp_path / "library").touch()
    with read_only(tmp_path):
        assert not (tmp_path / "library").stat().st_mode & 0o222
    with pytest.raises(ProofFailed, match="cache"):
        _write_a_cache(tmp_path)


def _write_a_cache(folder: Path) -> None:
    with read_only(folder):
        folder.chmod(0o755)
        (folder / "cache").touch()
