"""The licences of DigitPad and of everything it ships or depends on."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.system.paths import assets_folder
from core.wording.system_messages import LicenceMessage

if TYPE_CHECKING:
    from importlib.metadata import Distribution

LICENCES_FILE = "licences.txt"
"""In `assets/` of the standalone app: the text of every licence, written when the app is built."""

LONGEST_NAME = 60
_LINK_TO_FILE = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]*\)")


@dataclass(frozen=True, slots=True)
class Licences:
    """The text, and whether it is Markdown."""

    text: str
    is_markdown: bool = False


def read_licences(assets: Path | None = None) -> Licences:
    """All licences: of the standalone app's parts, or of the sources and the packages they depend on.

    `assets` is the folder of that name; None for DigitPad's own.
    """
    assets = assets or assets_folder()
    try:
        return Licences((assets / LICENCES_FILE).read_text(encoding="utf-8", errors="replace"))
    except OSError:  # not the standalone app
        return Licences(_source_licences(assets.parent), is_markdown=True)


def _source_licences(root: Path) -> str:
    notice = _LINK_TO_FILE.sub(r"\1", _read(root / "NOTICE.md"))  # links to files do not work in the dialog
    parts = [notice, _packages(_required(root / "requirements.txt")), _read(root / "LICENSE")]
    return "\n\n".join(part for part in parts if part) or str(LicenceMessage.MISSING())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _required(path: Path) -> list[str]:
    """Names of the packages in a file of requirements with exact versions."""
    lines = [line.partition("#")[0] for line in _read(path).splitlines()]
    return sorted((line.partition("==")[0].strip() for line in lines if "==" in line), key=str.casefold)


def _packages(names: list[str]) -> str:
    """A Markdown table of those packages that are installed."""
    from importlib.metadata import PackageNotFoundError, distribution  # large, and only needed here

    rows = []
    for name in names:
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        rows.append(f"| {name} | {found.version} | {licence_name(found)} |")
    if not rows:
        return ""
    return "\n".join(["## Installed packages", "", "| package | version | licence |", "|---|---|---|", *rows])


def licence_name(package: "Distribution") -> str:
    """The licence that the metadata of `package` states, on one line."""
    facts = package.metadata
    for key in ("License-Expression", "License"):  # the older one may hold the whole text
        stated = facts[key].strip() if key in facts else ""
        if stated and len(stated) <= LONGEST_NAME and "\n" not in stated:
            return stated
    names = [line.rpartition(" :: ")[2] for line in facts.get_all("Classifier") or [] if line.startswith("License ::")]
    return ", ".join(names) or str(LicenceMessage.ELSEWHERE())
