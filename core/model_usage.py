"""What an exported network takes and gives, in words: nothing in its files says so."""

from core.models import ModelBundle
from core.recognizer import CompiledModel

_SENTENCE = "It takes 28×28 pixels from 0 to 1, a white digit on black"

_NOTE = """{name}, exported from DigitPad

The network takes float32 images of the shape (n, 28, 28, 1), with pixels from 0 to 1 (not to 255): a white digit on
black, placed as in MNIST. It answers each with {answers}.

    from pathlib import Path
    import keras

    network = keras.models.model_from_json(Path("{architecture}").read_text())
    network.load_weights("{weights}")
    answers = network.predict(images.reshape(-1, 28, 28, 1) / 255)  # images as in MNIST, 0 to 255

Keras 3.4 or later opens it.
"""


def usage_sentence(bundle: ModelBundle) -> str:
    """What to feed the exported network, and what its answers mean. Raises ModelError."""
    if not _knows_no_digit(bundle):
        return f"{_SENTENCE}."
    return f"{_SENTENCE}, and answers “no digit” besides the ten digits."


def usage_note(bundle: ModelBundle, architecture: str, weights: str) -> str:
    """The same at length, with how to open the two files. Raises ModelError."""
    digits = "10 probabilities, of the digits 0 to 9"
    answers = "11 probabilities: of the digits 0 to 9, and of “no digit”" if _knows_no_digit(bundle) else digits
    return _NOTE.format(name=bundle.card.name, answers=answers, architecture=architecture, weights=weights)


def _knows_no_digit(bundle: ModelBundle) -> bool:
    return "no_digit" in CompiledModel(bundle.compiled_path).output_names
