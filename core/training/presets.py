"""The presets: networks that can be trained, as plain data; `core.learning.networks` builds them."""

from dataclasses import dataclass
from enum import Enum, auto

from core.training.engines import Engine

CONTINUED_RATE_SHARE = 1 / 4
"""Share of a preset's learning rate for a network that is already trained, so that it does not forget."""


class TutorialResult(Enum):
    """What a tutorial shows once its network is trained."""

    LOSS_AND_ACCURACY = auto()
    PERCENT_CORRECT = auto()
    FIRST_PREDICTION = auto()
    """What the first test digit is read as, beside its label."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A network and how it is trained.

    Attributes
    ----------
    name
        Its name on the command line.
    title
        Its name in the window.
    layers
        The network in one line, for people.
    loss, optimizer
        Keras's names of the loss function and the optimiser.
    learning_rate
        The optimiser's (peak) learning rate.
    batch_size, epochs
        Defaults of a run.
    validation_share
        Default share of the training digits for validation. The tutorials train on all digits and validate on the test
        set, which DigitPad never does: they have no validation.
    augment
        Whether training digits are augmented by default.
    varied_share
        Share of the digits that augmentation varies: a network that only sees varied digits is less accurate on real
        ones, and augmentation takes time.
    one_hot
        Whether the loss takes one-hot labels instead of numbers.
    documented
        The result that the network's source documents, one line; empty for DigitPad's own networks.
    measured
        The measured result of DigitPad's own networks, one line.
    ending
        What the network's source shows at its end, and a run says then too.
    label_smoothing
        Share of each one-hot label that is spread over all classes.
    one_cycle
        Whether the learning rate rises to its peak and falls to zero within the run, instead of being constant.
    synthesized_share
        Number of synthesised digits, as a share of the training digits.
    no_digit_share
        Number of synthesised non-digits, as a share of the training digits. Above 0 the network has an eleventh class,
        “no digit”.
    mixed_precision
        Whether it may be trained in bfloat16, because the result is as good; the saved network is float32.
    """

    name: str
    title: str
    layers: str
    loss: str
    optimizer: str
    learning_rate: float
    batch_size: int
    epochs: int
    one_hot: bool
    documented: str = ""
    measured: str = ""
    ending: tuple[TutorialResult, ...] = ()
    validation_share: float = 0.0
    augment: bool = False
    varied_share: float = 0.6
    label_smoothing: float = 0.0
    one_cycle: bool = False
    synthesized_share: float = 0.0
    no_digit_share: float = 0.0
    mixed_precision: bool = False

    def allows(self, engine: Engine) -> bool:
        """Whether the network may be trained with `engine`."""
        return self.mixed_precision or engine.precision == "float32"

    @property
    def learns_no_digit(self) -> bool:
        return self.no_digit_share > 0

    def usual_learning_rate(self, *, continued: bool) -> float:
        """The default (peak) learning rate, for new weights or for a `continued` model."""
        return CONTINUED_RATE_SHARE * self.learning_rate if continued else self.learning_rate


PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(
            name="digitpad",
            title="DigitPad",
            layers="6 convolutions, 3 with batch normalisation, global average, dense 11",
            loss="categorical_crossentropy",
            optimizer="adamw",
            learning_rate=0.004,
            batch_size=128,
            epochs=26,
            one_hot=True,
            validation_share=0.05,
            augment=True,
            label_smoothing=0.02,
            one_cycle=True,
            synthesized_share=0.4,
            no_digit_share=0.2,
            mixed_precision=True,
            measured="99.62 % of MNIST's 10,000 test digits, seed 1",
        ),
        Preset(
            name="quick",
            title="Quick",
            layers="4 convolutions, 3 with batch normalisation, global average, dense 10",
            loss="categorical_crossentropy",
            optimizer="adamw",
            learning_rate=0.006,
            batch_size=256,
            epochs=3,
            one_hot=True,
            validation_share=0.05,
            augment=True,
            varied_share=0.15,
            one_cycle=True,
            mixed_precision=True,
            measured="99.27 % of MNIST's 10,000 test digits, mean of seeds 1 to 5",
        ),
        Preset(
            name="keras-cnn",
            title="Keras CNN",
            layers="conv 32, conv 64, max pool, dropout, dense 128, dropout, dense 10",
            loss="categorical_crossentropy",
            optimizer="adadelta",
            learning_rate=1.0,
            batch_size=128,
            epochs=12,
            one_hot=True,
            mixed_precision=True,
            documented="test loss 0.0236, accuracy 99.26 % after 12 epochs",
            ending=(TutorialResult.LOSS_AND_ACCURACY,),
        ),
        Preset(
            name="tf2-cnn",
            title="TensorFlow 2 CNN",
            layers="conv 32, conv 64, max pool, dropout, dense 128, dropout, dense 10 on raw 0-255",
            loss="binary_crossentropy",
            optimizer="rmsprop",
            learning_rate=0.001,
            batch_size=64,
            epochs=1,
            one_hot=True,
            mixed_precision=True,
            documented="97 % or more after one epoch",
            ending=(TutorialResult.PERCENT_CORRECT,),
        ),
        Preset(
            name="dense",
            title="Dense",
            layers="dense 128, dense 128, dense 10 on column-normalised pixels",
            loss="sparse_categorical_crossentropy",
            optimizer="adam",
            learning_rate=0.001,
            batch_size=32,
            epochs=4,
            one_hot=False,
            documented="the tutorial gives no result",
            ending=(TutorialResult.LOSS_AND_ACCURACY, TutorialResult.FIRST_PREDICTION),
        ),
        Preset(
            name="starter-cnn",
            title="Starter CNN",
            layers="conv 32, conv 32, max pool, dropout, dense 128, dropout, dense 10",
            loss="categorical_crossentropy",
            optimizer="adam",
            learning_rate=0.001,
            batch_size=32,
            epochs=10,
            one_hot=True,
            mixed_precision=True,
            documented="the tutorial gives no result",
        ),
    )
}

DEFAULT_PRESET = "digitpad"
