"""Check the size of the built app, and that nothing is in it that does not belong there."""

import mmap
import os
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import product
from wanted_files import is_wanted_file
from wanted_modules import is_test

LARGEST_BUNDLE = 1_050_000_000
"""On Linux; the size on other systems has not been measured yet."""
LARGEST_ARCHIVE = 300_000_000
LISTED = 20
LARGE_FILE = 5_000_000
"""Files of at least so many bytes are listed by themselves, smaller ones by folder."""

_OTHER_TOOLKITS = re.compile(r"(^|/)(lib)?(gtk|gdk|qgtk|wx|tcl\d|tk\d|Qt5|PyQt\d|PySide2)[\w.-]*", re.IGNORECASE)
_QT_CORE = re.compile(r"(lib)?Qt6?Core\.(so[.\d]*|dll)$|(^|/)QtCore$")


class BundleProblem(Exception):
    """Something is wrong with the built app; the text says what."""


def check_bundle(bundle: Path) -> str:
    """A line about what was checked in the app in the folder `bundle`.

    Raises
    ------
    BundleProblem
        When it is too large, or something is in it that does not belong there.
    """
    sizes = file_sizes(bundle)
    total = sum(sizes.values())
    if total > LARGEST_BUNDLE and product.ON_LINUX:
        raise BundleProblem(f"The app takes {megabytes(total)}; {megabytes(LARGEST_BUNDLE)} are allowed.")
    modules = dict(bundled_modules(bundle))
    problems = [*foreign_files(sizes), *(f"{name} is a test" for name in modules if is_test(name))]
    problems += leaked_paths(bundle, modules, private_folders())
    if problems:
        raise BundleProblem("\n".join(problems))
    return f"{len(modules):,} modules; no tests, no second Qt, no paths of this machine"


def size_report(bundle: Path) -> str:
    """Lines about how large the app in the folder `bundle` is, and why."""
    sizes = file_sizes(bundle)
    title = f"{megabytes(sum(sizes.values()))} in {len(sizes):,} files; the {LISTED} largest items:"
    return "\n".join([title, *largest_items(sizes)])


def check_archive(file: Path) -> str:
    """A line about the size of a package. Raises BundleProblem when it is too large."""
    size = file.stat().st_size
    if size > LARGEST_ARCHIVE:
        raise BundleProblem(f"{file.name} takes {megabytes(size)}; {megabytes(LARGEST_ARCHIVE)} are allowed.")
    return f"{file.name}: {megabytes(size)}"


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"


def file_sizes(folder: Path) -> dict[str, int]:
    """The size in bytes of every file below `folder`, by its relative path; links are left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}


def largest_items(sizes: dict[str, int]) -> list[str]:
    """A line for each of the largest files, and of the folders of smaller ones, largest first."""
    totals: Counter[str] = Counter()
    for name, size in sizes.items():
        parts = name.split("/")
        rest = "/".join(parts[:2]) if len(parts) > 2 else "/".join(parts[:-1])
        totals[name if size >= LARGE_FILE else f"{rest or '.'}/, small files"] += size
    return [f"  {megabytes(size):>10}  {name}" for name, size in totals.most_common(LISTED)]


def foreign_files(names: Iterable[str]) -> list[str]:
    """A line for each problem with the files `names` in the app."""
    names = list(names)
    found = [f"{name} does not belong in the app" for name in names if not is_wanted_file(name)]
    found += [f"{name} belongs to another toolkit" for name in names if _OTHER_TOOLKITS.search(name)]
    cores = [name for name in names if _QT_CORE.search(name)]
    if len(cores) > 1:
        found.append(f"there is more than one Qt: {', '.join(cores)}")
    return found


def bundled_modules(bundle: Path) -> Iterator[tuple[str, bytes]]:
    """Name and compiled code of every Python module that is embedded in the program itself."""
    from PyInstaller.archive.readers import CArchiveReader

    program = CArchiveReader(str(product.executable(bundle)))
    for name, (*_, kind) in program.toc.items():
        if kind in "sm":
            yield name, program.extract(name)
        if kind == "z":
            archive = program.open_embedded_archive(name)
            for module in archive.toc:
                yield module, archive.extract(module, raw=True) or b""


def private_folders() -> list[Path]:
    """Folders of this machine that no file in the app must mention."""
    python = Path(sys.base_prefix)
    homes = [Path.home()] if Path.home().parent not in (Path.home(), Path("/")) else []  # /root is on every machine
    elsewhere = [python] if not python.is_relative_to("/usr") and python.is_relative_to(Path.home()) else []
    return [product.REPOSITORY, Path(sys.prefix), *homes, *elsewhere]


def leaked_paths(bundle: Path, modules: dict[str, bytes], folders: list[Path]) -> list[str]:
    """A line for each module or file that mentions one of `folders`."""
    needles = [os.fsencode(str(folder)) for folder in folders]
    found = [f"the module {name} mentions {path}" for name, code in modules.items() for path in _found(code, needles)]
    for path in sorted(path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink()):
        name = path.relative_to(bundle).as_posix()
        found += [f"{name} mentions {folder}" for folder in _found_in_file(path, needles)]
        if zipfile.is_zipfile(path):
            found += [f"{name} mentions {folder}" for folder in _found_in_zip(path, needles)]
    return found


def _found(content: "bytes | mmap.mmap", needles: list[bytes]) -> list[str]:
    return [os.fsdecode(needle) for needle in needles if content.find(needle) >= 0]


def _found_in_file(path: Path, needles: list[bytes]) -> list[str]:
    if not path.stat().st_size:
        return []
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return _found(content, needles)


def _found_in_zip(path: Path, needles: list[bytes]) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [folder for name in archive.namelist() for folder in _found(archive.read(name), needles)]
