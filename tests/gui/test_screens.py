"""Where there is no screen, one sentence says so."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [({"WAYLAND_DISPLAY": "wayland-nobody"}, "needs a screen"), ({"QT_QPA_PLATFORM": "nonsense"}, "no kind of screen")],
)
def test_a_screen_that_is_none_is_one_clear_sentence(variables: dict[str, str], sentence: str) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "main.py"],
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert sentence in done.stderr


def test_no_display_is_one_clear_sentence(isolated_folders: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "main.py"], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "needs a screen" in done.stderr


def test_a_dead_display_is_one_clear_sentence(isolated_folders: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"}
    environment.pop("QT_QPA_PLATFORM", None)
    environment["DISPLAY"] = ":4711"
    done = subprocess.run(
        [sys.executable, "main.py"], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "does not answer" in done.stderr or "system libraries are missing" in done.stderr
