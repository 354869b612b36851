"""`predict` and numbers: JSON, CSV and the table, each digit with its box, and one digit where that is asked for."""

import csv
import io
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main
from core.commands.answer_forms import CSV_COLUMNS, Answer, make_printer
from core.commands.found_files import FoundFiles
from core.commands.predict import Form, classify, make_reader, run
from core.digits.normalize import NormalizedDigit
from core.ink.drawing import Drawing, Stroke
from core.ink.inkml import write_inkml
from core.models.library import ModelLibrary
from core.recognition.numbers import NumberReading, ReadDigit
from core.recognition.recognizer import Recognition, Verdict
from core.system.paths import assets_folder
from tests.core.recognition.written_numbers import encoded, ink_of, on_pad, write_digit, write_row

FIELDS = ["file", "digit", "confidence", "probabilities", "verdict", "text", "digits", "unread"]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Paths by name: a digit, a number, two rows, a picture of a number, nothing, and what is no file of ink."""
    contents = {
        "3.inkml": write_inkml(on_pad(write_digit(3, 400, 300))),
        "27.inkml": write_inkml(on_pad(write_row("27"))),
        "rows.inkml": write_inkml(on_pad(write_row("27", top=100) + write_row("380", top=500))),
        "45.png": encoded(255 - ink_of(write_row("45", left=60, top=50), 300, 500)),
        "blank.inkml": write_inkml(Drawing(pad_side=1000.0)),
        "wrong.png": b"no picture",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: str(tmp_path / name) for name in contents}


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    return ModelLibrary(tmp_path / "models", assets_folder() / "models")


def records(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    main.main(["predict", "--json", *arguments])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    main.main(["predict", "--csv", *arguments])
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def reading_of(text: str) -> NumberReading:
    """A reading of digits that are all probable to 99.9 %."""
    image = np.zeros((28, 28), np.uint8)
    normalized = NormalizedDigit(image, image[4:24, 4:24], image, (0.0, 0.0, 28.0), (0, 0), 2.7)
    digits = []
    for row, line in enumerate(text.split("\n")):
        for character in line:
            probabilities = tuple(0.999 if digit == int(character) else 0.0 for digit in range(10))
            answer = Recognition(int(character), probabilities, Verdict.DIGIT)
            digits.append(ReadDigit(answer, normalized, (0.0, 0.0, 1.0, 1.0), row))
    return NumberReading(tuple(digits))


def test_json_of_one_digit(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    [record] = records(capsys, files["3.inkml"])
    assert list(record) == FIELDS
    assert (record["digit"], record["text"], record["verdict"]) == (3, "3", "digit")
    assert record["confidence"] == max(record["probabilities"]) and sum(record["probabilities"]) == pytest.approx(
        1, abs=1e-4
    )
    [digit] = record["digits"]
    assert digit.pop("box") == pytest.approx(on_pad(write_digit(3, 400, 300)).bounds(), abs=0.5)
    assert digit == {name: record[name] for name in ("digit", "confidence", "probabilities", "verdict")}


@pytest.mark.parametrize(("name", "text"), [("27.inkml", "27"), ("45.png", "45"), ("rows.inkml", "27\n380")])
def test_json_of_several_digits(
    files: dict[str, str], capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    [record] = records(capsys, files[name])
    assert list(record) == FIELDS
    assert (record["digit"], record["probabilities"], record["verdict"]) == (None, [0.0] * 10, "digit")
    assert (record["text"], [digit["digit"] for digit in record["digits"]]) == (
        text,
        [int(c) for c in text if c != "\n"],
    )
    product = math.prod(digit["confidence"] for digit in record["digits"])
    assert record["confidence"] == pytest.approx(product, abs=1e-5)
    assert all(len(digit["box"]) == 4 and len(digit["probabilities"]) == 10 for digit in record["digits"])


def test_json_of_nothing_and_of_what_cannot_be_read(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    blank, wrong = records(capsys, files["blank.inkml"], files["wrong.png"])
    assert (blank["digit"], blank["confidence"], blank["verdict"]) == (None, 0.0, "blank")
    assert (blank["text"], blank["digits"], blank["probabilities"]) == ("", [], [0.0] * 10)
    assert set(wrong) == {"file", "error"}


@pytest.mark.parametrize("name", ["27.inkml", "45.png"])
def test_single_reads_one_digit(files: dict[str, str], capsys: pytest.CaptureFixture[str], name: str) -> None:
    [record] = records(capsys, "--single", files[name])
    [digit] = record["digits"]
    assert record["digit"] == digit["digit"] is not None
    assert record["probabilities"] == digit["probabilities"]
    assert len(record["text"]) <= 1


def test_csv_has_a_row_for_each_digit(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, files["rows.inkml"], files["3.inkml"])
    assert [(row["row"], row["place"], row["digit"]) for row in found] == [
        *(("1", "1", "2"), ("1", "2", "7"), ("2", "1", "3"), ("2", "2", "8"), ("2", "3", "0")),
        ("1", "1", "3"),
    ]
    assert [row["file"] for row in found] == [files["rows.inkml"]] * 5 + [files["3.inkml"]]
    assert {row["verdict"] for row in found} == {"digit"}
    assert all(0.9 < float(row["confidence"]) <= 1 for row in found)
    box = [float(found[-1][edge]) for edge in ("left", "top", "right", "bottom")]
    assert box == pytest.approx(on_pad(write_digit(3, 400, 300)).bounds(), abs=0.5)


def test_csv_begins_with_its_columns(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["predict", "--csv", files["blank.inkml"], files["wrong.png"]]) == 1
    printed = capsys.readouterr()
    head, blank, wrong = printed.out.splitlines()
    assert head == "file,row,place,digit,confidence,verdict,left,top,right,bottom,error" == ",".join(CSV_COLUMNS)
    assert blank == f"{files['blank.inkml']},,,,,blank,,,,,"
    assert wrong.startswith(f'{files["wrong.png"]},,,,,,,,,,"wrong.png: ')
    assert printed.err.startswith(f"{files['wrong.png']}: ") and printed.err.count("\n") == 1


def test_csv_quotes_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = tmp_path / 'a, "b".inkml'
    odd.write_bytes(write_inkml(on_pad(write_digit(3, 400, 300))))
    [row] = rows(capsys, str(odd))
    assert (row["file"], row["digit"]) == (str(odd), "3")


def test_the_table_has_a_line_for_each_file(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["predict", files["rows.inkml"], files["27.inkml"], files["blank.inkml"]]) == 0
    head, first, second, third = capsys.readouterr().out.splitlines()
    assert head.split() == ["Number", "Confidence", "Verdict", "File"]
    assert first.startswith("27 / 380 ") and first.endswith(files["rows.inkml"])
    assert second.split()[0] == "27" and "%" in second
    assert third.split() == ["–", "blank", files["blank.inkml"]]


def test_one_file_needs_no_headings(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["predict", files["wrong.png"], files["27.inkml"]]) == 1
    [line] = capsys.readouterr().out.splitlines()
    assert line.split()[0] == "27"


def test_the_columns_of_the_table_are_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    files = {"27": "a", "27\n380": "b" * 200, "": "c", "7" * 40: "d", "6" * 24: "e"}
    printer = make_printer(Form.TABLE)
    for text, file in files.items():
        printer.take(Answer(file, reading_of(text)))
    printer.take(Answer("wrong", None, "It is wrong."))
    printer.finish()
    printed = capsys.readouterr()
    head, *lines = printed.out.splitlines()
    assert [line.split()[-1] for line in lines] == list(files.values())
    starts = [line.rindex(file) for line, file in zip(lines, files.values(), strict=True)]
    assert [start - head.index("File") for start in starts] == [0, 0, 0, 40 - 24, 0], "only a very long one is not"
    ends = [line.index("%") for line in lines if "%" in line]
    assert ends[0] == ends[1] == ends[3] == head.index("Confidence") + len("Confidence") - 1
    assert printed.err == "It is wrong.\n"


def test_a_long_table_is_not_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    printer = make_printer(Form.TABLE)
    for number in range(120):
        printer.take(Answer(f"{number}.png", reading_of("27")))
    assert len(capsys.readouterr().out.splitlines()) == 1 + 100
    printer.finish()
    assert len(capsys.readouterr().out.splitlines()) == 20, "the headings come only once"


def test_what_was_read_is_printed_when_reading_is_interrupted(
    files: dict[str, str], library: ModelLibrary, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def read(found: FoundFiles, *arguments: object, **named: object) -> Iterator[Answer]:
        yield Answer("a.png", reading_of("27"))
        raise KeyboardInterrupt

    monkeypatch.setattr("core.commands.predict.classify", read)
    with pytest.raises(KeyboardInterrupt):
        run([files["27.inkml"]], library, model=None)
    assert capsys.readouterr().out.endswith("a.png\n")


def test_marks_that_were_left_out_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    minus = Stroke(np.array([[600, 400], [680, 400]], np.float32))
    drawing = on_pad([*write_row("27", left=100, top=300), minus])
    path = tmp_path / "marks.inkml"
    path.write_bytes(write_inkml(drawing))
    [record] = records(capsys, str(path))
    assert record["text"] == "27"
    [box] = record["unread"]
    assert box == pytest.approx([600, 400, 680, 400], abs=2)
    assert main.main(["predict", str(path)]) == 0
    assert capsys.readouterr().out.endswith("marks.inkml  (1 mark left out)\n")


def test_json_and_csv_together_are_wrong_usage(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["predict", "--json", "--csv", files["3.inkml"]]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and "not allowed with" in printed.err


def test_the_answer_for_several_digits_names_none(files: dict[str, str], library: ModelLibrary) -> None:
    one, several, wrong = classify(
        [files[name] for name in ("3.inkml", "27.inkml", "wrong.png")], make_reader(library, None)
    )
    assert one.recognition is not None and one.recognition.digit == 3
    assert several.recognition is not None and several.recognition.digit is None
    assert wrong.recognition is None and wrong.error


def test_run_says_whether_all_could_be_read(files: dict[str, str], library: ModelLibrary) -> None:
    assert run([files["27.inkml"]], library, model=None, form=Form.CSV) == 0
    assert run([files["27.inkml"], files["wrong.png"]], library, model=None, form=Form.JSON) == 1
