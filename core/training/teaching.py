"""What teaching is, without Keras: go on from a model with the user's own digits, and compare what both read."""

from collections.abc import Callable
from dataclasses import dataclass

from core.errors import TrainingError
from core.models.library import SHIPPED_MODEL
from core.models.names import chosen_name
from core.recognition.recommendation import Recommendation
from core.training.events import StageBegan
from core.training.spec import MAX_EPOCHS
from core.wording.messages import Message
from core.wording.training_problems import TrainingProblem


@dataclass(frozen=True, slots=True)
class TeachingRequest:
    """What to teach.

    Attributes
    ----------
    start
        Name or folder of the model to go on from.
    name
        The name of the taught model, which no other has; "" for a default.
    writer
        Whose digits to learn; None for all.
    epochs
        How often to go through the digits; None for the usual number.
    seed
        Of all random choices.

    Raises
    ------
    TrainingError, ModelError
        When the number of epochs or the name is out of bounds.
    """

    start: str = SHIPPED_MODEL
    name: str = ""
    writer: str | None = None
    epochs: int | None = None
    seed: int = 1

    def __post_init__(self) -> None:
        if self.epochs is not None and not 1 <= self.epochs <= MAX_EPOCHS:
            raise TrainingError(TrainingProblem.EPOCHS, most=MAX_EPOCHS)
        if self.name:
            object.__setattr__(self, "name", chosen_name(self.name))


@dataclass(frozen=True, slots=True)
class TeachingProgress:
    """An event: the share of the whole work that is done, in [0, 1], and about how many seconds are left, if known."""

    share: float
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many of the same digits the model read before it was taught, and how many after.

    `how` says how this was measured, where that has to be said; `images` is 0 where nothing could be measured.
    """

    images: int
    right_before: int
    right_after: int
    how: Message | None = None


@dataclass(frozen=True, slots=True)
class ChangedSample:
    """A sample that is read as something else now: its number in the store, its label, and both answers."""

    sample: int
    label: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Taught:
    """The last event: the taught model is saved.

    Attributes
    ----------
    model, name
        Slug and name of the new bundle.
    own
        On the user's digits; after teaching each is read by a network that did not learn it.
    others
        On MNIST's test set.
    changed
        The user's digits that the two networks of `own` read differently.
    recommendation
        Whether to use the new model.
    verdict
        The result in a sentence: "Reads 49 of 50 of yours (before 44), others as well as before."
    seconds
        From start to end.
    notes
        On what was unusual.
    """

    model: str
    name: str
    own: Comparison
    others: Comparison
    changed: tuple[ChangedSample, ...]
    recommendation: Recommendation
    verdict: Message
    seconds: float
    notes: tuple[Message, ...] = ()


TeachingEvent = StageBegan | TeachingProgress | Taught
EmitTeaching = Callable[[TeachingEvent], None]
