"""In place of libraries that others name as needed and whose functions DigitPad never calls: ones with names alone.

OpenCV's wheel for Linux is linked with FFmpeg, for films and cameras. DigitPad reads pictures only, so FFmpeg stays
out, and what only FFmpeg needs. Whatever called one of its functions all the same would be stopped at once.
"""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from elf import defined_symbols, is_elf, needed_by, undefined_symbols, without_unneeded

EMPTIED = re.compile(r"opencv_python_headless\.libs/lib(avcodec|avformat|avutil|swscale)-[^/]*")
COMPANIONS = re.compile(r"opencv_python_headless\.libs/[^/]*")
"""Libraries that only come along for the others: nothing opens them by name."""

STOP = ".fill 64, 1, 0xCC"  # a breakpoint on x86, nothing that ARM knows

Binary = tuple[str, str, str]
"""Name in the app, source, and kind, as PyInstaller lists them."""


def with_empty_libraries(binaries: Iterable[Binary], folder: Path) -> list[Binary]:
    """The list with empty libraries, made in `folder`, for those of `EMPTIED`, and without what only these needed."""
    binaries = list(binaries)
    chosen = [(name, Path(source)) for name, source, kind in binaries if kind != "SYMLINK" and EMPTIED.fullmatch(name)]
    made = {name: folder / source.name for name, source in chosen}
    sources = {name: Path(source) for name, source, kind in binaries if kind != "SYMLINK" and name not in made}
    users = [path for name, path in sources.items() if is_elf(path) and not COMPANIONS.fullmatch(name)]
    for name, source in chosen:
        asked = [undefined_symbols(path) for path in users if source.name in needed_by(path)]
        write_empty_library(made[name], set().union(*asked) & defined_symbols(source))
    kept = without_unneeded({**sources, **made}, filter(COMPANIONS.fullmatch, [*sources, *made]))
    left = {Path(name).name for name in kept}
    return [
        (name, str(made.get(name, source)), kind)
        for name, source, kind in binaries
        if name in kept or (kind == "SYMLINK" and Path(source).name in left)
    ]


def write_empty_library(file: Path, symbols: Iterable[str]) -> None:
    """Write a shared library that has `symbols`, as in "av_free@LIBAVUTIL_60", as the names of functions that stop."""
    file.parent.mkdir(parents=True, exist_ok=True)
    versions: dict[str, list[str]] = {}
    for symbol in sorted(symbols):
        name, _, version = symbol.partition("@")
        versions.setdefault(version, []).append(name)
    names = [name for group in versions.values() for name in group]
    labels = [f".globl {name}\n.type {name}, %function\n{name}:" for name in names]
    code = "\n".join([".text", *labels, STOP, '.section .note.GNU-stack,"",%progbits', ""])
    script = "".join(f"{version} {{ global: {'; '.join(group)}; }};\n" for version, group in versions.items())
    place = file.with_suffix(".o"), file.with_suffix(".map")
    place[1].write_text(script, encoding="ascii")
    subprocess.run(["as", "-o", str(place[0]), "-"], input=code, text=True, check=True)
    versioned = ["--version-script", str(place[1])] if versions else []
    options = ["-shared", "-soname", file.name, "-z", "noexecstack", *versioned]
    subprocess.run(["ld", *options, "-o", str(file), str(place[0])], check=True)
