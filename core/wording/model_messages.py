"""Messages about how good models are, and how to use their exports."""

from core.wording.messages import Template


class NotRecommended(Template):
    """Why a model is not recommended instead of another."""

    TESTED_ON_ONE = "It was tested on only 1 digit: too few to tell which model is better."
    TESTED_ON_FEW = "It was tested on only {digits} digits: too few to tell which model is better."
    TESTS_CHANGED = "Its test digits have changed since then: the two cannot be compared."
    UNKNOWN_ON_MNIST = "Its accuracy on MNIST's test set is not known."
    NO_MORE_OF_YOURS = "It reads no more of your digits than before."
    WORSE_ON_MNIST = "It is less accurate on MNIST's test set: {accuracy} instead of {other}."


class Export(Template):
    """How other programs use an exported network."""

    USAGE = "It takes 28×28 pixels from 0 to 1, a white digit on black."
    USAGE_NO_DIGIT = (
        "It takes 28×28 pixels from 0 to 1, a white digit on black, and answers “no digit” besides the ten digits."
    )
    ANSWERS = "10 probabilities, of the digits 0 to 9"
    ANSWERS_NO_DIGIT = "11 probabilities: of the digits 0 to 9, and of “no digit”"
    NOTE = """{name}, exported from DigitPad

The network takes float32 images of the shape (n, 28, 28, 1), with pixels from 0 to 1 (not to 255): a white digit on
black, placed as in MNIST. It answers each with {answers}.

    from pathlib import Path
    import keras

    network = keras.models.model_from_json(Path("{architecture}").read_text())
    network.load_weights("{weights}")
    answers = network.predict(images.reshape(-1, 28, 28, 1) / 255)  # images as in MNIST, 0 to 255

Keras 3.4 or later opens it.
"""
