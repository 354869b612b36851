"""Collect the licences of everything in the app in one readable text."""

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePath

from bundled_parts import LicenceMissing, check_covered, describe_parts
from product import NAME, ON_LINUX, REPOSITORY, VERSION

from core.system.licences import licence_name

TEXTS = Path(__file__).resolve().parent / "licences"
LINE = "=" * 100

QT = """\
{name} {version} is used under the GNU Lesser General Public License, version 3, in the form of shared libraries, which
are unchanged in the folder “PySide6” (and “shiboken6”) of this app, where you may replace them with compatible ones.
The sources are at https://download.qt.io/official_releases/qt/ (Qt) and
https://download.qt.io/official_releases/QtForPython/pyside6/ (Qt for Python), each under its version {version}.
Qt contains third-party code; it is listed, with its licences, at https://doc.qt.io/qt-6/licenses-used-in-qt.html
"""
OPENCV = """\
On Linux the FFmpeg of its wheel is left out: empty libraries take its place. On other systems it is included as a
shared library, under the GNU Lesser General Public License, version 2.1; the sources are at
https://ffmpeg.org/download.html, and the build scripts of the wheel at https://github.com/opencv/opencv-python
"""

_HEADER = re.compile(r"^\|.*\n\|---.*\n", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\((https?:[^)]*)\)")
_SIGNS = re.compile(r"[`<>]|\*\*")
_NAME_OF_TEXT = re.compile(r"licen[cs]e|copying|notice|authors|copyright|third.?party", re.IGNORECASE)
_CODE_SUFFIXES = {".c", ".cc", ".h", ".json", ".py", ".pyc", ".pyi", ".xml"}
_COMMON = re.compile(r"/usr/share/common-licenses/([A-Za-z0-9.+-]*[A-Za-z0-9])")
_COMMON_FOLDER = Path("/usr/share/common-licenses")
_STANDARD_TEXTS = {"apache": ("Apache-2.0",), "lgpl": ("LGPL-3.0", "GPL-3.0")}


def licences_text(sources: Iterable[Path]) -> str:
    """All licences of an app that consists of the files `sources`.

    Raises
    ------
    LicenceMissing
        When the licence of one of them cannot be found.
    """
    owners = installed_files()
    sources = [Path(os.path.realpath(source)) for source in sources]
    files: dict[str, list[Path]] = {}
    for source in sources:
        if source in owners:
            files.setdefault(owners[source].name, []).append(source)
    shipped = {owners[source].name: owners[source] for source in sources if source in owners}
    builder = next(item for item in owners.values() if item.name.lower() == "pyinstaller")
    shipped[builder.name] = builder  # what starts the app
    book = LicenceBook()
    for heading, text in own_sections():
        book.add(heading, text)
    book.add(f"Python {sys.version.split()[0]}", python_licence())
    for name in sorted(shipped, key=str.lower):
        add_distribution(book, shipped[name])
    add_parts(book, files)
    for package, names in system_packages(source for source in sources if is_of_system(source)).items():
        add_system_package(book, package, names)
    return book.text()


class LicenceBook:
    """Sections with a heading each; a text that is repeated is replaced by a reference."""

    def __init__(self) -> None:
        self._sections: list[tuple[str, str]] = []
        self._first: dict[str, str] = {}

    def add(self, heading: str, *texts: str) -> None:
        """Add a section; a text that another section has already is replaced by a reference to that."""
        kept = []
        for text in texts:
            key = " ".join(text.split())
            kept.append(text.strip() if key not in self._first else f"(See “{self._first[key]}”.)")
            self._first.setdefault(key, heading)
        self._sections.append((heading, "\n\n".join(kept)))

    def add_common_texts(self) -> None:
        """Add the full texts that Debian's copyright files only refer to."""
        everything = "\n".join(text for _, text in self._sections)
        for name in sorted(set(_COMMON.findall(everything))):
            if (_COMMON_FOLDER / name).is_file():
                self.add(f"/usr/share/common-licenses/{name}", (_COMMON_FOLDER / name).read_text(encoding="utf-8"))

    def texts(self) -> dict[str, str]:
        """All sections so far, by their heading."""
        return dict(self._sections)

    def text(self) -> str:
        """The whole text."""
        self.add_common_texts()
        contents = "\n".join(f"  {heading}" for heading, _ in self._sections)
        start = f"{NAME} {VERSION} contains the work of many people. These are their licences:\n\n{contents}\n"
        return start + "".join(f"\n{LINE}\n{heading}\n{LINE}\n\n{text}\n" for heading, text in self._sections)


def own_sections() -> Iterator[tuple[str, str]]:
    """Heading and text of each licence file in this repository."""
    yield f"{NAME} {VERSION}", _read(REPOSITORY / "LICENSE")
    yield "Third-party components in short", plain_text(_read(REPOSITORY / "NOTICE.md"))
    yield "The MNIST database of handwritten digits", plain_text(_read(REPOSITORY / "assets" / "MNIST-LICENSE.md"))
    yield "The typeface Inter", _read(TEXTS / "OFL-1.1.txt")


def plain_text(markdown: str) -> str:
    """Our own Markdown as plain text for the About window: table rows become list items."""
    lines = _HEADER.sub("", markdown).splitlines()
    text = "\n".join(_plain_row(line) if line.startswith("|") else line.lstrip("# ") for line in lines)
    return _SIGNS.sub("", _LINK.sub(r"\1 (\2)", text))


def _plain_row(line: str) -> str:
    first, *others = (cell.strip() for cell in line.strip("|").split("|"))
    return f"- {first}: {'; '.join(others)}"


def installed_files() -> dict[Path, Distribution]:
    """Every file of every package installed in this environment, with its package."""
    return {
        Path(os.path.realpath(str(item.locate_file(file)))): item
        for item in distributions()
        for file in item.files or []
    }


def add_parts(book: LicenceBook, packages: Mapping[str, Iterable[Path]]) -> None:
    """Add a list of the third-party libraries in the packages, and the licences that the packages lack."""
    if ON_LINUX:
        for package, files in packages.items():
            check_covered(package, files)
    lines, added = describe_parts(packages, book.texts())
    book.add("Third-party libraries in the packages", "\n".join(lines))
    for name in added:
        book.add(name, _read(TEXTS / name))


def add_distribution(book: LicenceBook, item: Distribution) -> None:
    """Add the section of a package."""
    texts = distribution_texts(item)
    if item.name.lower().startswith(("pyside6", "shiboken6")):
        texts.insert(0, QT.format(name=item.name, version=item.version))
    if item.name.lower().startswith("opencv"):
        texts.insert(0, OPENCV)
    home = _field(item, "Home-page") or _field(item, "Project-URL").partition(", ")[2]
    about = "\n".join(line for line in (_field(item, "Summary"), home, f"Licence: {licence_name(item)}") if line)
    book.add(f"{item.name} {item.version}", about, *texts)


def distribution_texts(item: Distribution) -> list[str]:
    """The licence texts in a package, or the standard texts of the licences that it names."""
    files = sorted(file for file in item.files or [] if is_licence_text(file))
    texts = [_read(Path(str(item.locate_file(file)))) for file in files]
    named = licence_name(item).lower()
    if not any("licen" in file.name.lower() or "copying" in file.name.lower() for file in files):
        found = [name for word, names in _STANDARD_TEXTS.items() if word in named for name in names]
        if not found:
            raise LicenceMissing(
                f"{item.name} {item.version} has no licence text, and names no licence that is known here."
            )
        texts += [_read(TEXTS / f"{name}.txt") for name in found]
    return texts


def is_licence_text(file: PurePath) -> bool:
    """Whether a file of a package is a licence text, by its name or its folder."""
    named = _NAME_OF_TEXT.search(file.name) or (len(file.parts) > 2 and ".dist-info/licenses/" in file.as_posix())
    return bool(named) and file.suffix not in _CODE_SUFFIXES


def python_licence() -> str:
    """The licence of the Python that runs this, and of its standard library."""
    version = ".".join(map(str, sys.version_info[:2]))
    places = [
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        *(Path(sys.base_prefix) / name for name in ("LICENSE.txt", "LICENSE", "Resources/English.lproj/LICENSE.txt")),
        *(Path(f"/usr/share/doc/{name}/copyright") for name in (f"python{version}", f"libpython{version}-minimal")),
    ]
    for place in places:
        if place.is_file():
            return _read(place)
    raise LicenceMissing("Python’s licence was not found.")


def is_of_system(source: Path) -> bool:
    """Whether a file is neither ours, nor a package's, nor Python's."""
    ours = (REPOSITORY, Path(sys.prefix), Path(sysconfig.get_path("stdlib")))
    if any(source.is_relative_to(os.path.realpath(folder)) for folder in ours) or "python" in source.name.lower():
        return False
    return not source.is_relative_to(sys.base_prefix) or sys.base_prefix == "/usr"


def system_packages(files: Iterable[Path]) -> dict[str, list[str]]:
    """The names of `files` by the system package that owns them; "" for those without one."""
    found: dict[str, list[str]] = {}
    for file in sorted(set(files)):
        found.setdefault(owning_package(file), []).append(file.name)
    return dict(sorted(found.items()))


def owning_package(file: Path) -> str:
    """The Debian package that owns `file`; "" if there is none, and on other systems."""
    merged = file.parts[:2] == ("/", "usr")  # the same folders have two names, and packages use either
    for place in (file, Path("/", *file.parts[2:]) if merged else Path("/usr", *file.parts[1:])):
        try:
            done = subprocess.run(["dpkg-query", "-S", str(place)], capture_output=True, text=True, check=False)
        except FileNotFoundError:
            return ""
        if done.returncode == 0:
            return done.stdout.split(": ")[0].split(",")[0].partition(":")[0]
    return ""


def add_system_package(book: LicenceBook, package: str, files: list[str]) -> None:
    """Add the section of shared libraries from a system package."""
    copyright_file = Path(f"/usr/share/doc/{package}/copyright")
    names = "Shared libraries: " + ", ".join(files)
    if package and copyright_file.is_file():
        book.add(package, names, _read(copyright_file))
    elif sys.platform.startswith("linux"):
        raise LicenceMissing(f"The licence of {', '.join(files)} was not found.")
    else:
        book.add("Libraries of the build system", names)


def _field(item: Distribution, name: str) -> str:
    """The first value of a field of a package's metadata; "" if it has none."""
    return next(iter(item.metadata.get_all(name) or []), "")


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")
