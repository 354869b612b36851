"""What `make coverage` complains about."""

from tests.conftest import REPOSITORY
from tests.coverage_floors import MINIMUM_COVERAGE, package_of, problems


def test_less_than_before_and_what_has_no_floor_are_problems() -> None:
    assert problems({"core/ink": 98.0, "gui": 91.2}, {"core/ink": 98, "gui": 91}) == []
    assert problems({"core/ink": 97.94, "core/new": 50.0}, {"core/ink": 98, "core/old": 90}) == [
        "The tests reach 97.9 % of core/ink; it was 98 %.",
        "core/new has no floor yet; the tests reach 50.0 %.",
        "core/old has a floor, but nothing of it was measured.",
    ]


def test_every_package_has_a_floor() -> None:
    files = [*REPOSITORY.glob("core/**/*.py"), *REPOSITORY.glob("gui/**/*.py")]
    assert {package_of(path) for path in files if path.name != "__init__.py"} == MINIMUM_COVERAGE.keys()
