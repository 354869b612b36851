"""Explain a model's answers, from its bundle alone and without TensorFlow."""

from dataclasses import dataclass

import numpy as np

from core.digits.arrays import SIDE, Image, Images
from core.digits.normalize import NormalizedDigit
from core.errors import ModelError
from core.explaining.changes import Change, find_changes
from core.explaining.distortion import Distortion, distorted
from core.explaining.evidence import Evidence, can_integrate, integrate_gradients, logits_from, occlude
from core.explaining.explanation import NOTHING, Explanation, read_explanation
from core.explaining.neighbours import NEIGHBOURS, Neighbour
from core.ink.arrays import FloatArray
from core.models.compiled import CompiledModel, as_input
from core.models.library import ModelBundle
from core.recognition.recognizer import Recognition, Recognizer
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.wording.model_problems import ModelProblem

BLANK_IMAGE = np.zeros((SIDE, SIDE), np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """What a network answers to a digit that is damaged by degrees.

    Attributes
    ----------
    kind
        The damage.
    amounts
        float32 `(n,)`: how much of it, in the unit of the kind.
    images
        uint8 `(n, 28, 28)`.
    answers
        One for each.
    """

    kind: Distortion
    amounts: FloatArray
    images: Images
    answers: tuple[Recognition, ...]


class Explainer:
    """Explains the answers of one model, the user's own samples left aside; for one thread at a time.

    Attributes
    ----------
    bundle
        The model.
    explanation
        What was saved with it; `NOTHING` where nothing was, or it is damaged.
    problem
        Why less is explained than could be, a sentence; "" where there is no problem.
    """

    def __init__(self, bundle: ModelBundle) -> None:
        """Load `bundle`'s compiled model, and what explains it. Raises ModelError when the model cannot be read."""
        self.bundle = bundle
        self.problem = ""
        self.explanation: Explanation = NOTHING
        self._recognizer = Recognizer(bundle)
        self._compiled = CompiledModel(bundle.compiled_path)
        try:
            self.explanation = self._fitting(read_explanation(bundle))
        except ModelError as error:
            self.problem = str(error)

    def recognize(self, image: Image) -> Recognition:
        """The network's own answer for one image, uint8 `(28, 28)`."""
        return self._recognizer.recognize(image)

    def logits(self, images: Images) -> FloatArray:
        """The logits of images uint8 `(n, 28, 28)`; of a network whose layers are not known, up to a common number."""
        if self.explanation.network is not None:
            return self.explanation.network.logits(as_input(images))
        return logits_from(self._compiled.answer(images))

    def activations(self, image: Image) -> list[FloatArray]:
        """What every layer takes for one image, and at the end the logits; empty where the layers are not known."""
        network = self.explanation.network
        return [] if network is None else network.activations(as_input(image[np.newaxis]))

    def evidence(self, image: Image, digit: int, against: int | None = None) -> Evidence:
        """What in `image`, uint8 `(28, 28)`, speaks for `digit`, or for it rather than the digit `against`."""
        network = self.explanation.network
        if network is not None and can_integrate(network):
            return integrate_gradients(network, image, digit, against)
        return occlude(self.logits, image, digit, against)

    def neighbours(self, image: Image, count: int = NEIGHBOURS) -> list[Neighbour]:
        """The training digits most similar to `image`, uint8 `(28, 28)`; empty for a model that was saved without."""
        index = self.explanation.neighbours
        return [] if index is None else index.nearest(self._embedding(image), count)

    def place_on_map(self, image: Image) -> tuple[float, float] | None:
        """Where `image`, uint8 `(28, 28)`, is on the map of the training digits; None where there is no map."""
        index = self.explanation.neighbours
        return None if index is None else index.place_of(self._embedding(image))

    def changes(self, digit: NormalizedDigit, checkpoint: Checkpoint = no_checkpoint) -> list[Change]:
        """What would make another digit of this one: see `core.explaining.changes`."""
        answer = self.recognize(digit.image)
        return find_changes(digit.ink, answer, self._recognizer.recognize_many, checkpoint)

    def curve(self, image: Image, kind: Distortion, amounts: FloatArray) -> Curve:
        """What the network answers to `image`, uint8 `(28, 28)`, damaged by each of the `amounts`."""
        images = distorted(image, kind, amounts)
        return Curve(kind, amounts, images, tuple(self._recognizer.recognize_many(list(images))))

    def _fitting(self, explanation: Explanation) -> Explanation:
        """`explanation`, whose neighbours were embedded by such a network. Raises ModelError where they were not."""
        index = explanation.neighbours
        if index is not None and self._embedding(BLANK_IMAGE).shape != (index.embedding_length,):
            raise ModelError(ModelProblem.EXPLANATION_DAMAGED, name=self.bundle.title)
        return explanation

    def _embedding(self, image: Image) -> FloatArray:
        embedding: FloatArray = self._compiled.embed(image[np.newaxis])[0]
        return embedding
