"""The standalone app is made of the versions that are tested."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent


def pins(file: str) -> dict[str, str]:
    """The exact version of each package that a file of requirements names."""
    lines = (REPOSITORY / file).read_text(encoding="utf-8").splitlines()
    found = [
        re.fullmatch(r"([A-Za-z0-9._-]+)==([^\s;]+)(; sys_platform [!=]= \"\w+\")?", line) for line in lines if line
    ]
    wrong = [line for line, pin in zip(filter(None, lines), found, strict=True) if pin is None and line[0] != "#"]
    assert not wrong, "each line names one package and its exact version"
    return {pin[1].lower().replace("_", "-"): pin[2] for pin in found if pin}


def test_both_files_name_the_same_versions() -> None:
    tested, packaged = pins("requirements.txt"), pins("packaging/requirements.txt")
    assert packaged["tensorflow-cpu"] == tested["tensorflow"]
    assert {name: packaged.get(name) for name in tested} == tested


def test_what_is_added_only_builds_and_packs() -> None:
    added = set(pins("packaging/requirements.txt")) - set(pins("requirements.txt"))
    tools = {
        "altgraph",
        "macholib",
        "pefile",
        "pyinstaller",
        "pyinstaller-hooks-contrib",
        "pywin32-ctypes",
        "zstandard",
    }
    assert added == tools | {"tensorflow-cpu"}
