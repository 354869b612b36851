"""Bundles on disk: whole or not usable, found by name, never half-written."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import ModelError, StorageError
from core.models import bundles as model_bundles
from core.models.bundles import file_hash
from core.models.card import CARD_FILE, CARD_FORMAT, ModelCard, Score, Thresholds, card_bytes, clean_name
from core.models.library import (
    COMPILED_FILE,
    KERAS_FILE,
    MODEL_FILES,
    SHIPPED_MODEL,
    DamagedBundle,
    ModelBundle,
    ModelLibrary,
    read_bundle,
)

REPOSITORY = Path(__file__).resolve().parents[3]

CARD = ModelCard(
    name="Mine",
    created="2024-05-01T12:00:00+00:00",
    preset="dense",
    parameters=118_282,
    data={"source": "mnist:100"},
    seed=1,
    epochs=2,
    history=[{"epoch": 1, "loss": 0.5}],
    test=Score("MNIST's test set", 4, 1, 0.75, [[0] * 10] * 10),
    temperature=1.5,
    thresholds=Thresholds(0.7, 0.3, (5.0, 99.0)),
)


SCORE = {"data": "x", "images": 4, "mistakes": 1, "accuracy": 0.75, "confusion": [[0] * 10] * 10}


def write_files(folder: Path) -> None:
    """Any content will do here: a bundle is judged by its hashes."""
    (folder / KERAS_FILE).write_bytes(b"the network")
    (folder / COMPILED_FILE).write_bytes(b"the compiled network")


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    shipped = ModelLibrary(tmp_path / "shipped", tmp_path / "nothing")
    shipped.save(replace(CARD, name=SHIPPED_MODEL), write_files)
    return ModelLibrary(tmp_path / "models", tmp_path / "shipped")


def save_namesakes(library: ModelLibrary, *names: str) -> list[ModelBundle]:
    """Models of names that look the same, as earlier versions let them have."""
    bundles = [library.save(replace(CARD, name=f"m{number}"), write_files) for number in range(len(names))]
    for bundle, name in zip(bundles, names, strict=True):
        (bundle.folder / CARD_FILE).write_bytes(card_bytes(replace(bundle.card, name=name)))
    return [read_bundle(bundle.folder) for bundle in bundles]


def own_folders(library: ModelLibrary) -> list[str]:
    return sorted(path.name for path in library.folder.iterdir())


# --- saving and reading


def test_a_saved_bundle_reads_back_as_it_was(library: ModelLibrary) -> None:
    saved = library.save(CARD, write_files)
    again = read_bundle(saved.folder)
    assert again == saved
    assert again.card == replace(CARD, sha256=again.card.sha256)
    assert set(again.card.sha256) == set(MODEL_FILES)
    assert (again.slug, again.is_shipped) == ("mine", False)
    assert own_folders(library) == ["mine"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ziffern für Zoë", "ziffern-fur-zoe"),
        ("七", "model"),
        ("../../etc", "etc"),
        ("A  b\n c", "a-b-c"),
        ("NUL", "model-nul"),  # a device on Windows, not a folder
        ("㎯" * 60, "rads2" * 12),  # each decomposes into five letters, and folders have names of 255 at most
    ],
)
def test_any_name_becomes_a_plain_folder(library: ModelLibrary, name: str, slug: str) -> None:
    assert library.save(replace(CARD, name=name), write_files).slug == slug


def test_no_bundle_replaces_another(library: ModelLibrary) -> None:
    slugs = [library.save(CARD, write_files).slug for _ in range(3)]
    assert slugs == ["mine", "mine-2", "mine-3"]
    assert library.save(replace(CARD, name="DigitPad"), write_files).slug == "digitpad-2"


def test_a_failure_while_writing_leaves_nothing(library: ModelLibrary) -> None:
    def fail(folder: Path) -> None:
        write_files(folder)
        raise OSError(28, "No space left on device")

    with pytest.raises(StorageError, match="the disk is full"):
        library.save(CARD, fail)
    assert own_folders(library) == []


def test_a_library_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    library = ModelLibrary(tmp_path / "file" / "models", tmp_path)
    with pytest.raises(StorageError, match="a file is in the way"):
        library.save(CARD, write_files)
    with pytest.raises(StorageError):
        library.require_room()


def test_room_makes_the_folder_and_leaves_nothing_in_it(library: ModelLibrary) -> None:
    library.require_room()
    assert own_folders(library) == []


def test_leftovers_of_a_crash_go_once_they_are_old(library: ModelLibrary) -> None:
    library.save(CARD, write_files)
    for name in (".aside-old", ".aside-fresh"):
        (library.folder / name).mkdir()
        write_files(library.folder / name)
    os.utime(library.folder / ".aside-old", (0, 0))
    card = library.folder / "mine" / ".aside-card"  # a crash while it was renamed
    card.write_text("{")
    os.utime(card, (0, 0))
    library.require_room()
    assert not card.exists()
    assert own_folders(library) == [".aside-fresh", "mine"]
    assert [entry.slug for entry in library.entries()] == ["digitpad", "mine"]


KILLED = """
import os, signal, sys
from pathlib import Path
from core.models.library import ModelCard, ModelLibrary

def write(folder):
    (folder / "model.keras").write_bytes(b"the network")
    (folder / "model.tflite").write_bytes(b"half of the comp")
    os.kill(os.getpid(), signal.SIGKILL)

card = ModelCard("Mine", "2024-01-01", "dense", 1, {}, seed=1, epochs=1)
ModelLibrary(Path(sys.argv[1]), Path(sys.argv[2])).save(card, write)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_kill_in_the_middle_of_saving_leaves_no_model(library: ModelLibrary) -> None:
    command = [sys.executable, "-c", KILLED, str(library.folder), str(library.shipped)]
    killed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [entry.slug for entry in library.entries()] == ["digitpad"]
    assert library.save(CARD, write_files).slug == "mine"


# --- damage


def remove(path: Path) -> None:
    path.unlink()


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def swap(path: Path) -> None:
    other = path.with_name(MODEL_FILES[1 - MODEL_FILES.index(path.name)])
    path.write_bytes(other.read_bytes())


@pytest.mark.parametrize("name", MODEL_FILES)
@pytest.mark.parametrize(("damage", "word"), [(remove, "incomplete"), (truncate, "damaged"), (swap, "damaged")])
def test_a_missing_truncated_or_swapped_file(
    library: ModelLibrary, name: str, damage: Callable[[Path], None], word: str
) -> None:
    bundle = library.save(CARD, write_files)
    damage(bundle.folder / name)
    with pytest.raises(ModelError, match=rf"“Mine” is {word}.*{name}"):
        read_bundle(bundle.folder)
    [_, entry] = library.entries()
    assert isinstance(entry, DamagedBundle)
    assert name in entry.problem


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"name": "x"}',
        b"[" * 100_000,
        json.dumps({"name": 1}).encode(),
        b" " * 4_000_001,
    ],
    ids=["empty", "cut", "list", "null", "binary", "few", "deep", "type", "large"],
)
def test_a_card_that_is_none(library: ModelLibrary, content: bytes) -> None:
    bundle = library.save(CARD, write_files)
    (bundle.folder / CARD_FILE).write_bytes(content)
    with pytest.raises(ModelError, match="damaged"):
        read_bundle(bundle.folder)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a file without an end")
def test_a_card_without_an_end_is_not_read_to_it(library: ModelLibrary) -> None:
    bundle = library.save(CARD, write_files)
    (bundle.folder / CARD_FILE).unlink()
    (bundle.folder / CARD_FILE).symlink_to("/dev/zero")
    with pytest.raises(ModelError, match="too large"):
        read_bundle(bundle.folder)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("temperature", 0),
        ("temperature", "warm"),
        ("temperature", None),
        ("thresholds", {"ink_range": [1]}),
        ("thresholds", []),
        ("thresholds", {"ink_range": [1, 2], "no_digit_above": 1.5}),
        ("thresholds", {"ink_range": [1, 2], "doubt_above": "much"}),
        ("test", {"data": "x"}),
        ("test", 5),
        ("sha256", []),
        ("name", None),
        ("name", " \n"),
        ("name", "x" * 61),
        ("name", "\ud800"),
        ("created", 5),
        ("preset", None),
        ("parameters", "many"),
        ("parameters", True),
        ("data", []),
        ("seed", -1),
        ("epochs", 1.5),
        ("history", [1]),
        ("settings", None),
        ("libraries", {"keras": 3}),
        ("temperature", "2"),
        ("temperature", 10**400),
        ("temperature", 1e-300),
        ("temperature", float("nan")),
        ("thresholds", {"unsure_below": 2}),
        ("thresholds", {"ink_range": [float("nan"), 3]}),
        ("test", SCORE | {"accuracy": "high"}),
        ("test", SCORE | {"mistakes": 5}),
        ("test", SCORE | {"images": 0, "mistakes": 0}),
        ("test", SCORE | {"confusion": [[0] * 10] * 9}),
        ("test", SCORE | {"confusion": [["0"] * 10] * 10}),
    ],
)
def test_a_card_with_a_wrong_value(library: ModelLibrary, key: str, value: object) -> None:
    bundle = library.save(CARD, write_files)
    path = bundle.folder / CARD_FILE
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {key: value}), encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        read_bundle(bundle.folder)
    whole = library.save(replace(CARD, name="Whole"), write_files)
    assert [entry.slug for entry in library.entries()] == ["digitpad", whole.slug, "mine"]


def test_the_data_may_have_a_path_that_is_not_utf_8(library: ModelLibrary) -> None:
    card = replace(CARD, name="Große", data={"source": "/home/gr\udcfc\udcdfe"})
    again = read_bundle(library.save(card, write_files).folder).card
    assert (again.name, again.data) == (card.name, card.data)


def test_a_name_from_elsewhere_is_made_one_line(library: ModelLibrary) -> None:
    bundle = library.save(CARD, write_files)
    path = bundle.folder / CARD_FILE
    path.write_text(json.dumps(json.loads(path.read_text()) | {"name": "two\nlines\x1b[31m"}), encoding="utf-8")
    assert read_bundle(bundle.folder).card.name == "two lines [31m"


def test_what_a_newer_card_says_besides_is_no_damage(library: ModelLibrary) -> None:
    bundle = library.save(CARD, write_files)
    path = bundle.folder / CARD_FILE
    card = json.loads(path.read_text(encoding="utf-8"))
    thresholds, test = card["thresholds"] | {"calm": 0.5}, card["test"] | {"doubted": 3}
    newer = card | {"mood": "good", "thresholds": thresholds, "test": test}
    path.write_text(json.dumps(newer), encoding="utf-8")
    assert read_bundle(bundle.folder).card == bundle.card


def test_a_card_from_before_the_class_no_digit_has_its_thresholds(library: ModelLibrary) -> None:
    bundle = library.save(CARD, write_files)
    path = bundle.folder / CARD_FILE
    card = json.loads(path.read_text(encoding="utf-8"))
    for name in ("no_digit_above", "doubt_above"):
        del card["thresholds"][name]
    path.write_text(json.dumps(card), encoding="utf-8")
    assert read_bundle(bundle.folder).card.thresholds == Thresholds(0.7, 0.3, (5.0, 99.0))


def test_a_card_of_a_later_format_is_told_from_a_damaged_one(library: ModelLibrary) -> None:
    bundle = library.save(replace(CARD, format=CARD_FORMAT + 1), write_files)
    with pytest.raises(ModelError, match="was made by a newer DigitPad"):
        read_bundle(bundle.folder)


def test_another_version_of_the_recipe_is_refused(library: ModelLibrary) -> None:
    bundle = library.save(replace(CARD, recipe_version=99), write_files)
    with pytest.raises(ModelError, match="version 99 of the digit normalisation"):
        read_bundle(bundle.folder)


# --- the list


def test_the_list_shows_shipped_then_newest_then_damaged(library: ModelLibrary) -> None:
    for number, created in enumerate(["2024-01-01", "2026-01-01", "2025-01-01"]):
        library.save(replace(CARD, name=f"m{number}", created=created), write_files)
    (library.folder / "broken").mkdir()
    (library.folder / "stray.txt").write_text("no folder")
    assert [entry.slug for entry in library.entries()] == ["digitpad", "m1", "m2", "m0", "broken"]
    assert [isinstance(entry, ModelBundle) and entry.is_shipped for entry in library.entries()] == [True] + [False] * 4


def test_a_quick_list_verifies_no_file_and_a_full_one_says_what_is_damaged(library: ModelLibrary) -> None:
    bundle = library.save(CARD, write_files)
    truncate(bundle.compiled_path)
    assert [type(entry) for entry in library.entries(verify=())] == [ModelBundle, ModelBundle]
    assert [type(entry) for entry in library.entries()] == [ModelBundle, DamagedBundle]
    assert [type(entry) for entry in library.entries(verify=())] == [ModelBundle, DamagedBundle]  # it is known by now
    remove(bundle.compiled_path)
    [_, entry] = library.entries(verify=())
    assert isinstance(entry, DamagedBundle) and "incomplete" in entry.problem


def test_what_has_not_changed_is_not_read_again(library: ModelLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = library.save(CARD, write_files), library.save(CARD, write_files)
    listed = library.entries()
    read: list[str] = []

    def watch(path: Path) -> str:
        read.append(path.parent.name)
        return file_hash(path)

    monkeypatch.setattr(model_bundles, "file_hash", watch)
    assert library.entries() == library.entries(verify=()) == listed
    assert read == []
    library.rename(first, "Better")
    assert [entry.card.name for entry in library.entries() if isinstance(entry, ModelBundle)][1:] == [
        "Better",
        "Mine 2",
    ]
    assert set(read) == {first.slug}
    swap(second.keras_path)
    assert isinstance(library.entries()[-1], DamagedBundle)


def test_listing_ends_before_any_model_and_goes_on_where_it_was(library: ModelLibrary) -> None:
    for _ in range(3):
        library.save(CARD, write_files)
    left = 2

    def checkpoint() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        library.entries(checkpoint=checkpoint)
    assert len(library.entries()) == 4


def test_a_name_is_found_whatever_is_damaged_beside_it(library: ModelLibrary) -> None:
    bundle = library.save(replace(CARD, name="My own"), write_files)
    other = library.save(replace(CARD, name="My other"), write_files)
    truncate(other.keras_path)
    assert library.find("MY OWN") == bundle
    with pytest.raises(ModelError, match="“My other” is damaged"):
        library.find("MY OTHER")


def test_a_library_without_a_folder_is_empty(tmp_path: Path) -> None:
    assert ModelLibrary(tmp_path / "none", tmp_path / "none").entries() == []


def test_a_name_that_two_models_share_finds_neither(library: ModelLibrary) -> None:
    save_namesakes(library, "Monday’s", "Monday’s")
    slugs = sorted(folder.name for folder in library.folder.iterdir())
    with pytest.raises(ModelError, match="Several models are called “monday’s”: ") as caught:
        library.find("monday’s")
    assert all(slug in str(caught.value) for slug in slugs)
    assert library.find(slugs[1]).slug == slugs[1]


def test_models_are_found_by_slug_name_and_folder(library: ModelLibrary, tmp_path: Path) -> None:
    bundle = library.save(replace(CARD, name="My own"), write_files)
    assert library.find("my-own") == library.find("MY OWN") == library.find(str(bundle.folder)) == bundle
    assert library.find("digitpad").is_shipped
    assert library.shipped_bundle() == library.find("digitpad")
    with pytest.raises(ModelError, match="There is no model “absent”; there are: digitpad, my-own"):
        library.find("absent")
    with pytest.raises(ModelError, match="There is no model in"):
        library.find(str(tmp_path))


@pytest.mark.parametrize("name", ["a" * 300, "ä" * 300, "x/" * 3000, "a\0b"], ids=["slug", "name", "path", "zero"])
def test_what_can_be_no_file_is_no_model(library: ModelLibrary, name: str) -> None:
    with pytest.raises(ModelError, match="There is no model") as failed:
        library.find(name)
    assert len(str(failed.value)) < 400, "a sentence for people"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other links")
def test_models_that_cannot_be_read(library: ModelLibrary) -> None:
    """A link to itself stands for a folder that may not be entered, which would not keep root out."""
    library.folder.symlink_to(library.folder)
    for ask in (library.entries, lambda: library.find("mine")):
        with pytest.raises(ModelError, match=r"The models in .* cannot be read: too many levels of symbolic links\."):
            ask()
    assert library.find("digitpad").is_shipped


def test_a_damaged_model_is_found_and_says_why(library: ModelLibrary) -> None:
    bundle = library.save(CARD, write_files)
    (bundle.folder / KERAS_FILE).unlink()
    with pytest.raises(ModelError, match="incomplete"):
        library.find("mine")


# --- changing


def test_renaming_keeps_the_folder(library: ModelLibrary) -> None:
    bundle = library.save(CARD, write_files)
    renamed = library.rename(bundle, "  Better\tname ")
    assert renamed.card.name == "Better name"
    assert renamed.folder == bundle.folder
    assert read_bundle(bundle.folder) == renamed
    with pytest.raises(ModelError, match="needs a name"):
        library.rename(bundle, " \n ")


ALIKE = ["Mine", "mine", " M i n e", "Mi\u00a0ne", "M\u2003ine", "Mi\u200bne", "Mi\u3164ne", "\uff2dine", "Mi\u2800ne"]


@pytest.mark.parametrize("name", ALIKE)
def test_a_name_that_looks_like_anothers_is_refused(library: ModelLibrary, name: str) -> None:
    library.save(CARD, write_files)
    other = library.save(replace(CARD, name="Other"), write_files)
    with pytest.raises(ModelError, match="called “Mine” already: choose another name, or rename that one first"):
        library.rename(other, name)
    with pytest.raises(ModelError, match="“Mine” already"):
        library.require_free_name(name)
    assert read_bundle(other.folder).card.name == "Other"


@pytest.mark.parametrize("name", ["digitpad", "DigitPad", "Digit Pad", "DIGIT\u202fPAD"])
def test_the_shipped_models_name_is_refused(library: ModelLibrary, name: str) -> None:
    bundle = library.save(CARD, write_files)
    with pytest.raises(ModelError, match="“digitpad” is the model that comes with DigitPad: choose another name"):
        library.rename(bundle, name)


def test_a_model_may_have_its_own_name_in_other_letters(library: ModelLibrary) -> None:
    bundle = library.save(CARD, write_files)
    assert library.rename(bundle, "MINE").card.name == "MINE"
    assert library.is_free_name("Mine 2") and library.is_free_name("Mein")


@pytest.mark.parametrize("name", ["\u3164", "\u2800\u2800", "\ufe0f"])
def test_a_name_that_nobody_sees_is_none(library: ModelLibrary, name: str) -> None:
    with pytest.raises(ModelError, match="needs a name"):
        library.rename(library.save(CARD, write_files), name)


def test_a_name_that_is_taken_meanwhile_gets_a_number(library: ModelLibrary) -> None:
    assert [library.save(replace(CARD, name=name), write_files).card.name for name in ("A b", "ab", "a B")] == [
        "A b",
        "ab 2",
        "a B 3",
    ]
    longest = "x" * 60
    assert [library.save(replace(CARD, name=longest), write_files).card.name for _ in range(2)] == [
        longest,
        "x" * 58 + " 2",
    ]


def test_models_of_one_name_from_before_stay_listed_and_usable(library: ModelLibrary) -> None:
    bundles = save_namesakes(library, "Twin", "Twin", "DigitPad")
    assert [entry.title for entry in library.entries()] == ["digitpad", "Twin", "Twin", "DigitPad"]
    for bundle in bundles:
        assert library.find(bundle.slug) == library.bundle(bundle.slug) == library.find(str(bundle.folder)) == bundle
        library.rename(bundle, f"Now {bundle.slug}")
    assert [entry.title for entry in library.entries()[1:]] == ["Now m0", "Now m1", "Now m2"]


def test_what_is_called_so_now_is_found_before_what_once_was(library: ModelLibrary) -> None:
    first = library.rename(library.save(CARD, write_files), "Old hand")
    second = library.save(CARD, write_files)
    assert (first.slug, second.slug, second.card.name) == ("mine", "mine-2", "Mine")
    assert library.find("Mine") == library.find("mine") == second
    assert library.bundle("mine") == library.find("old hand") == first


def test_deleting_removes_whole_and_damaged_models(library: ModelLibrary) -> None:
    library.delete(library.save(CARD, write_files))
    (library.folder / "broken").mkdir()
    [_, broken] = library.entries()
    library.delete(broken)
    assert own_folders(library) == []


@pytest.mark.parametrize("replaced", [False, True], ids=["gone", "another in its place"])
def test_what_another_window_deleted_is_not_brought_back(library: ModelLibrary, replaced: bool) -> None:
    def write_others(folder: Path) -> None:
        (folder / KERAS_FILE).write_bytes(b"another network")
        (folder / COMPILED_FILE).write_bytes(b"another compiled network")

    bundle = library.save(CARD, write_files)
    library.delete(bundle)
    others = [library.save(CARD, write_others)] if replaced else []
    assert all(other.folder == bundle.folder for other in others)
    with pytest.raises(ModelError, match="The model “Mine” was deleted meanwhile"):
        library.rename(bundle, "Better")
    library.delete(bundle)
    assert library.entries()[1:] == others
    assert own_folders(library) == [other.slug for other in others]


def test_a_damaged_folder_that_another_window_deleted(library: ModelLibrary) -> None:
    (library.folder / "broken").mkdir(parents=True)
    [_, broken] = library.entries()
    library.delete(broken)
    library.delete(broken)
    assert own_folders(library) == []


def test_the_shipped_model_cannot_be_changed(library: ModelLibrary) -> None:
    shipped = library.shipped_bundle()
    with pytest.raises(ModelError, match="comes with DigitPad and cannot be deleted"):
        library.delete(shipped)
    with pytest.raises(ModelError, match="comes with DigitPad and cannot be renamed"):
        library.rename(shipped, "Mine")
    assert library.shipped_bundle() == shipped


def test_names_are_one_line_of_bounded_length() -> None:
    assert clean_name(" a \x00\n b ") == "a b"
    assert clean_name("x" * 60) == "x" * 60
    with pytest.raises(ModelError, match="at most 60"):
        clean_name("x" * 61)
