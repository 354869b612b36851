"""`evaluate` beside another model, with a report and a table."""

import csv
import json
import os
from pathlib import Path

import pytest

import main
from core.datasets.mnist import load_mnist_test
from core.judging.disputed import DisputedLabels
from core.judging.fingerprints import digits_fingerprint
from core.models.library import ModelLibrary
from core.models.thresholds import save_threshold
from core.system.paths import app_paths, assets_folder

EVALUATE = ["evaluate", "--data", "mnist:400"]


@pytest.fixture
def copied() -> str:
    """The name of a model that answers as the shipped one does."""
    library = ModelLibrary(app_paths().models, assets_folder() / "models")
    return save_threshold(library, library.shipped_bundle(), 0.5).card.name


def test_a_comparison_is_printed(copied: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([*EVALUATE, "--compare", copied]) == 0
    *_, last = capsys.readouterr().out.splitlines()
    assert last == f"DigitPad beside {copied}: both read the same digits right (p = 1)"


def test_a_comparison_is_in_the_object(copied: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([*EVALUATE, "--compare", copied, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["comparison"] == {
        "model": copied,
        "mistakes": found["mistakes"],
        "better": 0,
        "worse": 0,
        "p": 1.0,
        "words": "both read the same digits right",
    }
    assert main.main([*EVALUATE, "--json"]) == 0
    assert "comparison" not in json.loads(capsys.readouterr().out)


def test_report_and_table_are_saved(copied: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, table = tmp_path / "new" / "report.html", tmp_path / "answers"
    assert main.main([*EVALUATE, "--compare", copied, "--report", str(report), "--csv", str(table)]) == 0
    assert f"Beside {copied}" in report.read_text("utf-8")
    with (tmp_path / "answers.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == 400
    assert capsys.readouterr().err == ""


def test_a_report_that_cannot_be_saved_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("no folder")
    assert main.main([*EVALUATE, "--report", str(tmp_path / "file" / "report.html")]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("DigitPad on the first 400 digits")
    assert printed.err.startswith("Cannot save ") and printed.err.count("\n") == 1


def test_a_full_disk_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    assert main.main([*EVALUATE, "--report", str(tmp_path / "report.html")]) == 1
    error = capsys.readouterr().err
    assert error.startswith("Cannot save ") and error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["--compare", ""], ["--report", " "], ["--csv", ""]])
def test_an_empty_name_is_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["evaluate", *arguments]) == 2
    assert "must not be empty" in capsys.readouterr().err


def test_an_unknown_model_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([*EVALUATE, "--compare", "nobody"]) == 1
    assert capsys.readouterr().err.startswith("There is no model “nobody”")


def test_disputed_labels_are_in_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    digits = load_mnist_test(400).digits
    DisputedLabels(app_paths().tests, digits_fingerprint(digits), 400).mark([3], is_disputed=True)
    report, table = tmp_path / "report.html", tmp_path / "table.csv"
    assert main.main([*EVALUATE, "--report", str(report), "--csv", str(table)]) == 0
    assert "Without 1 label that somebody disputes: " in report.read_text("utf-8")
    with table.open(newline="") as file:
        assert [row["number"] for row in csv.DictReader(file) if row["disputed"] == "1"] == ["4"]
