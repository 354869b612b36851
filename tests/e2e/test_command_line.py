"""The command line as scripts use it: verbs, JSON, exit codes, sentences."""

import errno
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

import main
from core import __version__
from core.commands.parser import EXAMPLES, make_parser
from core.digits.files import render_drawing
from core.ink.inkml import read_inkml
from core.system.paths import app_paths, assets_folder
from tests.conftest import reading_few_others, small_networks

SAMPLES = assets_folder() / "samples"
PART_NEEDED = "after “mnist:” a whole number from 10 to"
FIRST_500_TEST_DIGITS = [42, 67, 55, 45, 55, 50, 43, 49, 40, 54]
FIRST_40_TEST_DIGITS = [5, 7, 3, 3, 6, 3, 3, 5, 0, 5]


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--version"]) == 0
    assert capsys.readouterr().out == f"DigitPad {__version__}\n"


def test_help_shows_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--help"]) == 0
    out = capsys.readouterr().out
    for verb in ("predict", "train", "evaluate", "digits", "self-test"):
        assert verb in out


def test_the_examples_of_the_help_work_one_after_the_other() -> None:
    train, evaluate = (
        make_parser().parse_args(example.split()) for example in EXAMPLES if example.startswith(("train", "evaluate"))
    )
    assert train.name
    assert train.name == evaluate.model


def test_help_names_the_program_that_was_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("usage: main.py ")
    assert "  python main.py predict seven.png drawings/" in out
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.argv", ["/usr/bin/digitpad", "--help"])
    assert main.main(["--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("usage: digitpad ")
    assert "  digitpad predict seven.png drawings/" in out
    assert "main.py" not in out


@pytest.mark.parametrize(
    "wrong",
    [["predict"], ["paint"], ["train", "--preset", "resnet"], ["train", "--epochs", "many"], ["--colour"]],
)
def test_wrong_usage_is_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(wrong) == 2
    assert "usage:" in capsys.readouterr().err


def test_predict_reads_a_folder_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["predict", str(SAMPLES), "--json"]) == 0
    answers = lines(capsys.readouterr().out)
    assert [answer["file"] for answer in answers] == [str(SAMPLES / f"{digit}.inkml") for digit in range(10)]
    assert [answer["digit"] for answer in answers] == list(range(10))
    for answer in answers:
        probabilities = answer["probabilities"]
        assert isinstance(probabilities, list)
        assert len(probabilities) == 10
        assert sum(probabilities) == pytest.approx(1, abs=1e-4)
        assert answer["confidence"] == max(probabilities)
        assert answer["verdict"] in ("digit", "unsure")


def test_predict_finds_files_anywhere_below_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["a/b/c/1.inkml", "a/b.INKML", "a.inkml", "b/.2.inkml", "b-1.inkml", "z/0.inkml"]
    for name in [*names, "b/notes.txt", "inkml"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((SAMPLES / "1.inkml").read_bytes())
    (tmp_path / "dot.inkml").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.inkml").symlink_to(tmp_path / "nothing")
    assert main.main(["predict", f"{tmp_path}/", str(SAMPLES / "3.inkml"), "--json"]) == 0
    files = [answer["file"] for answer in lines(capsys.readouterr().out)]
    assert files == [*map(str, sorted(tmp_path / name for name in names)), str(SAMPLES / "3.inkml")]


@pytest.mark.parametrize("here", [".", "./"])
def test_predict_names_files_below_the_working_folder_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], here: str
) -> None:
    names = ["a/.b/1.inkml", "a.inkml"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((SAMPLES / "1.inkml").read_bytes())
    monkeypatch.chdir(tmp_path)
    assert main.main(["predict", here, "--json"]) == 0
    assert [answer["file"] for answer in lines(capsys.readouterr().out)] == [str(Path(name)) for name in names]


def test_predict_goes_on_after_a_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.png"
    wrong.write_text("not a picture")
    blank = tmp_path / "blank.inkml"
    blank.write_text('<ink xmlns="http://www.w3.org/2003/InkML"></ink>')
    missing = tmp_path / "missing.png"
    assert main.main(["predict", str(wrong), str(blank), str(missing), str(SAMPLES / "3.inkml"), "--json"]) == 1
    first, second, third, fourth = lines(capsys.readouterr().out)
    assert set(first) == {"file", "error"} == set(third)
    assert (second["digit"], second["verdict"]) == (None, "blank")
    assert fourth["digit"] == 3


def test_predict_names_every_picture_of_a_folder_that_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    three = (SAMPLES / "3.inkml").read_bytes()
    picture = cv2.imencode(".png", 255 - render_drawing(read_inkml(three), 100))[1].tobytes()
    contents = {
        "a.heic": b"\0\0\0\x18ftypheic",
        "b.GIF": b"GIF89a",
        "c": b"GIF87a and no name that says so",
        "d.jfif": picture,  # its content can be read, whatever it is called
        "e.svg": b"<svg><text>3</text></svg>",
        "f.png": picture,
        "._f.png": b"\0\5\x16\7 what macOS leaves beside it",
        ".DS_Store": b"\0\0\0\1Bud1",
        "notes.txt": b"seven",
        "blank.png": cv2.imencode(".png", np.full((90, 90), 255, np.uint8))[1].tobytes(),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    assert main.main(["predict", str(tmp_path), "--json"]) == 1
    printed = capsys.readouterr()
    answers = {Path(str(answer["file"])).name: answer for answer in lines(printed.out)}
    assert sorted(answers) == ["a.heic", "b.GIF", "blank.png", "c", "d.jfif", "e.svg", "f.png"]
    assert answers["a.heic"]["error"] == "a.heic: DigitPad cannot read HEIC; save the picture as PNG or JPEG."
    assert "error" in answers["b.GIF"] and "error" in answers["c"] and "SVG" in str(answers["e.svg"]["error"])
    assert answers["d.jfif"]["digit"] == answers["f.png"]["digit"] == 3
    assert (answers["blank.png"]["digit"], answers["blank.png"]["verdict"]) == (None, "blank")
    assert printed.err == "Left out: 3 files that are neither a picture nor a drawing.\n"
    for name in ("a.heic", "b.GIF", "c", "e.svg"):
        (tmp_path / name).unlink()
    assert main.main(["predict", str(tmp_path)]) == 0  # nothing that was meant is missing
    assert "Left out: 3 files" in capsys.readouterr().err


def test_predict_without_json_is_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["predict", str(SAMPLES / "3.inkml"), str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert printed.out.split()[0] == "3"
    assert printed.out.split()[-1] == str(SAMPLES / "3.inkml")
    assert printed.err == f"There are no drawings or pictures in {tmp_path}.\n"


def test_predict_without_json_names_the_path_of_a_file_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.png").write_text("not a picture")
    assert main.main(["predict", str(tmp_path), str(tmp_path / "2.png")]) == 1
    files = [tmp_path / "a" / "1.png", tmp_path / "b" / "1.png", tmp_path / "2.png"]
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[0] for line in told] == [str(file) for file in files]
    assert told[2] == f"{files[2]}: There is no such file."
    assert main.main(["predict", str(files[2]), "--json"]) == 1
    assert lines(capsys.readouterr().out)[0]["error"] == "2.png: There is no such file."


def test_predict_without_json_gives_no_digit_where_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cross, blank = tmp_path / "grid.inkml", tmp_path / "blank.inkml"
    traces = [f"{x} 200, {x} 800" for x in range(200, 801, 150)] + [f"200 {y}, 800 {y}" for y in range(200, 801, 150)]
    for file, strokes in ((cross, traces), (blank, [])):
        written = "".join(f"<trace>{stroke}</trace>" for stroke in strokes)
        file.write_text(f'<ink xmlns="http://www.w3.org/2003/InkML">{written}</ink>')
    files = [str(cross), str(blank)]
    assert main.main(["predict", *files]) == 0
    table = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert table[1:] == [["–", "not", "a", "digit", str(cross)], ["–", "blank", str(blank)]]
    assert main.main(["predict", *files, "--json"]) == 0
    first, second = lines(capsys.readouterr().out)
    assert isinstance(first["digit"], int)
    assert second["digit"] is None


def test_predict_reads_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = np.full((200, 200), 255, np.uint8)
    cv2.polylines(picture, [np.array([[60, 40], [140, 40], [90, 160]], np.int32)], False, 0, 9, cv2.LINE_AA)
    for suffix in (".png", ".jpg", ".bmp", ".webp", ".tiff"):
        (tmp_path / f"seven{suffix}").write_bytes(cv2.imencode(suffix, picture)[1].tobytes())
    assert main.main(["predict", str(tmp_path), "--json"]) == 0
    assert [answer["digit"] for answer in lines(capsys.readouterr().out)] == [7] * 5


def test_an_unknown_model_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["predict", str(SAMPLES), "--model", "nobody"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("There is no model “nobody”")
    assert printed.err.count("\n") == 1


def test_predict_and_evaluate_import_no_tensorflow() -> None:
    script = (
        "import sys, main\n"
        f"assert main.main(['predict', {str(SAMPLES)!r}]) == 0\n"
        "assert main.main(['evaluate', '--data', 'mnist:500']) == 0\n"
        "loaded = {'tensorflow', 'keras', 'PySide6'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_evaluate_the_shipped_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["evaluate", "--json"]) == 0
    [result] = lines(capsys.readouterr().out)
    assert result["images"] == 10_000
    assert isinstance(result["accuracy"], float)
    assert result["accuracy"] >= 0.993
    assert result["mistakes"] == round(10_000 * (1 - result["accuracy"]))
    assert np.array(result["confusion"]).sum() == 10_000


def test_evaluate_on_the_first_digits_tests_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["evaluate", "--data", "mnist:500", "--json"]) == 0
    [result] = lines(capsys.readouterr().out)
    assert result["images"] == 500
    assert result["data"] == "the first 500 digits of MNIST's test set"
    assert np.array(result["confusion"]).sum(axis=1).tolist() == FIRST_500_TEST_DIGITS


def test_what_is_printed_says_of_how_many_a_percentage_is(capsys: pytest.CaptureFixture[str]) -> None:
    train = ["train", "--preset", "dense", "--data", "mnist:40", "--epochs", "1", "--name", "Mine"]
    assert main.main(train) == 0
    percentages = re.findall(r"\d %(?! interval)(?: of [\d,]+)?", capsys.readouterr().out)
    assert [text.partition(" of ")[2] for text in percentages] == ["40", "10,000", "10,000"]
    assert main.main(["evaluate", "--model", "mine", "--data", "mnist:40"]) == 0
    head, _, *rows = capsys.readouterr().out.splitlines()
    assert re.fullmatch(
        r"Mine on the first 40 digits of MNIST's test set: \d+ % of 40 \(\d+ mistakes?; 95 % interval \d+–\d+ %\)", head
    )
    assert [int(row.rpartition(" % of ")[2]) for row in rows if not row.endswith("-")] == [
        count for count in FIRST_40_TEST_DIGITS if count
    ]
    for name in ("mine", "M i n e", "digit\u00a0pad"):
        assert main.main([*train[:-1], name]) == 1
        error = capsys.readouterr().err
        assert error.startswith(("There is a model called “Mine” already: ", "“DigitPad” is the model that comes with"))
        assert "choose another name" in error and error.count("\n") == 1


def test_train_evaluate_and_predict_with_the_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--data-dir", str(tmp_path / "here")]
    train = ["train", "--preset", "dense", "--data", "mnist:3000", "--epochs", "2", "--name", "My dense", "--json"]
    assert main.main(train + place) == 0
    events = lines(capsys.readouterr().out)
    kinds = [event["event"] for event in events]
    assert kinds.count("run_started") == 1
    assert kinds.count("epoch_done") == 2
    assert "batch_done" in kinds
    assert kinds[-1] == "run_ended"
    assert events[-1]["model"] == "my-dense"
    assert main.main(["evaluate", "--model", "My dense", "--json", *place]) == 0
    [result] = lines(capsys.readouterr().out)
    assert result["accuracy"] == pytest.approx(events[-1]["test_accuracy"])
    assert main.main([*place, "predict", "--model", "my-dense", str(SAMPLES / "1.inkml")]) == 0
    folder = tmp_path / "here" / "models" / "my-dense"
    assert main.main(["predict", "--model", str(folder), str(SAMPLES / "1.inkml")]) == 0


def test_training_says_what_it_left_out(
    tmp_path: Path, mnist: dict[str, np.ndarray], capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(100):
        folder = tmp_path / str(mnist["y_train"][number])
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.png").write_bytes(cv2.imencode(".png", mnist["x_train"][number])[1].tobytes())
    (tmp_path / "3" / "letter.png").write_text("no picture")
    assert main.main(["train", "--preset", "dense", "--data", str(tmp_path), "--epochs", "1"]) == 0
    assert "left out" in capsys.readouterr().out


def test_training_says_what_it_learns_from(
    tmp_path: Path, mnist: dict[str, np.ndarray], capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.npz"
    np.savez(own, x_train=mnist["x_train"][:200], y_train=mnist["y_train"][:200])
    place = ["--data-dir", str(tmp_path / "here")]
    with reading_few_others(), small_networks():
        assert main.main(["train", "--data", str(own), "--epochs", "1", "--no-synthesis", *place]) == 0
    out = capsys.readouterr().out.splitlines()
    [start] = [number for number, line in enumerate(out) if line.startswith("digitpad: ")]
    assert "194 images to learn from, 9 to validate, 29 to test." in out[start]
    assert out[start + 1].startswith("162 digits come from ")
    assert "32 non-digits" in out[start + 2]


def test_learning_rate_validation_and_augmentation_are_those_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def train(*options: str) -> tuple[dict[str, object], dict[str, object], dict[str, object]]:
        arguments = ["train", "--preset", "dense", "--data", "mnist:500", "--epochs", "1", "--name", "Tried", "--json"]
        place = tmp_path / str(len(list(tmp_path.iterdir())))
        assert main.main([*arguments, "--data-dir", str(place), *options]) == 0
        events = {str(event["event"]): event for event in lines(capsys.readouterr().out)}
        card = json.loads((place / "models" / "tried" / "card.json").read_text())
        return events["run_started"], events["epoch_done"], card["settings"]

    _, usual, settings = train()
    assert (settings["learning_rate"], settings["validation_share"], settings["augment"]) == (0.001, 0.0, False)
    started, slow, settings = train("--learning-rate", "1e-9", "--validation", "20 %", "--no-augment")
    assert (started["train_images"], started["validation_images"]) == (400, 100)
    assert (settings["learning_rate"], settings["validation_share"], settings["augment"]) == (1e-9, 0.2, False)
    assert slow["accuracy"] < 0.3 < usual["accuracy"]  # so slow that nothing is learned
    started, varied, settings = train("--learning-rate", "0,001", "--validation", "0", "--augment")
    assert (started["validation_images"], settings["learning_rate"], settings["augment"]) == (0, 0.001, True)
    assert varied["loss"] > usual["loss"]  # varied digits are harder


def test_digits_that_lie_on_their_side_are_turned_and_that_is_said(
    tmp_path: Path, mnist: dict[str, np.ndarray], capsys: pytest.CaptureFixture[str]
) -> None:
    source, sentence = str(tmp_path / "sideways.npz"), "These digits lie on their side, so they were turned."
    images, labels = mnist["x_train"][:150].swapaxes(1, 2), mnist["y_train"][:150]
    np.savez(source, x_train=images[:100], y_train=labels[:100], x_test=images[100:], y_test=labels[100:])
    assert main.main(["evaluate", "--data", source]) == 0
    assert capsys.readouterr().out.startswith(f"{sentence}\nDigitPad on the test part of sideways.npz: 100 % of 50 ")
    assert main.main(["evaluate", "--data", source, "--json"]) == 0
    [result] = lines(capsys.readouterr().out)
    assert (result["mistakes"], result["notes"]) == (0, [sentence])
    train = ["train", "--preset", "dense", "--data", source, "--epochs", "1", "--name", "Mine", "--json"]
    assert main.main([*train, "--data-dir", str(tmp_path / "here")]) == 0
    [started] = [event for event in lines(capsys.readouterr().out) if event["event"] == "run_started"]
    assert started["notes"] == [sentence]
    card = json.loads((tmp_path / "here" / "models" / "mine" / "card.json").read_text())
    assert card["data"]["notes"] == [sentence]


def test_a_terminal_shows_how_far_it_is_on_one_line(
    tmp_path: Path, mnist: dict[str, np.ndarray], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.npz"
    np.savez(own, x_train=mnist["x_train"][:150], y_train=mnist["y_train"][:150])
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    with reading_few_others(), small_networks():
        assert main.main(["train", "--data", str(own), "--epochs", "1", "--data-dir", str(tmp_path / "here")]) == 0
    printed = capsys.readouterr().out
    live = [line for line in printed.replace("\n", "\r").split("\r") if line.rstrip().endswith(" drawings")]
    assert live[0].startswith("0 of ")
    assert live[-1].split()[0] == live[-1].split()[2]
    assert "batch 1 of " in printed
    lines = [seen(line) for line in printed.split("\n")]
    assert lines[:3] == ["Reading the digits …", "Synthesising handwriting …", "Loading TensorFlow …"]
    assert [line for line in lines if line.startswith("Epoch ")] == [line for line in lines if line.endswith(" s")]
    overwritten = [part for line in printed.split("\n") for part in line.split("\r")[1:-1]]
    assert max(map(len, overwritten)) < 60, "a longer one would begin another line"


def seen(line: str) -> str:
    """What is left of a line on a terminal when all that was written to its start again has been overwritten."""
    shown = ""
    for part in line.split("\r"):
        shown = part + shown[len(part) :]
    return shown.rstrip()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--epochs", "0"], "Epochs must be between 1 and 1000."),
        (["--batch-size", "0"], "The batch size must be between 1 and 8192."),
        (["--learning-rate", "0"], "The learning rate must be above 0 and at most 10."),
        (["--learning-rate", "10,5"], "The learning rate must be above 0 and at most 10."),
        (["--validation", "10"], "The validation share must be between 0 and 50 %, such as 0.1 or 10 %."),
        (["--validation", "51%"], "The validation share must be between 0 and 50 %, such as 0.1 or 10 %."),
        (["--seed", "-1"], "The seed must be between 0 and 2,147,483,647."),
        (["--ink", "i.json"], "Say who made the file of ink, and its licence: that goes into the model's card."),
        (["--ink-source", "me"], "There is a source of real ink, but no file of it."),
        (
            ["--preset", "dense", "--teacher", "a"],
            "The preset “dense” learns from labels alone: it can have no teacher.",
        ),
        (["--name", "x" * 61], "A model's name may have at most 60 characters."),
    ],
)
def test_numbers_and_names_out_of_bounds_are_wrong_usage(
    options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["train", *options]) == 2
    assert capsys.readouterr().err == f"{sentence}\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--data-dir", ""], "argument --data-dir: This must not be empty."),
        (["predict", str(SAMPLES), "--data-dir", ""], "argument --data-dir: This must not be empty."),
        (["predict", str(SAMPLES), "--model", ""], "argument --model: This must not be empty."),
        (["self-test", "--screenshots", ""], "argument --screenshots: This must not be empty."),
        (["train", "--name", " "], "argument --name: This must not be empty."),
        (["train", "--ink", ""], "argument --ink: This must not be empty."),
        (["train", "--ink", "i.json", "--ink-source", " "], "argument --ink-source: This must not be empty."),
        (["train", "--teacher", ""], "argument --teacher: This must not be empty."),
        (["train", "--start", ""], "argument --start: This must not be empty."),
        (["train", "--learning-rate", ""], "argument --learning-rate: “” is not a number."),
        (["train", "--learning-rate", "1,000"], "argument --learning-rate: “1,000” can mean 1.000 or 1000."),
        (["train", "--validation", "a tenth"], "argument --validation: “a tenth” is not a number."),
        (["train", "--epochs", "1.5"], "argument --epochs: “1.5” is not a whole number."),
        (["train", "--data", ""], "argument --data: This must not be empty."),
        (["train", "--data", "mnist:0"], f"“mnist:0”: {PART_NEEDED} 60,000 is needed."),
        (["train", "--data", "mnist:abc"], f"“mnist:abc”: {PART_NEEDED} 60,000 is needed."),
        (["evaluate", "--data", "mnist:10001"], f"“mnist:10001”: {PART_NEEDED} 10,000 is needed."),
    ],
)
def test_what_is_empty_or_has_no_form_is_wrong_usage(
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main.main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.endswith(f"{sentence}\n")
    assert list(tmp_path.iterdir()) == []


def test_data_that_cannot_be_read_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["train", "--data", "/nowhere/digits.npz"]) == 1
    error = capsys.readouterr().err
    assert "digits.npz" in error
    assert error.count("\n") == 1


def test_output_that_nobody_reads_any_more_is_no_traceback() -> None:
    """The reader is gone before anything is written; little output, which is only written at the end, and much."""
    for count in (1, 100):
        reader, writer = os.pipe()
        os.close(reader)
        command = [sys.executable, "main.py", "predict", "--json", *[str(SAMPLES)] * count]
        done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
        os.close(writer)
        assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_that_cannot_be_written_is_a_sentence(unbuffered: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "main.py", "predict", str(SAMPLES)],
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("The output cannot be written: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_a_log_that_cannot_be_written_stops_no_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def warn_and_fail(*arguments: object, **named: object) -> int:
        logging.getLogger("digitpad").warning("one")
        raise RuntimeError("two")

    monkeypatch.setattr("core.commands.predict.run", warn_and_fail)
    log = app_paths(tmp_path).log
    log.parent.mkdir()
    log.symlink_to("/dev/full")
    assert main.main(["--data-dir", str(tmp_path), "predict", "7.png"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "The log cannot be written: No space left on device."
    assert said[1] == "DigitPad failed unexpectedly (RuntimeError); the details could not be saved."
    assert len(said) == 2


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EPIPE, errno.EIO])
def test_an_error_of_some_other_file_is_not_taken_for_one_of_the_output(
    code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*arguments: object, **named: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("core.commands.predict.run", fail)
    assert main.main(["predict", "7.png"]) == 1
    kind = type(OSError(code, "")).__name__
    log = app_paths().log
    assert capsys.readouterr().err == f"DigitPad failed unexpectedly ({kind}); details are in {log}.\n"
    assert f"{kind}: [Errno {code}]" in log.read_text()


def test_no_output_at_all_is_borne() -> None:
    script = "import os, sys; os.close(1); sys.stdout = None; import main; sys.exit(main.main(sys.argv[1:]))"
    command = [sys.executable, "-c", script, "predict", "nowhere.png", str(SAMPLES / "1.inkml")]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


def test_names_that_the_terminal_cannot_show(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/sev\xffen \xe2\x91\xa6.inkml"
    with open(odd, "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write((SAMPLES / "7.inkml").read_bytes())
    for encoding in ("ascii", "utf-8:strict"):
        done = subprocess.run(
            [sys.executable, "main.py", "predict", str(tmp_path)],
            env=os.environ | {"PYTHONIOENCODING": encoding},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.startswith(b"7 ")


@pytest.mark.parametrize("arguments", [["predict", "x" * 300], ["predict", str(SAMPLES), "--model", "x" * 300]])
def test_names_that_are_too_long(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(arguments) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "unexpectedly" not in error


def test_a_home_of_nobody_is_a_folder_like_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = str(SAMPLES.absolute())
    monkeypatch.chdir(tmp_path)
    assert main.main(["predict", "--data-dir", "~nobody-at-all/x", samples]) == 0
