"""What Linux libraries and programs ask of the system."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

_MAGIC = b"\x7fELF"
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)", re.MULTILINE)
# address, flags (a "w" among them: weak, may be missing), section, size, version or nothing, name
_UNDEFINED = re.compile(r"^[0-9a-f]+ ([^*\n]{7}) \*UND\*\t[0-9a-f]+ +(?:\(?([\w.+-]+)\)? +)?(\S+)$", re.MULTILINE)
_DEFINED = re.compile(r"^[0-9a-f]+ [^*\n]{7} \.\S+\t[0-9a-f]+ +(?:\(?([\w.+-]+)\)? +)?(\S+)$", re.MULTILINE)

Demands = dict[str, frozenset[str]]
"""The shared libraries that an app needs of the system, and the symbols that the files which need each ask for.

A symbol is written as in Debian's lists: "memcpy@GLIBC_2.14", or "wl_proxy_destroy@Base" where it has no version.
"""


def elf_files(folder: Path) -> list[Path]:
    """The programs and shared libraries below `folder`."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and is_elf(path))


def demands(files: Iterable[Path]) -> Demands:
    """What `files`, which bring each other, need beyond themselves."""
    files = list(files)
    brought = {path.name for path in files}
    found: dict[str, set[str]] = {}
    for file in files:
        libraries = needed_by(file) - brought
        symbols = undefined_symbols(file) if libraries else set()
        for library in libraries:
            found.setdefault(library, set()).update(symbols)
    return {library: frozenset(symbols) for library, symbols in found.items()}


def without_unneeded(files: dict[str, Path], may_go: Iterable[str]) -> set[str]:
    """The names of `files` without those of `may_go` that no other kept one needs."""
    needed = {name: needed_by(path) if is_elf(path) else set() for name, path in files.items()}
    kept, may_go = set(files), set(may_go)
    while True:
        wanted = set().union(*(needed[name] for name in kept))
        useless = {name for name in kept & may_go if Path(name).name not in wanted}
        if not useless:
            return kept
        kept -= useless


def needed_by(file: Path) -> set[str]:
    """The names of the shared libraries that `file` names as needed."""
    return set(_NEEDED.findall(_objdump("-p", file)))


def undefined_symbols(file: Path) -> set[str]:
    """What `file` must find in the libraries that it needs, written as in `Demands`."""
    found = _UNDEFINED.findall(_objdump("-T", file))
    return {f"{name}@{version or 'Base'}" for flags, version, name in found if "w" not in flags}


def defined_symbols(file: Path) -> set[str]:
    """What `file` brings for others, written as in `Demands`."""
    return {f"{name}@{version or 'Base'}" for version, name in _DEFINED.findall(_objdump("-T", file))}


def strip(files: Iterable[Path]) -> None:
    """Take away the names that only debuggers and linkers read."""
    for file in files:
        subprocess.run(["strip", "--strip-unneeded", str(file)], check=True)


def is_elf(path: Path) -> bool:
    """Whether `path` is a program or shared library of Linux."""
    with path.open("rb") as file:
        return file.read(4) == _MAGIC


def _objdump(what: str, file: Path) -> str:
    return subprocess.run(["objdump", what, str(file)], capture_output=True, text=True, check=True).stdout
