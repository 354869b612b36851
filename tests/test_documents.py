"""What documents and project files say about the repository: paths, links, modules, the version, pinned actions."""

import re
from pathlib import Path

import pytest

from core import __version__

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDERS = ("assets", "benchmarks", "core", "docs", "gui", "packaging", "tests")

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*)`")
_MODULE = re.compile(r"python -m (benchmarks[\w.]+)")
_TARGET = re.compile(r"\bmake ([a-z][a-z-]*)")
_ACTION = re.compile(r"uses: (\S+)(.*)")
_PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40}")
_IN_THE_APP = {"assets/licences.txt"}
"""Made when the standalone app is built."""


def documents(root: Path) -> list[Path]:
    """All documents that belong to the repository at `root`."""
    return sorted([*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob(".github/*.md")])


def dead_references(root: Path) -> list[str]:
    """One line for each link, path, module or target of make that a document below `root` names and nothing is."""
    makefile = root / "Makefile"
    targets = set(re.findall(r"^([\w-]+):", makefile.read_text("utf-8"), re.MULTILINE)) if makefile.exists() else set()
    found = []
    for document in documents(root):
        text = document.read_text("utf-8")
        dead = [link for link in _LINK.findall(text) if not _leads_somewhere(link, document)]
        dead += [path for path in _PATH.findall(text) if path not in _IN_THE_APP and not (root / path).exists()]
        dead += [name for name in _MODULE.findall(text) if not _is_module(root / name.replace(".", "/"))]
        dead += [f"make {name}" for name in _TARGET.findall(_code(text)) if name not in targets]
        found += [f"{document.relative_to(root).as_posix()}: {name}" for name in dead]
    return found


def _leads_somewhere(link: str, document: Path) -> bool:
    if "://" in link:
        return True
    place, _, anchor = link.partition("#")
    target = document.parent / place if place else document
    return target.exists() and (not anchor or anchor in _anchors(target.read_text("utf-8")))


def _anchors(text: str) -> set[str]:
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(text)}


def _is_module(place: Path) -> bool:
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def _code(text: str) -> str:
    """What stands in backticks: only there is "make" a command."""
    return "\n".join(re.findall(r"`[^`]+`", text))


def test_documents_name_only_what_is_there() -> None:
    assert dead_references(REPOSITORY) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "See [the map](docs/map.md).",
        "See [a part](README.md#missing).",
        "It is in `core/ink.py`.",
        "It is in `core/ink/`.",
        "Run `python -m benchmarks.speed`.",
        "Run `make haste`.",
    ],
)
def test_a_dead_reference_is_found(tmp_path: Path, sentence: str) -> None:
    (tmp_path / "README.md").write_text(f"# DigitPad\n\n{sentence}\n", "utf-8")
    (found,) = dead_references(tmp_path)
    assert found.startswith("README.md: ")


def test_the_change_log_begins_with_this_version() -> None:
    versions = re.findall(r"^## (\S+)", (REPOSITORY / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert versions[0] == __version__


def test_actions_are_pinned_and_say_which_version_they_are() -> None:
    workflows = list((REPOSITORY / ".github" / "workflows").glob("*.yml"))
    used = [match for path in workflows for match in _ACTION.findall(path.read_text("utf-8"))]
    assert used
    for action, comment in used:
        assert _PINNED.fullmatch(action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action


def test_every_decision_is_listed() -> None:
    folder = REPOSITORY / "docs" / "decisions"
    listed = re.findall(r"\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert listed == sorted(path.name for path in folder.glob("0*.md"))
