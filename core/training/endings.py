"""What the tutorials show once their network is trained, in sentences: the presets that follow them say it too."""

from dataclasses import dataclass

from core.training.presets import Ending, Preset
from core.wording.percentages import counted_accuracy_text


@dataclass(frozen=True, slots=True)
class NetworkTest:
    """How a network did on its test digits.

    `accuracy` is that of `images` digits, `loss` the preset's own, `first` the label of the first test digit,
    `first_guess` what it is read as.
    """

    images: int
    accuracy: float
    loss: float
    first: int
    first_guess: int


def ending_notes(preset: Preset, tested: NetworkTest) -> tuple[str, ...]:
    """What the tutorial of `preset` would show, a sentence each; nothing for DigitPad's own presets."""
    return tuple(_note(ending, tested) for ending in preset.ending)


def _note(ending: Ending, tested: NetworkTest) -> str:
    accuracy = counted_accuracy_text(tested.accuracy, tested.images)
    match ending:
        case Ending.LOSS_AND_ACCURACY:
            return f"Test loss {tested.loss:.4f}, test accuracy {accuracy}."
        case Ending.PERCENT_CORRECT:
            return f"Percent correct: {accuracy}."
        case Ending.FIRST_PREDICTION:
            verdict = "valid" if tested.first == tested.first_guess else "not valid"
            return f"The first test digit is a {tested.first} and is read as {tested.first_guess}: {verdict}."
