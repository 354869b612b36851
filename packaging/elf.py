"""What Linux programs and shared libraries need of each other."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

_MAGIC = b"\x7fELF"
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)", re.MULTILINE)
# address, flags ("w" among them: weak, may be missing), section, size, version or nothing, name
_UNDEFINED = re.compile(r"^[0-9a-f]+ ([^*\n]{7}) \*UND\*\t[0-9a-f]+ +(?:\(?([\w.+-]+)\)? +)?(\S+)$", re.MULTILINE)
_DEFINED = re.compile(r"^[0-9a-f]+ [^*\n]{7} \.\S+\t[0-9a-f]+ +(?:\(?([\w.+-]+)\)? +)?(\S+)$", re.MULTILINE)


def elf_files(folder: Path) -> list[Path]:
    """The programs and shared libraries below `folder`."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and is_elf(path))


def without_unneeded(files: dict[str, Path], removable: Iterable[str]) -> set[str]:
    """The names of `files` without those of `removable` that no file still kept needs."""
    needed = {name: needed_by(path) if is_elf(path) else set() for name, path in files.items()}
    kept, removable = set(files), set(removable)
    while True:
        used = set().union(*(needed[name] for name in kept))
        unused = {name for name in kept & removable if Path(name).name not in used}
        if not unused:
            return kept
        kept -= unused


def needed_by(file: Path) -> set[str]:
    """The names of the shared libraries that `file` is linked with."""
    return set(_NEEDED.findall(_objdump("-p", file)))


def undefined_symbols(file: Path) -> set[str]:
    """What `file` must find in the libraries that it needs.

    Written as in Debian's lists: "memcpy@GLIBC_2.14", or "wl_proxy_destroy@Base" where it has no version.
    """
    found = _UNDEFINED.findall(_objdump("-T", file))
    return {f"{name}@{version or 'Base'}" for flags, version, name in found if "w" not in flags}


def defined_symbols(file: Path) -> set[str]:
    """What `file` provides for others, written as by `undefined_symbols`."""
    return {f"{name}@{version or 'Base'}" for version, name in _DEFINED.findall(_objdump("-T", file))}


def strip(files: Iterable[Path]) -> None:
    """Remove the symbols that only debuggers and linkers read."""
    for file in files:
        subprocess.run(["strip", "--strip-unneeded", str(file)], check=True)


def is_elf(path: Path) -> bool:
    """Whether `path` is a program or shared library for Linux."""
    with path.open("rb") as file:
        return file.read(4) == _MAGIC


def _objdump(option: str, file: Path) -> str:
    return subprocess.run(["objdump", option, str(file)], capture_output=True, text=True, check=True).stdout
