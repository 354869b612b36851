"""Replace libraries that others are linked with, and whose functions DigitPad never calls, by empty ones.

OpenCV's wheel for Linux is linked with FFmpeg, for videos and cameras. DigitPad reads pictures only, so FFmpeg and what
only FFmpeg needs are left out. An empty library defines the symbols that are asked for; to call one stops the program.
"""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from elf import defined_symbols, is_elf, needed_by, undefined_symbols, without_unneeded

EMPTIED = re.compile(r"opencv_python_headless\.libs/lib(avcodec|avformat|avutil|swscale)-[^/]*")
COMPANIONS = re.compile(r"opencv_python_headless\.libs/[^/]*")
"""Libraries that nothing loads by name: they can go if no other library needs them."""

TRAP = ".fill 64, 1, 0xCC"  # breakpoints on x86, an invalid instruction on ARM

Binary = tuple[str, str, str]
"""Name in the bundle, source, and kind, as PyInstaller lists them."""


def with_empty_libraries(binaries: Iterable[Binary], folder: Path) -> list[Binary]:
    """The list with empty libraries, made in `folder`, for those of `EMPTIED`, and without what only these need."""
    binaries = list(binaries)
    chosen = [(name, Path(source)) for name, source, kind in binaries if kind != "SYMLINK" and EMPTIED.fullmatch(name)]
    made = {name: folder / source.name for name, source in chosen}
    sources = {name: Path(source) for name, source, kind in binaries if kind != "SYMLINK" and name not in made}
    users = [path for name, path in sources.items() if is_elf(path) and not COMPANIONS.fullmatch(name)]
    for name, source in chosen:
        used = [undefined_symbols(path) for path in users if source.name in needed_by(path)]
        write_empty_library(made[name], set().union(*used) & defined_symbols(source))
    kept = without_unneeded({**sources, **made}, filter(COMPANIONS.fullmatch, [*sources, *made]))
    left = {Path(name).name for name in kept}
    return [
        (name, str(made.get(name, source)), kind)
        for name, source, kind in binaries
        if name in kept or (kind == "SYMLINK" and Path(source).name in left)
    ]


def write_empty_library(file: Path, symbols: Iterable[str]) -> None:
    """Write a shared library with `symbols`, such as "av_free@LIBAVUTIL_60"; each is a function that traps."""
    file.parent.mkdir(parents=True, exist_ok=True)
    versions: dict[str, list[str]] = {}
    for symbol in sorted(symbols):
        name, _, version = symbol.partition("@")
        versions.setdefault(version, []).append(name)
    names = [name for group in versions.values() for name in group]
    labels = [f".globl {name}\n.type {name}, %function\n{name}:" for name in names]
    code = "\n".join([".text", *labels, TRAP, '.section .note.GNU-stack,"",%progbits', ""])
    script = "".join(f"{version} {{ global: {'; '.join(group)}; }};\n" for version, group in versions.items())
    object_file, version_script = file.with_suffix(".o"), file.with_suffix(".map")
    version_script.write_text(script, encoding="ascii")
    subprocess.run(["as", "-o", str(object_file), "-"], input=code, text=True, check=True)
    versioned = ["--version-script", str(version_script)] if versions else []
    options = ["-shared", "-soname", file.name, "-z", "noexecstack", *versioned]
    subprocess.run(["ld", *options, "-o", str(file), str(object_file)], check=True)
