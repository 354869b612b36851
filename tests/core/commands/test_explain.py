"""`explain`: evidence that sums to the logit, neighbours, a picture; one clear line for what cannot be explained."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from core.system.paths import assets_folder
from main import main

SEVEN = assets_folder() / "samples" / "7.inkml"


@pytest.fixture(autouse=True)
def folders(isolated_folders: Path) -> Path:
    return isolated_folders


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["explain", *arguments, "--json"]) == 0
    record: dict[str, Any] = json.loads(capsys.readouterr().out)
    return record


def test_a_seven_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    record = explained(capsys, str(SEVEN))
    assert (record["digit"], record["against"], record["verdict"]) == (7, None, "digit")
    assert (record["method"], record["exact"]) == ("integrated_gradients", True)
    evidence = np.array(record["evidence"])
    assert evidence.shape == (28, 28)
    assert evidence.sum() == pytest.approx(record["total"], abs=1e-3)
    assert np.array(record["image"]).shape == (28, 28)
    assert [neighbour["label"] for neighbour in record["neighbours"]].count(7) >= 6
    assert all(neighbour["source"] == "MNIST" for neighbour in record["neighbours"])
    assert 1 in [change["digit"] for change in record["changes"]]


def test_it_is_compared_with_another_digit(capsys: pytest.CaptureFixture[str]) -> None:
    alone, other = explained(capsys, str(SEVEN)), explained(capsys, str(SEVEN), "--against", "1")
    assert other["against"] == 1 and other["total"] != alone["total"]
    assert np.sum(other["evidence"]) == pytest.approx(other["total"], abs=1e-3)
    assert explained(capsys, str(SEVEN), "--against", "7") == alone


def test_neighbours_are_at_their_place_in_mnist(capsys: pytest.CaptureFixture[str], mnist: dict[str, Any]) -> None:
    for neighbour in explained(capsys, str(SEVEN))["neighbours"]:
        assert mnist["y_train"][neighbour["index"]] == neighbour["label"]


def test_words_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(SEVEN), "--against", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("7 rather than 1: difference of the logits +")
    assert any("+++" in line for line in lines[2:])
    assert any(line.startswith("Without this piece it is a 1.") for line in lines)
    assert lines[-1].startswith("Most similar digits of MNIST: 7, 7")


def test_a_picture_is_saved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "why.png"
    assert main(["explain", str(SEVEN), "--picture", str(picture)]) == 0
    shown = cv2.imread(str(picture))
    assert shown is not None and shown.shape == (504, 448, 3)
    assert main(["explain", str(SEVEN), "--picture", str(tmp_path / "7" / "\0")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.fixture
def forty_two(tmp_path: Path, mnist: dict[str, Any]) -> Path:
    four, two = (mnist["x_test"][index] for index in (4, 1))
    cv2.imwrite(str(tmp_path / "42.png"), 255 - np.hstack([four, two]))
    return tmp_path / "42.png"


def test_the_digits_of_a_number_are_explained_one_by_one(forty_two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = explained(capsys, str(forty_two)), explained(capsys, str(forty_two), "--place", "2")
    assert (first["digit"], first["place"], second["digit"], second["place"]) == (4, 1, 2, 2)
    assert main(["explain", str(forty_two), "--place", "3"]) == 1
    assert "no digit at place 3 in 42.png" in capsys.readouterr().err


def test_what_has_no_digit_cannot_be_read_or_is_not_there_gets_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.inkml").write_text("<ink xmlns='http://www.w3.org/2003/InkML'></ink>")
    (tmp_path / "notes.txt").write_text("seven")
    for path in (tmp_path / "empty.inkml", tmp_path / "notes.txt", tmp_path, tmp_path / "none.png"):
        assert main(["explain", str(path)]) == 1
        output = capsys.readouterr()
        assert output.out == "" and len(output.err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["--against", "10"], ["--against", "x"], ["--place", "0"], ["--model", " "]])
def test_wrong_options_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(SEVEN), *arguments]) == 2
    assert "explain" in capsys.readouterr().err
