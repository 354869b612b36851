"""What the tutorials show once their network is trained: the presets that follow them say it, too."""

from dataclasses import dataclass

from core.training.presets import Preset, Showing
from core.wording.messages import Message
from core.wording.percentages import counted_accuracy_text
from core.wording.run_messages import Ending


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


def ending_notes(preset: Preset, tested: NetworkTest) -> tuple[Message, ...]:
    """What the tutorial of `preset` would show; nothing for DigitPad's own presets."""
    return tuple(_note(showing, tested) for showing in preset.ending)


def _note(showing: Showing, tested: NetworkTest) -> Message:
    accuracy = counted_accuracy_text(tested.accuracy, tested.images)
    match showing:
        case Showing.LOSS_AND_ACCURACY:
            return Ending.LOSS_AND_ACCURACY(loss=tested.loss, accuracy=accuracy)
        case Showing.PERCENT_CORRECT:
            return Ending.PERCENT_CORRECT(accuracy=accuracy)
        case Showing.FIRST_PREDICTION:
            ending = Ending.FIRST_VALID if tested.first == tested.first_guess else Ending.FIRST_NOT_VALID
            return ending(first=tested.first, guess=tested.first_guess)
