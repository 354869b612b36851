"""The program is called what the user typed."""

import pytest

from core.program import command, is_frozen, program_name


def test_from_source() -> None:
    assert not is_frozen()
    assert (program_name(), command()) == ("main.py", "python main.py")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("/usr/bin/digitpad", "digitpad"), ("DigitPad.exe", "DigitPad"), ("./DigitPad", "DigitPad"), ("", "DigitPad")],
)
def test_the_standalone_app(monkeypatch: pytest.MonkeyPatch, typed: str, name: str) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.argv", [typed])
    assert (program_name(), command()) == (name, name)
