"""Which share of each package's lines the tests reach, and whether that is as much as it was.

Run by `make coverage`, after the tests.
"""

import sys
from collections import defaultdict
from pathlib import Path

from coverage import Coverage

REPOSITORY = Path(__file__).resolve().parent.parent
MINIMUM_COVERAGE = {
    "core": 100,
    "core/commands": 95,
    "core/datasets": 98,
    "core/digits": 96,
    "core/explaining": 98,
    "core/ink": 96,
    "core/judging": 95,
    "core/learning": 97,
    "core/models": 98,
    "core/pad": 98,
    "core/pictures": 96,
    "core/recognition": 100,
    "core/samples": 95,
    "core/synthesis": 100,
    "core/system": 90,
    "core/training": 99,
    "core/wording": 100,
    "gui": 88,
    "gui/about": 99,
    "gui/digits": 94,
    "gui/draw": 98,
    "gui/inside": 93,
    "gui/models": 96,
    "gui/pad": 97,
    "gui/recognition": 95,
    "gui/self_test": 64,
    "gui/system": 70,
    "gui/test": 94,
    "gui/train": 97,
    "gui/widgets": 98,
}
"""Per cent of a package's lines that the tests reach at least: what was measured, rounded down, with room for what
only threads reach."""


def package_of(path: Path) -> str:
    """ "core/pictures" of a file in there, "gui" of a file in `gui` itself."""
    return path.relative_to(REPOSITORY).parent.as_posix()


def measure() -> dict[str, float]:
    """Per cent of each package's lines that the last run of the tests under coverage has reached."""
    coverage = Coverage(config_file=str(REPOSITORY / "pyproject.toml"))
    coverage.load()
    lines: defaultdict[str, int] = defaultdict(int)
    missed: defaultdict[str, int] = defaultdict(int)
    for name in coverage.get_data().measured_files():
        _, statements, _, missing, _ = coverage.analysis2(name)
        package = package_of(Path(name))
        lines[package] += len(statements)
        missed[package] += len(missing)
    return {package: 100 * (1 - missed[package] / count) for package, count in sorted(lines.items()) if count}


def problems(measured: dict[str, float], floors: dict[str, int]) -> list[str]:
    """Sentences on what is below its floor, has none, or is not there."""
    low = [
        f"The tests reach {measured[package]:.1f} % of {package}; it was {floor} %."
        for package, floor in floors.items()
        if measured.get(package, 100.0) < floor
    ]
    new = sorted(measured.keys() - floors)
    gone = sorted(floors.keys() - measured)
    return [
        *low,
        *(f"{package} has no floor yet; the tests reach {measured[package]:.1f} %." for package in new),
        *(f"{package} has a floor, but nothing of it was measured." for package in gone),
    ]


def main() -> int:
    """Print what was measured; 1 when something is wrong with it."""
    measured = measure()
    for package, share in measured.items():
        print(f"{share:5.1f} %  {package}")
    found = problems(measured, MINIMUM_COVERAGE)
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
