"""What the tutorials show at their end."""

from core.training.presets import PRESETS
from core.training.tutorial_results import NetworkTest, ending_notes
from core.wording.messages import sentences


def test_each_preset_ends_as_its_tutorial() -> None:
    tested = NetworkTest(images=10_000, accuracy=0.9802, loss=0.10434, first=7, first_guess=7)
    assert {name: sentences(ending_notes(preset, tested)) for name, preset in PRESETS.items()} == {
        "digitpad": (),
        "quick": (),
        "keras-cnn": ("Test loss 0.1043, test accuracy 98.02 % of 10,000.",),
        "tf2-cnn": ("Percent correct: 98.02 % of 10,000.",),
        "dense": (
            "Test loss 0.1043, test accuracy 98.02 % of 10,000.",
            "The first test digit is a 7 and is read as 7: valid.",
        ),
        "starter-cnn": (),
    }


def test_a_wrong_prediction_is_not_valid() -> None:
    tested = NetworkTest(images=10_000, accuracy=0.5, loss=1.0, first=7, first_guess=2)
    assert str(ending_notes(PRESETS["dense"], tested)[1]) == "The first test digit is a 7 and is read as 2: not valid."
