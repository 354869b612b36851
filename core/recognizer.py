"""Recognise 28x28 images with a compiled model: no TensorFlow, well under a millisecond an image."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from core.datasets.digit_sets import CLASSES, Images
from core.errors import ModelError
from core.evaluation import calibrated
from core.models import ModelBundle
from core.native_noise import quiet_native_stderr
from core.normalize import Image

FloatArray = npt.NDArray[np.float32]

BATCH = 64
INPUT_SHAPE = (28, 28, 1)


class Verdict(StrEnum):
    """How an answer is meant."""

    DIGIT = "digit"
    UNSURE = "unsure"
    NOT_A_DIGIT = "not_a_digit"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Recognition:
    """An answer.

    Attributes
    ----------
    digit
        The best guess, also when the verdict does not trust it; None only for a blank pad.
    probabilities
        Ten calibrated numbers that sum to 1; all zero for a blank pad.
    verdict
        Whether the guess is to be believed.
    """

    digit: int | None
    probabilities: tuple[float, ...]
    verdict: Verdict

    @property
    def confidence(self) -> float:
        """Probability of the best guess, in [0, 1]."""
        return max(self.probabilities)

    @property
    def candidates(self) -> tuple[int, int]:
        """The two most probable digits, the better one first."""
        first, second = np.argsort(self.probabilities)[::-1][:2]
        return int(first), int(second)


BLANK = Recognition(None, (0.0,) * 10, Verdict.BLANK)


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What a model says of n images.

    Attributes
    ----------
    probabilities
        float32 `(n, 10)`: how likely each digit is if it is one; rows sum to 1.
    no_digit
        float32 `(n,)` in [0, 1]: how likely it is none; None where the network never learned that.
    """

    probabilities: FloatArray
    no_digit: FloatArray | None


class CompiledModel:
    """A LiteRT model with named outputs. Belongs to one thread at a time.

    The outputs are `probabilities` (n, 10), `embedding` (n, e) and feature maps `feature_1` ... (n, h, w, c), and
    where the network learned what is none, `no_digit` (n, 1).
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        """Load the file at `path`. More than one of `threads` is worth it for many images, and changes no answer.

        Raises
        ------
        ModelError
            When the file cannot be read or is no such model.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise ModelError(f"{path} cannot be read: {error.strerror}.") from error
        try:
            with quiet_native_stderr():
                self._interpreter = Interpreter(model_content=content, num_threads=threads)
                self._interpreter.allocate_tensors()
            signature = self._interpreter.get_signature_runner()
            [image], outputs = signature.get_input_details().values(), signature.get_output_details()
            [main] = self._interpreter.get_input_details()
        except (ValueError, RuntimeError) as error:
            raise ModelError(f"{path} is not a compiled model.") from error
        self.output_names: tuple[str, ...] = tuple(outputs)
        self._input = image["index"]
        self._outputs = {name: details["index"] for name, details in outputs.items()}
        self._images = int(image["shape"][0])
        answer = outputs.get("probabilities")
        if (
            main["index"] != image["index"]
            or answer is None
            or not _holds(image, INPUT_SHAPE)
            or not _holds(answer, (CLASSES,))
        ):
            raise ModelError(f"{path} does not recognise 28x28 images of digits.")
        if "no_digit" in outputs and not _holds(outputs["no_digit"], (1,)):
            raise ModelError(f"{path} does not say what is no digit.")

    def run(self, images: FloatArray, outputs: Sequence[str] | None = None) -> dict[str, FloatArray]:
        """The `outputs` of these names for `images`, float32 `(n, 28, 28, 1)` in [0, 1]; None gives all of them."""
        if len(images) != self._images:
            self._interpreter.resize_tensor_input(self._input, images.shape)
            self._interpreter.allocate_tensors()
            self._images = len(images)
        self._interpreter.set_tensor(self._input, images)
        self._interpreter.invoke()
        names = self.output_names if outputs is None else outputs
        return {name: self._interpreter.get_tensor(self._outputs[name]) for name in names}

    def answer(self, images: Images) -> Answers:
        """The model's own answers for images uint8 `(n, 28, 28)`; not calibrated."""
        digits = [np.zeros((0, CLASSES), np.float32)]
        none = [np.zeros(0, np.float32)]
        knows_none = "no_digit" in self.output_names
        asked = ("probabilities", "no_digit") if knows_none else ("probabilities",)
        for start in range(0, len(images), BATCH):
            outputs = self.run(as_input(images[start : start + BATCH]), asked)
            digits.append(outputs["probabilities"])
            if knows_none:
                none.append(outputs["no_digit"][:, 0])
        return Answers(np.concatenate(digits), np.concatenate(none) if knows_none else None)

    def probabilities(self, images: Images) -> FloatArray:
        """The probabilities of `answer` alone, float32 `(n, 10)`."""
        return self.answer(images).probabilities


class Recognizer:
    """A model bundle at work: images in, answers out."""

    def __init__(self, bundle: ModelBundle) -> None:
        """Load `bundle`'s compiled model. Raises ModelError."""
        self.bundle = bundle
        self._model = CompiledModel(bundle.compiled_path)

    def recognize(self, image: Image | None) -> Recognition:
        """Answer for one normalised image, uint8 `(28, 28)`; None (a blank pad) is no answer."""
        if image is None or not image.any():
            return BLANK
        return self.recognize_many([image])[0]

    def recognize_many(self, images: Sequence[Image | None]) -> list[Recognition]:
        """The same for many images at once; None stands for blank ones."""
        inked = [index for index, image in enumerate(images) if image is not None and image.any()]
        answers = [BLANK] * len(images)
        if inked:
            stack = np.stack([np.asarray(images[index]) for index in inked])
            said = self._model.answer(stack)
            rows = calibrated(said.probabilities, self.bundle.card.temperature)
            none = np.zeros(len(inked)) if said.no_digit is None else said.no_digit
            ink = stack.mean(axis=(1, 2))
            for index, row, no_digit, mean in zip(inked, rows, none.tolist(), ink.tolist(), strict=True):
                answers[index] = self._judge(row, no_digit, mean)
        return answers

    def probabilities(self, images: Images) -> FloatArray:
        """Calibrated probabilities, float32 `(n, 10)`, for images uint8 `(n, 28, 28)`."""
        return calibrated(self._model.probabilities(images), self.bundle.card.temperature)

    def _judge(self, probabilities: FloatArray, no_digit: float, ink: float) -> Recognition:
        """`no_digit` in [0, 1]: how likely it is none; `ink`: mean brightness of the image."""
        digit = int(probabilities.argmax())
        confidence = float(probabilities[digit])
        limits = self.bundle.card.thresholds
        least_ink, most_ink = limits.ink_range
        if no_digit > limits.no_digit_above or confidence < limits.reject_below or not least_ink <= ink <= most_ink:
            verdict = Verdict.NOT_A_DIGIT
        elif no_digit > limits.doubt_above or confidence < limits.unsure_below:
            verdict = Verdict.UNSURE
        else:
            verdict = Verdict.DIGIT
        return Recognition(digit, tuple(map(float, probabilities)), verdict)


def as_input(images: Images) -> FloatArray:
    """What every network takes, float32 `(n, 28, 28, 1)` in [0, 1], of images uint8 `(n, 28, 28)`."""
    scaled: FloatArray = images.astype(np.float32)[..., np.newaxis] / np.float32(255)
    return scaled


def _holds(details: dict[str, Any], shape: tuple[int, ...]) -> bool:
    """Whether a model's input or output is float32 `(n, *shape)`."""
    return details["dtype"] is np.float32 and tuple(details["shape"][1:]) == shape
