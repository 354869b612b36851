"""Every command and the window work where there is no standard output and no standard error, as on Windows."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from core.system.paths import app_paths, assets_folder
from tests.conftest import REPOSITORY

BEGIN = """
    import os, sys
    sys.stdout = sys.stderr = None
    import main
"""
CLOSES_SOON = """
    from PySide6.QtCore import QTimer
    from gui import app
    make_window = app.make_window
    def watched_window(*arguments):
        window = make_window(*arguments)
        QTimer.singleShot(200, window.close)
        return window
    app.make_window = watched_window
"""
FIRST_STEPS = """
    from gui.self_test import self_test
    steps = self_test.make_steps
    self_test.make_steps = lambda *arguments: dict(list(steps(*arguments).items())[:1])
"""
END = "\nos._exit(main.main(sys.argv[1:]))"


def run(*arguments: str, prepare: str = "") -> int:
    """Run `main` without streams; whatever is written past them fails the test."""
    script = textwrap.dedent(BEGIN) + textwrap.dedent(prepare) + END
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("", "")
    return done.returncode


def logged() -> str:
    return app_paths().log.read_text(encoding="utf-8")


def test_predict(isolated_folders: Path) -> None:
    assert run("predict", str(assets_folder() / "samples" / "7.inkml"), "nowhere.png", "--json") == 1
    answers = [json.loads(line.partition("stdout: ")[2]) for line in logged().splitlines() if "stdout: " in line]
    assert [answer.get("digit") for answer in answers] == [7, None]


def test_what_goes_wrong_is_logged(isolated_folders: Path) -> None:
    assert run("predict", "7.png", "--model", "nobody") == 1
    assert "stderr: There is no model “nobody”" in logged()
    assert run("evaluate", "--data", "/nowhere/x.npz") == 1
    assert "stderr: " in logged().splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "code", "said"), [(["paint"], 2, "invalid choice"), (["--version"], 0, "DigitPad ")]
)
def test_usage_is_logged(isolated_folders: Path, arguments: list[str], code: int, said: str) -> None:
    assert run(*arguments) == code
    assert said in logged()


def test_the_window(isolated_folders: Path) -> None:
    assert run(prepare=CLOSES_SOON) == 0
    assert logged().splitlines()[-1].endswith("closed")


def test_the_self_test(isolated_folders: Path) -> None:
    assert run("self-test", "--json", prepare=FIRST_STEPS) == 0
    assert '"step": "show the window", "passed": true' in logged()


def test_a_self_test_that_breaks_is_logged_with_its_traceback(isolated_folders: Path) -> None:
    prepare = "from gui.self_test import self_test\nself_test.make_steps = lambda *_: {'divide': lambda: str(1 // 0)}"
    assert run("self-test", "--json", prepare=prepare) == 1
    assert '"passed": false, "detail": "ZeroDivisionError: ' in logged()
    assert "the self-test broke: divide\nTraceback (most recent call last):" in logged()


@pytest.mark.parametrize("missing", ["stdout", "stderr"])
def test_usage_is_logged_where_one_of_both_is_missing(isolated_folders: Path, missing: str) -> None:
    script = f"import sys; sys.{missing} = None; import main; sys.exit(main.main(sys.argv[1:]))"
    options = ["--version"] if missing == "stdout" else ["paint"]
    done = subprocess.run([sys.executable, "-c", script, *options], cwd=REPOSITORY, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"", b"")
    assert f"{missing}: " in logged()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_a_log_that_cannot_be_written_either(isolated_folders: Path) -> None:
    log = app_paths().log
    log.parent.mkdir(parents=True)
    log.symlink_to("/dev/full")
    assert run("predict", str(assets_folder() / "samples" / "7.inkml")) == 0


def test_no_place_for_a_log_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGITPAD_DATA_DIR", os.devnull)
    assert run("predict", str(assets_folder() / "samples" / "7.inkml")) == 0
    assert run(prepare=CLOSES_SOON) == 0
