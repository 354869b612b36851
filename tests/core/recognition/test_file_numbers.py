"""Numbers in files of any kind, and models that do not know what is no digit: the shipped one finds digits for them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.digits.files import open_any
from core.errors import InkFileError, PictureError
from core.ink.drawing import Drawing
from core.ink.inkml import write_inkml
from core.ink.rendering import write_svg
from core.models.compiled import Answers, CompiledModel
from core.models.library import ModelBundle
from core.recognition.file_numbers import FileReader
from core.recognition.recognizer import Recognizer, Verdict
from tests.core.recognition.written_numbers import encoded, ink_of, on_pad, write_row


class AlwaysThree(Recognizer):
    """A model without "no digit", which takes everything for a 3."""

    def __init__(self, bundle: ModelBundle) -> None:
        super().__init__(bundle)
        self.bundle = replace(bundle, card=replace(bundle.card, temperature=1.0))
        self._model = _Three(bundle.compiled_path)

    @property
    def knows_no_digit(self) -> bool:
        return False


class _Three(CompiledModel):
    def answer(self, images: np.ndarray, *, with_embeddings: bool = False) -> Answers:
        return Answers(np.tile(np.eye(10, dtype=np.float32)[3], (len(images), 1)), None)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """27 in several forms, noise and nothing."""
    drawing = on_pad(write_row("27"))
    sheet = 255 - ink_of(write_row("27", left=60, top=50), 300, 500)
    noise = np.where(np.random.default_rng(1).random((64, 64)) < 0.2, 0, 255).astype(np.uint8)
    contents = {
        "27.inkml": write_inkml(drawing),
        "27.svg": write_svg(drawing),
        "27.png": encoded(sheet),
        "27.jpg": encoded(sheet, ".jpg"),
        "noise.png": encoded(noise),
        "blank.png": encoded(np.full((50, 50), 255, np.uint8)),
        "blank.inkml": write_inkml(Drawing(pad_side=1000.0)),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in contents}


@pytest.mark.parametrize("name", ["27.inkml", "27.svg", "27.png", "27.jpg"])
def test_a_number_in_any_kind_of_file(shipped: Recognizer, files: dict[str, Path], name: str) -> None:
    reading = FileReader(shipped).read(files[name])
    assert (reading.text, reading.verdict) == ("27", Verdict.DIGIT)
    assert reading.digits[0].box[2] < reading.digits[1].box[0]
    assert FileReader(shipped).read_content(open_any(files[name])).text == "27"


@pytest.mark.parametrize("name", ["27.inkml", "27.png"])
def test_single_is_one_digit(shipped: Recognizer, files: dict[str, Path], name: str) -> None:
    assert len(FileReader(shipped).read(files[name], is_single=True).digits) == 1


def test_single_takes_all_strokes(shipped: Recognizer, files: dict[str, Path]) -> None:
    [digit] = FileReader(shipped).read(files["27.inkml"], is_single=True).digits
    assert (digit.strokes, digit.box) == ((0, 1), on_pad(write_row("27")).bounds())


@pytest.mark.parametrize("name", ["blank.png", "blank.inkml"])
@pytest.mark.parametrize("is_single", [False, True])
def test_a_blank_file_has_an_empty_reading(
    shipped: Recognizer, files: dict[str, Path], name: str, is_single: bool
) -> None:
    for judge in (None, shipped):
        reading = FileReader(AlwaysThree(shipped.bundle), judge).read(files[name], is_single=is_single)
        assert (reading.digits, reading.verdict) == ((), Verdict.BLANK)


def test_errors_name_the_file(shipped: Recognizer, tmp_path: Path) -> None:
    (tmp_path / "no.png").write_text("no picture")
    (tmp_path / "no.inkml").write_text("no ink")
    with pytest.raises(PictureError, match=r"^no\.png: "):
        FileReader(shipped).read(tmp_path / "no.png")
    with pytest.raises(InkFileError, match=r"^no\.inkml: "):
        FileReader(shipped).read(tmp_path / "no.inkml")


@pytest.mark.parametrize("name", ["27.inkml", "27.svg", "27.png"])
def test_the_judge_finds_the_digits_and_the_model_answers(
    shipped: Recognizer, files: dict[str, Path], name: str
) -> None:
    own = FileReader(shipped).read(files[name])
    reading = FileReader(AlwaysThree(shipped.bundle), shipped).read(files[name])
    assert (reading.text, reading.confidence, reading.verdict) == ("33", 1.0, Verdict.DIGIT)
    assert [digit.box for digit in reading.digits] == [digit.box for digit in own.digits]


def test_with_one_digit_asked_for_the_model_answers_too(shipped: Recognizer, files: dict[str, Path]) -> None:
    for name in ("27.inkml", "27.png"):
        reading = FileReader(AlwaysThree(shipped.bundle), shipped).read(files[name], is_single=True)
        assert reading.text == "3"
