"""Which packages of Debian an app needs, and from which version on.

Found as dpkg-shlibdeps finds it (see `man 1 dpkg-shlibdeps`), which a machine that only builds does not have: every
package with a library lists in which of its versions each symbol came.
"""

import re
import subprocess
from collections.abc import Iterable
from functools import cmp_to_key
from pathlib import Path

from elf import Demands
from licences import owning_package
from product import debian_architecture

BESIDE_LIBRARIES = ("fontconfig",)
"""What no library names: the list of the system's fonts, which this package makes and keeps for all users.

Without it a user without a folder for a list of their own, such as a service, gets a complaint at every start. Debian's
own Qt depends on it too.
"""
LISTS = Path("/var/lib/dpkg/info")

_LIBRARY = re.compile(r"^\s*(\S+) \(.*\) => (\S+)$", re.MULTILINE)


class LibraryUnknown(Exception):
    """The app needs a library of the system that belongs to no package; the text says which."""


def depends(demanded: Demands, lists: Path = LISTS) -> list[str]:
    """The packages that bring what is `demanded`, as a package's control file names them; this must be a Debian.

    Raises
    ------
    LibraryUnknown
        When no package that is installed here brings one of the libraries.
    """
    places = library_places()
    packages = {name: owning_package(Path(places[name])) if name in places else "" for name in sorted(demanded)}
    unknown = [name for name, package in packages.items() if not package]
    if unknown:
        raise LibraryUnknown(f"Nothing installed here brings {', '.join(unknown)}, which the app needs.")
    versions: dict[str, set[str]] = {package: set() for package in packages.values()}
    for name, package in packages.items():
        versions[package] |= versions_needed(symbols_list(package, lists), name, demanded[name])
    return [*(relation(package, versions[package]) for package in sorted(versions)), *BESIDE_LIBRARIES]


def library_places() -> dict[str, str]:
    """Where the system has its shared libraries, by name."""
    told = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    places: dict[str, str] = {}
    for name, place in _LIBRARY.findall(told):
        places.setdefault(name, place)
    return places


def symbols_list(package: str, lists: Path = LISTS) -> str:
    """What a package installed for this processor says of its symbols; "" where it says nothing."""
    files = [lists / f"{name}.symbols" for name in (f"{package}:{debian_architecture()}", package)]
    return next((file.read_text(encoding="utf-8") for file in files if file.is_file()), "")


def versions_needed(listed: str, library: str, symbols: Iterable[str]) -> set[str]:
    """The versions of a package that brought `symbols` of `library`, by the list `listed` of its symbols."""
    brought: dict[str, str] = {}
    inside = False
    for line in listed.splitlines():
        if line[:1] not in " *|":  # the head of a library; below it its symbols, each with the version it came in
            inside = line.split(" ", 1)[0] == library
        elif inside and line.startswith(" "):
            symbol, version, *_ = line.split()
            brought[symbol] = version
    return {brought[symbol] for symbol in symbols if symbol in brought}


def relation(package: str, versions: set[str]) -> str:
    """`package`, from the newest of `versions` on."""
    newest = max(versions - {"0"}, key=cmp_to_key(_compared), default="")
    return f"{package} (>= {newest})" if newest else package


def _compared(one: str, other: str) -> int:
    """Less than 0, 0 or more, as in Debian's order of versions."""
    for sign, order in ((-1, "lt"), (1, "gt")):
        if subprocess.run(["dpkg", "--compare-versions", one, order, other], check=False).returncode == 0:
            return sign
    return 0
