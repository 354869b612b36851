"""`predict` answers as the window does: corrected by the user's own digits, where there are any."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main
from core.digits.normalize import normalize_drawing
from core.ink.drawing import Drawing
from core.ink.inkml import write_inkml
from core.samples.sample import NO_DIGIT, NewSample
from core.samples.store import SampleStore
from core.system.paths import app_paths, assets_folder
from tests.core.recognition.written_numbers import on_pad, write_digit, write_row


def three() -> Drawing:
    return on_pad(write_digit(3, 400, 300))


@pytest.fixture
def three_file(tmp_path: Path) -> str:
    path = tmp_path / "3.inkml"
    path.write_bytes(write_inkml(three()))
    return str(path)


@pytest.fixture
def store() -> Iterator[SampleStore]:
    with SampleStore(app_paths().digits) as opened:
        yield opened


def keep(store: SampleStore, label: int) -> int:
    seen = normalize_drawing(three())
    assert seen is not None
    return store.keep(NewSample(label, three(), seen.image))[0].id


def predict(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[list[dict[str, Any]], str]:
    """What is printed as JSON, and what is complained about."""
    assert main.main(["predict", "--json", *arguments]) == 0
    out, err = capsys.readouterr()
    return [json.loads(line) for line in out.splitlines()], err


def test_a_correction_counts_and_is_named(
    three_file: str, store: SampleStore, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = keep(store, 5)
    [record], complaints = predict(capsys, three_file)
    assert (record["digit"], record["text"], record["sample"]) == (5, "5", kept)
    assert record["digits"][0]["sample"] == kept
    assert complaints == ""


def test_the_model_can_be_asked_alone(three_file: str, store: SampleStore, capsys: pytest.CaptureFixture[str]) -> None:
    keep(store, 5)
    [record], _ = predict(capsys, "--without-mine", three_file)
    assert record["digit"] == 3
    assert "sample" not in record
    assert "sample" not in record["digits"][0]


def test_a_right_one_is_named_by_nobody(
    three_file: str, store: SampleStore, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(store, 3)
    [record], _ = predict(capsys, three_file)
    assert record["digit"] == 3
    assert "sample" not in record


def test_of_a_number_each_digit_names_its_own(
    tmp_path: Path, store: SampleStore, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = keep(store, 5)
    (tmp_path / "837.inkml").write_bytes(write_inkml(on_pad(write_row("837"))))
    [record], _ = predict(capsys, str(tmp_path / "837.inkml"))
    assert record["text"] == "857"
    assert [digit.get("sample") for digit in record["digits"]] == [None, kept, None]
    assert "sample" not in record


def test_no_digit_is_refused(three_file: str, store: SampleStore, capsys: pytest.CaptureFixture[str]) -> None:
    kept = keep(store, NO_DIGIT)
    [record], _ = predict(capsys, three_file)
    assert (record["verdict"], record["text"], record["sample"]) == ("not_a_digit", "", kept)


def test_the_table_says_it_too(three_file: str, store: SampleStore, capsys: pytest.CaptureFixture[str]) -> None:
    keep(store, 5)
    assert main.main(["predict", three_file]) == 0
    assert capsys.readouterr().out.rstrip().endswith("3.inkml  (like one of yours)")


def test_nothing_is_made_where_there_is_nothing(three_file: str, capsys: pytest.CaptureFixture[str]) -> None:
    [record], complaints = predict(capsys, three_file)
    assert (record["digit"], complaints) == (3, "")
    assert not app_paths().digits.exists()


def test_a_damaged_store_is_one_line(three_file: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = app_paths().digits
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"no database " * 500)
    [record], complaints = predict(capsys, three_file)
    assert record["digit"] == 3
    assert complaints.count("\n") == 1
    assert complaints.startswith("The file of your digits was damaged.")


def test_a_locked_store_is_one_line(
    three_file: str, store: SampleStore, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.samples.database.WAIT_SECONDS", 0.2)
    keep(store, 5)
    other = sqlite3.connect(app_paths().digits, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    [record], complaints = predict(capsys, three_file)
    other.close()
    assert record["digit"] == 3
    assert complaints == "Another program has been using your digits for more than 0.2 seconds; try again.\n"


def test_evaluate_measures_the_model_alone(store: SampleStore, capsys: pytest.CaptureFixture[str]) -> None:
    def evaluated() -> str:
        assert main.main(["evaluate", "--data", "mnist:200"]) == 0
        return capsys.readouterr().out

    before = evaluated()
    with np.load(assets_folder() / "mnist.npz") as mnist:
        images = mnist["x_test"][:50]
    store.keep(*(NewSample(NO_DIGIT, three(), image) for image in images))
    assert evaluated() == before
