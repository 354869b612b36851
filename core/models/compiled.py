"""Run a compiled model (LiteRT): it classifies 28x28 images without TensorFlow, each in well under a millisecond."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from core.digits.arrays import CLASSES, INPUT_SHAPE, FloatImages, Images, Probabilities
from core.errors import ModelError
from core.ink.arrays import FloatArray
from core.system.native_noise import quiet_native_stderr
from core.system.safe_files import reading_errors
from core.wording.model_problems import ModelProblem

BATCH = 64


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """A model's answers for n images.

    Attributes
    ----------
    probabilities
        float32 `(n, 10)`: the probability of each digit, given that the image is a digit; rows sum to 1.
    no_digit
        float32 `(n,)` in [0, 1]: the probability of “no digit”; None for a network without that class.
    embeddings
        float32 `(n, e)`: the last hidden representations; None where they were not asked for.
    """

    probabilities: Probabilities
    no_digit: FloatArray | None
    embeddings: FloatArray | None = None


class CompiledModel:
    """A LiteRT model with named outputs, for one thread at a time.

    The outputs are `probabilities` (n, 10), `embedding` (n, e), feature maps `feature_1` ... (n, h, w, c), and for a
    network with that class, `no_digit` (n, 1).
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        """Load the file at `path`. Several `threads` are only faster for many images; the answers are the same.

        Raises
        ------
        ModelError
            When the file cannot be read or is not such a model.
        """
        with reading_errors(ModelError, ModelProblem.FILE_UNREADABLE, path=path):
            content = path.read_bytes()
        try:
            with quiet_native_stderr():
                self._interpreter = Interpreter(model_content=content, num_threads=threads)
                self._interpreter.allocate_tensors()
            signature = self._interpreter.get_signature_runner()
            [image], outputs = signature.get_input_details().values(), signature.get_output_details()
            [main] = self._interpreter.get_input_details()
        except (ValueError, RuntimeError) as error:
            raise ModelError(ModelProblem.NOT_COMPILED, path=path) from error
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
            raise ModelError(ModelProblem.NOT_OF_DIGITS, path=path)
        if "no_digit" in outputs and not _holds(outputs["no_digit"], (1,)):
            raise ModelError(ModelProblem.BAD_NO_DIGIT, path=path)

    def run(self, images: FloatImages, outputs: Sequence[str] | None = None) -> dict[str, FloatArray]:
        """The named `outputs` for `images`, float32 `(n, 28, 28, 1)` in [0, 1]; None for all outputs."""
        if len(images) != self._images:
            self._interpreter.resize_tensor_input(self._input, images.shape)
            self._interpreter.allocate_tensors()
            self._images = len(images)
        self._interpreter.set_tensor(self._input, images)
        self._interpreter.invoke()
        names = self.output_names if outputs is None else outputs
        return {name: self._interpreter.get_tensor(self._outputs[name]) for name in names}

    def answer(self, images: Images, *, with_embeddings: bool = False) -> Answers:
        """The model's answers for images uint8 `(n, 28, 28)`, not calibrated."""
        knows_none = "no_digit" in self.output_names
        asked = ["probabilities", *["no_digit"] * knows_none, *["embedding"] * with_embeddings]
        if not len(images):
            return _no_answers(asked)
        batches = [self.run(as_input(images[start : start + BATCH]), asked) for start in range(0, len(images), BATCH)]
        found = {name: np.concatenate([outputs[name] for outputs in batches]) for name in asked}
        return Answers(found["probabilities"], found["no_digit"][:, 0] if knows_none else None, found.get("embedding"))

    def embed(self, images: Images) -> FloatArray:
        """Only the embeddings of `answer`, float32 `(n, e)`."""
        embeddings = self.answer(images, with_embeddings=True).embeddings
        assert embeddings is not None
        return embeddings

    def probabilities(self, images: Images) -> Probabilities:
        """Only the probabilities of `answer`, float32 `(n, 10)`."""
        return self.answer(images).probabilities


def _no_answers(asked: Sequence[str]) -> Answers:
    none, embeddings = np.zeros(0, np.float32), np.zeros((0, 0), np.float32)
    probabilities = np.zeros((0, CLASSES), np.float32)
    return Answers(probabilities, none if "no_digit" in asked else None, embeddings if "embedding" in asked else None)


def as_input(images: Images) -> FloatImages:
    """The input of every network, float32 `(n, 28, 28, 1)` in [0, 1], from images uint8 `(n, 28, 28)`."""
    scaled: FloatImages = images.astype(np.float32)[..., np.newaxis] / np.float32(255)
    return scaled


def _holds(details: dict[str, Any], shape: tuple[int, ...]) -> bool:
    """Whether a model's input or output is float32 `(n, *shape)`."""
    return details["dtype"] is np.float32 and tuple(details["shape"][1:]) == shape
