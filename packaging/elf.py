"""What Linux libraries and programs ask of the system."""

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_MAGIC = b"\x7fELF"
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)", re.MULTILINE)
_GLIBC = re.compile(r"\bGLIBC_(\d+(?:\.\d+)+)\b")


@dataclass(frozen=True, slots=True)
class Demands:
    """What an app needs of the system: the names of shared libraries, and a version of the C library."""

    libraries: frozenset[str]
    glibc: tuple[int, ...]


def elf_files(folder: Path) -> list[Path]:
    """The programs and shared libraries below `folder`."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and _is_elf(path))


def demands(files: Iterable[Path]) -> Demands:
    """What `files`, which bring each other, need beyond themselves."""
    files = list(files)
    told = subprocess.run(["objdump", "-p", *map(str, files)], capture_output=True, text=True, check=True).stdout
    brought = {path.name for path in files}
    versions = {tuple(int(part) for part in version.split(".")) for version in _GLIBC.findall(told)}
    return Demands(frozenset(_NEEDED.findall(told)) - brought, max(versions, default=(0,)))


def without_unneeded(files: dict[str, Path], may_go: Iterable[str]) -> set[str]:
    """The names of `files` without those of `may_go` that no other kept one needs."""
    needed = {name: _needed_by(path) if _is_elf(path) else set() for name, path in files.items()}
    kept, may_go = set(files), set(may_go)
    while True:
        wanted = set().union(*(needed[name] for name in kept))
        useless = {name for name in kept & may_go if Path(name).name not in wanted}
        if not useless:
            return kept
        kept -= useless


def _needed_by(file: Path) -> set[str]:
    told = subprocess.run(["objdump", "-p", str(file)], capture_output=True, text=True, check=True).stdout
    return set(_NEEDED.findall(told))


def strip(files: Iterable[Path]) -> None:
    """Take away the names that only debuggers and linkers read."""
    for file in files:
        subprocess.run(["strip", "--strip-unneeded", str(file)], check=True)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == _MAGIC
