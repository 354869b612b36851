"""The proof of a standalone app, on programs that stand in for it."""

import sys
from pathlib import Path

import pytest
from hard_place import HardPlace, Unproved, environment, read_only
from product import VERSION
from proof import Frozen

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


def test_a_failed_step_fails(tmp_path: Path) -> None:
    step = '{"step": "draw", "passed": %s, "detail": "a 7 read as 1", "seconds": 1}'
    lines = [f"echo '{step % 'true'}'"] * 9
    with pytest.raises(Unproved, match="a 7 read as 1"):
        frozen(tmp_path, *lines, f"echo '{step % 'false'}'").self_test()


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
