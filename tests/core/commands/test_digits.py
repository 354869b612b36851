"""`digits`: keep digits from files, list them, remove them."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main
from core.ink.drawing import Drawing
from core.ink.inkml import write_inkml
from core.pad.content import PictureInk
from core.samples.sample import NO_DIGIT
from core.samples.store import SampleStore
from core.system.paths import app_paths, assets_folder
from tests.core.recognition.written_numbers import encoded, ink_of, on_pad, write_digit
from tests.core.samples.kept_digits import drawn

SEVEN = assets_folder() / "samples" / "7.inkml"


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main.main(["digits", "list", "--json", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def kept() -> SampleStore:
    return SampleStore(app_paths().digits)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Subfolders 3, 4 and none with a file each, and one that cannot be read."""
    for name, digit in {"3": 3, "4": 4, "none": 8}.items():
        (tmp_path / "all" / name).mkdir(parents=True)
        (tmp_path / "all" / name / "one.inkml").write_bytes(write_inkml(on_pad(write_digit(digit, 300, 300))))
    (tmp_path / "all" / "3" / "wrong.png").write_bytes(b"no picture")
    return tmp_path / "all"


def test_a_drawing_is_kept_with_what_was_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["digits", "add", str(SEVEN), "--label", "7", "--writer", "Ada"]) == 0
    assert capsys.readouterr().out == "Kept 1 digit.\n"
    [record] = listed(capsys)
    assert list(record) == ["id", "label", "writer", "kept_at", "source", "answered", "model"]
    assert (record["label"], record["writer"], record["source"]) == (7, "Ada", "7.inkml")
    assert (record["answered"], record["model"]) == (7, "digitpad")
    kept_at = datetime.fromisoformat(record["kept_at"])
    assert kept_at.utcoffset() == timedelta(0) and abs(datetime.now(UTC) - kept_at) < timedelta(minutes=5)


def test_strokes_are_kept_with_times_and_pressures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "drawn.inkml").write_bytes(write_inkml(drawn(1)))
    assert main.main(["digits", "add", str(tmp_path / "drawn.inkml"), "--label", "1"]) == 0
    [record] = listed(capsys)
    with kept() as store:
        content = store.content(record["id"])
    assert isinstance(content, Drawing)
    for name in ("points", "times", "pressures"):
        np.testing.assert_array_equal(getattr(content.strokes[0], name), getattr(drawn(1).strokes[0], name))


def test_the_ink_of_a_picture_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "four.png"
    picture.write_bytes(encoded(255 - ink_of(write_digit(4, 60, 50), 300, 300)))
    assert main.main(["digits", "add", str(picture), "--label", "9"]) == 0
    [record] = listed(capsys)
    assert (record["label"], record["answered"], record["source"]) == (9, 4, "four.png")
    with kept() as store:
        content, [sample] = store.content(record["id"]), store.samples()
    assert isinstance(content, PictureInk) and content.ink.any()
    assert sample.image.any()


def test_folders_say_what_their_files_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["digits", "add", str(folder)]) == 1
    said = capsys.readouterr()
    assert said.out == "Kept 3 digits.\n"
    [line] = said.err.splitlines()
    assert line.startswith(f"{folder / '3' / 'wrong.png'}: The file is not a picture")
    assert [record["label"] for record in listed(capsys)] == [3, 4, "none"]
    assert main.main(["digits", "add", str(folder / "4"), str(folder / "none")]) == 0
    assert capsys.readouterr().out == "Kept 0 digits; 2 were there already.\n"


def test_the_same_ink_of_somebody_else_is_another(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add = ["digits", "add", str(folder / "3" / "one.inkml"), "--label", "3", "--writer"]
    for name in ("Ada", "Bob", "Ada"):
        assert main.main([*add, name]) == 0
    assert [record["writer"] for record in listed(capsys)] == ["Ada", "Bob"]
    assert [record["writer"] for record in listed(capsys, "--writer", "Bob")] == ["Bob"]


def test_a_file_without_a_label_is_wrong_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["digits", "add", str(SEVEN), str(folder)]) == 2
    assert capsys.readouterr().err == f"{SEVEN}: say which digit it is with --label.\n"
    assert listed(capsys) == []


def test_what_cannot_be_added_is_one_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "blank.inkml").write_bytes(write_inkml(Drawing(pad_side=1000.0)))
    (tmp_path / "blank.png").write_bytes(encoded(np.full((60, 60), 255, np.uint8)))
    (tmp_path / "empty").mkdir()
    paths = [str(tmp_path / name) for name in ("blank.inkml", "blank.png", "missing.png", "empty")]
    assert main.main(["digits", "add", *paths, str(SEVEN), "--label", "7"]) == 1
    said = capsys.readouterr()
    assert said.out == "Kept 1 digit.\n"
    assert said.err.splitlines() == [
        f"{paths[0]}: There is no ink in it.",
        f"{paths[1]}: There is no ink in it.",
        f"{paths[2]}: There is no such file.",
        f"There are no drawings or pictures in {paths[3]}.",
    ]


def test_a_folder_without_digits_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(SEVEN, tmp_path)
    assert main.main(["digits", "add", str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f"{tmp_path}: there are no subfolders 0 to 9 in it; --label says what its files are.\n"
    )


def test_digits_are_listed_and_removed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["digits", "list"]) == 0
    assert capsys.readouterr().out == "There are no digits of yours yet.\n"
    main.main(["digits", "add", str(folder / "3" / "one.inkml"), "--label", "none", "--writer", "Ada"])
    capsys.readouterr()
    assert main.main(["digits", "list"]) == 0
    heading, line = capsys.readouterr().out.splitlines()
    assert heading.split()[:3] == ["ID", "Is", "Read"]
    id_, label, answered, *_, writer, source = line.split()
    assert (label, answered, writer, source) == ("none", "3", "Ada", "one.inkml")
    with kept() as store:
        assert store.samples()[0].label == NO_DIGIT
    assert main.main(["digits", "remove", id_, "99", str(2**70)]) == 1
    said = capsys.readouterr()
    assert said.out == "Removed 1 digit.\n"
    assert said.err == f"There is no digit 99.\nThere is no digit {2**70}.\n"
    assert listed(capsys) == []


def test_where_nothing_was_done_only_the_reason_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["digits", "remove", "999999"]) == 1
    assert capsys.readouterr() == ("", "There is no digit 999999.\n")
    missing = str(tmp_path / "missing.png")
    assert main.main(["digits", "add", missing, "--label", "7"]) == 1
    assert capsys.readouterr() == ("", f"{missing}: There is no such file.\n")


def test_a_damaged_digit_is_not_exported(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main.main(["digits", "add", str(folder), "--writer", "Ada"])
    with closing(sqlite3.connect(app_paths().digits)) as database, database:
        database.execute("UPDATE samples SET ink = x'00' WHERE id = 1")
    capsys.readouterr()
    assert main.main(["digits", "export", str(tmp_path / "out.zip")]) == 1
    assert capsys.readouterr().out == f"Saved 2 digits in {tmp_path / 'out.zip'}; 1 could not be read: damaged.\n"


@pytest.mark.parametrize(
    "wrong",
    [
        *(["digits"], ["digits", "paint"], ["digits", "add"], ["digits", "add", "x.png", "--label", "10"]),
        *(
            ["digits", "remove", "one"],
            ["digits", "list", "--writer", "x" * 65],
            ["digits", "add", "x", "--writer", ""],
        ),
    ],
)
def test_wrong_usage_is_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(wrong) == 2
    assert "usage:" in capsys.readouterr().err


def test_a_data_folder_can_be_named_after_the_action(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = str(tmp_path / "there")
    assert main.main(["digits", "add", str(SEVEN), "--label", "7", "--data-dir", there]) == 0
    assert (tmp_path / "there" / "digits.sqlite").is_file()


def test_a_recovery_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    path = app_paths().digits
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"no database" * 1_000)
    assert main.main(["digits", "list"]) == 0
    assert capsys.readouterr().err.startswith("The file of your digits was damaged. 0 could be saved;")
    assert main.main(["digits", "list"]) == 0
    assert not capsys.readouterr().err


def test_digits_go_to_another_digitpad(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main.main(["digits", "add", str(folder), "--writer", "Ada"])
    package, there = str(tmp_path / "mine.zip"), ["--data-dir", str(tmp_path / "there")]
    assert main.main(["digits", "export", package]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"Saved 3 digits in {package}."
    here = [{**record, "id": 0} for record in listed(capsys)]
    for said in ("3 added.", "0 added, 3 were there already."):
        assert main.main(["digits", "import", package, *there]) == 0
        assert capsys.readouterr().out == f"{said}\n"
    assert [{**record, "id": 0} for record in listed(capsys, *there)] == here


def test_an_import_of_nothing_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["digits", "import", str(tmp_path / "nothing.zip")]) == 1
    assert capsys.readouterr().err == "nothing.zip cannot be read: no such file or folder.\n"
    assert main.main(["digits", "export", str(tmp_path / "out.csv")]) == 1
    assert capsys.readouterr().err == "There are no digits to export.\n"
