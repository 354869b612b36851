"""What `make coverage` complains about."""

from tests.coverage_floors import problems


def test_less_than_before_and_what_has_no_floor_are_problems() -> None:
    assert problems({"core/ink": 98.0, "gui": 91.2}, {"core/ink": 98, "gui": 91}) == []
    assert problems({"core/ink": 97.94, "core/new": 50.0}, {"core/ink": 98, "core/old": 90}) == [
        "The tests reach 97.9 % of core/ink; it was 98 %.",
        "core/new has no floor yet; the tests reach 50.0 %.",
        "core/old has a floor, but nothing of it was measured.",
    ]
