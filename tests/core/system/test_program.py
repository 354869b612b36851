"""The program is called what the user typed."""

import platform

import pytest

from core import __version__
from core.system.program import command, is_frozen, program_line, program_name


def test_from_source() -> None:
    assert not is_frozen()
    assert (program_name(), command()) == ("main.py", "python main.py")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("/venv/bin/digitpad", "digitpad"), ("digitpad.exe", "digitpad"), ("digitpad-script.py", "digitpad")],
)
def test_an_installed_package(monkeypatch: pytest.MonkeyPatch, typed: str, name: str) -> None:
    monkeypatch.setattr("sys.argv", [typed])
    assert not is_frozen()
    assert (program_name(), command()) == (name, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("/usr/bin/digitpad", "digitpad"), ("DigitPad.exe", "DigitPad"), ("./DigitPad", "DigitPad"), ("", "DigitPad")],
)
def test_the_standalone_app(monkeypatch: pytest.MonkeyPatch, typed: str, name: str) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.argv", [typed])
    assert (program_name(), command()) == (name, name)
    assert program_line().startswith(f"DigitPad {__version__}, standalone app, Python ")


def test_the_line_names_the_system() -> None:
    assert platform.system() in program_line()
    assert platform.machine() in program_line()
