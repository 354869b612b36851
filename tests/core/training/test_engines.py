"""What was measured is remembered; a damaged memory is measured again, never a reason to fail."""

import json
from pathlib import Path

import pytest

from core.training.engines import EngineChoice, KnownEngines

FAST = EngineChoice("bfloat16", {"float32": 1540.0, "bfloat16": 3100.0})


def test_a_choice_is_found_again_in_the_same_situation_only(tmp_path: Path) -> None:
    KnownEngines(tmp_path / "engines.json").remember("this machine", FAST)
    known = KnownEngines(tmp_path / "engines.json")
    assert known.find("this machine") == FAST
    assert known.find("another machine") is None


def test_choices_for_several_situations_live_side_by_side(tmp_path: Path) -> None:
    known = KnownEngines(tmp_path / "engines.json")
    slow = EngineChoice("float32", {"float32": 10.0})
    known.remember("a", FAST)
    known.remember("b", slow)
    assert (known.find("a"), known.find("b")) == (FAST, slow)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[1]",
        "{",
        json.dumps({"a": {"engine": "steam", "speeds": {"steam": 1.0}}}),
        json.dumps({"a": {"engine": "float32", "speeds": {}}}),
        json.dumps({"a": {"engine": "float32", "speeds": {"float32": "fast"}}}),
        json.dumps({"a": {"engine": [], "speeds": {"float32": 1.0}}}),
        json.dumps({"a": {"engine": "float32", "speeds": {"float32": 10**400}}}),
        json.dumps({"a": 3}),
        " " * 1_000_001,
    ],
)
def test_a_damaged_memory_knows_nothing_and_is_written_anew(tmp_path: Path, content: str) -> None:
    path = tmp_path / "engines.json"
    path.write_text(content, encoding="utf-8")
    known = KnownEngines(path)
    assert known.find("a") is None
    known.remember("a", FAST)
    assert known.find("a") == FAST


def test_one_damaged_record_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    path = tmp_path / "engines.json"
    KnownEngines(path).remember("good", FAST)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["bad"] = {"engine": "bfloat16", "speeds": {"bfloat16": float("nan")}}
    path.write_text(json.dumps(content), encoding="utf-8")
    assert (KnownEngines(path).find("good"), KnownEngines(path).find("bad")) == (FAST, None)


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    known = KnownEngines(tmp_path / "file" / "engines.json")
    known.remember("a", FAST)
    assert known.find("a") is None


def test_people_read_what_was_measured_the_fastest_first() -> None:
    choice = EngineChoice("bfloat16", {"float32": 1540.0, "bfloat16": 3100.0, "bfloat16-xla": 1600.4})
    assert str(choice.note()) == (
        "Computed in bfloat16, the fastest way on this machine: 3,100 images/s; bfloat16 with XLA 1,600, float32 1,540."
    )
    assert str(EngineChoice("float32", {}).note()) == "Computed in float32."
    assert str(EngineChoice("float32", {"float32": 20.0}).note()) == "Computed in float32."
