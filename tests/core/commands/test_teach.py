"""`teach`: what is refused, what is printed, and what a script reads from it."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main
from core.digits.normalize import normalize_ink_image
from core.learning.backend import load_tensorflow
from core.models.library import ModelLibrary
from core.pad.content import PictureInk
from core.samples.sample import NewSample
from core.samples.store import SampleStore
from core.system.paths import app_paths
from core.training.spec import MAX_EPOCHS, TrainingSpec
from tests.conftest import reading_few_others, small_networks


def keep(mnist: dict[str, Any], places: range, writer: str) -> None:
    with SampleStore(app_paths().digits) as store:
        for place in places:
            image = mnist["x_test"][place]
            digit = normalize_ink_image(image)
            assert digit is not None
            store.keep(NewSample(int(mnist["y_test"][place]), PictureInk(image), digit.image, writer))


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main.main(["teach", *arguments])
    return code, *capsys.readouterr()


@pytest.mark.parametrize(
    "arguments",
    [
        ["seven.inkml"],
        ["--epochs", "many"],
        ["--epochs", "1.5"],
        ["--name", "  "],
        ["--start", ""],
        ["--writer", "x" * 65],
        ["--share", "1"],
    ],
)
def test_what_is_no_argument_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = printed(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("usage: main.py ")


@pytest.mark.parametrize("arguments", [["--epochs", "0"], ["--epochs", str(MAX_EPOCHS + 1)], ["--name", "x" * 1000]])
def test_a_number_or_a_name_out_of_bounds_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = printed(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert not app_paths().models.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "There are no digits to learn yet: keep some first.\n"),
        (["--writer", "Ada", "--json"], "There are no digits by Ada to learn yet: keep some first.\n"),
    ],
)
def test_without_digits_it_says_so(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, *arguments) == (1, "", sentence)
    assert not app_paths().digits.exists()


def test_without_such_a_model_it_says_which_there_are(
    mnist: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    keep(mnist, range(2), "Ada")
    code, out, err = printed(capsys, "--start", "nobody")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "nobody" in err and "digitpad" in err


# --- runs, with a small network --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory, mnist: dict[str, Any]) -> Path:
    """The folder of a small network that knows little."""
    folder = tmp_path_factory.mktemp("small")
    arrays = {
        name: mnist[name][:count]
        for name, count in {"x_train": 400, "y_train": 400, "x_test": 100, "y_test": 100}.items()
    }
    np.savez(folder / "few.npz", **arrays)
    load_tensorflow()
    from core.learning.run import fit
    from core.training.control import TrainingControl

    library = ModelLibrary(folder / "models", folder / "shipped")
    with reading_few_others(), small_networks():
        fit(
            TrainingSpec("quick", str(folder / "few.npz"), epochs=1, name="Small"),
            TrainingControl(),
            lambda event: None,
            library,
        )
    return folder / "models" / "small"


@pytest.fixture
def few_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    load_tensorflow()
    monkeypatch.setattr("core.learning.taught_model.MNIST_TEST_IMAGES", 500)


@pytest.mark.slow
@pytest.mark.usefixtures("few_tests")
def test_scripts_read_one_event_a_line(
    small_model: Path, mnist: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    keep(mnist, range(12), "Ada")
    keep(mnist, range(12, 30), "Bob")
    arguments = ("--start", str(small_model), "--name", "Hers", "--writer", "Ada", "--epochs", "3", "--json")
    code, out, err = printed(capsys, *arguments)
    assert (code, err) == (0, "")
    records = [json.loads(line) for line in out.splitlines()]
    assert {record["event"] for record in records} == {"stage_began", "progress", "taught"}
    shares = [record["share"] for record in records if record["event"] == "progress"]
    assert shares == sorted(shares) and set(records[-2]) == {"event", "share", "seconds_left"}

    last = records[-1]
    assert (last["event"], last["model"], last["name"]) == ("taught", "hers", "Hers")
    assert list(last["own"]) == ["before", "after", "of", "how"]
    assert list(last["others"]) == ["before", "after", "of"]
    assert (last["own"]["of"], last["others"]["of"]) == (12, 500)
    assert last["own"]["how"] == "Each digit was read by a network that had learned only others of yours."
    for compared in (last["own"], last["others"]):
        for share in (compared["before"], compared["after"]):
            assert 0 <= share <= 100
            assert share * compared["of"] / 100 == pytest.approx(round(share * compared["of"] / 100), abs=0.01)
    assert last["recommended"] is False and last["seconds"] > 0
    card = ModelLibrary(app_paths().models, small_model.parent).bundle("hers").card
    assert (card.data["name"], card.data["train_images"], card.epochs) == ("Ada’s digits", 12, 3)


@pytest.mark.slow
@pytest.mark.usefixtures("few_tests")
def test_people_read_what_came_of_it(
    small_model: Path, mnist: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(small_model, app_paths().models / "small")
    keep(mnist, range(1), "")
    code, out, err = printed(capsys, "--start", "Small", "--name", "Mine", "--epochs", "2")
    assert (code, err) == (0, "")
    *stages, saved, verdict = out.splitlines()
    assert len(stages) >= 5 and all(line.endswith(" …") for line in stages)
    assert saved.startswith("Saved as “Mine” (mine), in ") and saved.endswith(" s.")
    assert verdict.startswith("Reads others ")
    assert verdict.endswith("one digit of yours is too few to judge how well it reads them.")
