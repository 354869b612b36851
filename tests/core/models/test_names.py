"""Names of models, told apart where they are cut."""

import pytest

from core.models.card import MAX_NAME_LENGTH
from core.models.names import default_name, name_key
from core.training.presets import PRESETS
from core.wording.names import file_name, shortened_inside


def test_two_models_of_one_day_differ_at_once() -> None:
    taken: list[str] = []
    for _ in range(2):
        taken.append(default_name("Quick", "MNIST", lambda name: name not in taken))
    first, second = taken
    assert first[:5] != second[:8] and first.endswith(second[-16:])
    assert first[2] == ":" and " Quick on MNIST, " in first
    assert second.split()[0].count(":") == 2, "with seconds, where minutes are not enough"


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_no_default_name_is_too_long(preset) -> None:
    name = default_name(preset.title, "my handwriting, all of it, since 2009.npz", lambda name: name.count(":") > 1)
    assert len(name) <= MAX_NAME_LENGTH
    assert " on my handw…009.npz, " in name or "…" in name


@pytest.mark.parametrize(
    ("text", "shown"), [("eight ch", "eight ch"), ("DigitPad 2026-11-29 14:05", "Digi…:05"), ("a\nb", "a b")]
)
def test_what_is_cut_keeps_both_ends(text: str, shown: str) -> None:
    assert shortened_inside(text, 8) == shown


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("14:05 Quick on MNIST", "14-05 Quick on MNIST"),
        ("Zoës Ziffern", "Zoës Ziffern"),
        ("../a\\b", "-a-b"),
        ("con.old", "con-.old"),
        ("LPT1", "LPT1-"),
        ("...", "model"),
    ],
)
def test_a_name_becomes_one_of_a_file_on_any_system(name: str, file: str) -> None:
    assert file_name(name) == file


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("DigitPad", "digit pad", True),
        ("Anna’s 7", "Anna's\u00a07", True),
        ("a–b", "a-b", True),
        ("Run 1 1", "Run 11", False),
        ("v1 2", "v12", False),
        ("Mine 2", "Mine 3", False),
    ],
)
def test_names_that_are_hard_to_tell_apart_are_one(one: str, other: str, are_alike: bool) -> None:
    assert (name_key(one) == name_key(other)) is are_alike
