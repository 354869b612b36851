"""The results that tutorials show once their network is trained, for the presets that follow them."""

from dataclasses import dataclass

from core.training.presets import Preset, TutorialResult
from core.wording.messages import Message
from core.wording.percentages import counted_accuracy_text
from core.wording.run_messages import Ending


@dataclass(frozen=True, slots=True)
class NetworkTest:
    """The result of a network on its test digits.

    `accuracy` is that on `images` digits, `loss` the preset's own, `first` the label of the first test digit,
    `first_guess` the network's answer for it.
    """

    images: int
    accuracy: float
    loss: float
    first: int
    first_guess: int


def ending_notes(preset: Preset, tested: NetworkTest) -> tuple[Message, ...]:
    """The results that the tutorial of `preset` shows; none for DigitPad's own presets."""
    return tuple(_note(showing, tested) for showing in preset.ending)


def _note(showing: TutorialResult, tested: NetworkTest) -> Message:
    accuracy = counted_accuracy_text(tested.accuracy, tested.images)
    match showing:
        case TutorialResult.LOSS_AND_ACCURACY:
            return Ending.LOSS_AND_ACCURACY(loss=tested.loss, accuracy=accuracy)
        case TutorialResult.PERCENT_CORRECT:
            return Ending.PERCENT_CORRECT(accuracy=accuracy)
        case TutorialResult.FIRST_PREDICTION:
            ending = Ending.FIRST_VALID if tested.first == tested.first_guess else Ending.FIRST_NOT_VALID
            return ending(first=tested.first, guess=tested.first_guess)
