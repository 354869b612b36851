"""Training and testing on the user's own digits from the command line."""

import json
from pathlib import Path

import numpy as np
import pytest

import main
from tests.conftest import reading_few_others


def test_train_and_evaluate_with_my_digits(
    tmp_path: Path, mnist: dict[str, np.ndarray], capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--data-dir", str(tmp_path / "here")]
    np.savez(tmp_path / "own.npz", x_train=mnist["x_train"][:140], y_train=mnist["y_train"][:140])
    assert main.main(["digits", "import", str(tmp_path / "own.npz"), "--writer", "Ada", *place]) == 0
    assert capsys.readouterr().out == "140 added.\n"
    train = ["train", "--preset", "dense", "--data", "digits:Ada+mnist:80", "--epochs", "1", "--name", "Mine"]
    with reading_few_others():
        assert main.main([*train, *place]) == 0
    assert "480 digits of MNIST are among the training digits, beside 120 of yours." in capsys.readouterr().out
    assert main.main(["evaluate", "--model", "mine", "--data", "digits:Ada", "--json", *place]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["images"], result["data"]) == (20, "a seventh of My digits by Ada, kept out of training")


def test_a_wrong_choice_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("train", "evaluate"):
        assert main.main([command, "--data", "digits+mnist:500"]) == 2
        assert "a whole number of percent from 1 to 99 is needed" in capsys.readouterr().err
    assert main.main(["evaluate", "--data", "digits"]) == 1
    assert capsys.readouterr().err == "No digits kept yet. Draw some in DigitPad, and keep each with its key, 0 to 9.\n"
