"""Earlier runs, as far as the cards of their models, or this session of the window, know them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core.datasets.mnist import read_mnist_name
from core.datasets.my_digits_choice import read_choice
from core.errors import DigitPadError
from core.models.card import ModelCard, Score
from core.models.library import DamagedBundle, ModelBundle
from core.training.events import EpochDone, RateChanged, RunEnded, RunStarted
from core.training.presets import PRESETS
from core.training.spec import TrainingSpec
from core.wording.names import shortened
from core.wording.run_messages import RunState

LONGEST_DATA = 60


@dataclass(frozen=True, slots=True)
class PastEpoch:
    """The results of an epoch; validation is None without validation digits."""

    epoch: int
    loss: float
    accuracy: float
    validation_loss: float | None = None
    validation_accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run that is over.

    Attributes
    ----------
    key
        What tells it from all others: the folder of its model, or a number in this session.
    name
        The name of its model; for a run without a model, that of its network.
    ended
        When it ended, in local time; None if its card does not say.
    spec
        The settings it had, without a name.
    data
        The name of its data for people.
    epochs
        Its finished epochs.
    test
        The result on its test digits; None without a model.
    seconds
        The time of its epochs.
    state
        What became of it, in a few words; "" for a model.
    not_again
        Why no run can be started with the same settings in the window; "" if one can.
    rate_changes
        How often the learning rate was changed while it ran.
    """

    key: str
    name: str
    ended: datetime | None
    spec: TrainingSpec
    data: str
    epochs: tuple[PastEpoch, ...]
    test: Score | None = None
    seconds: float = 0.0
    state: str = ""
    not_again: str = ""
    rate_changes: int = 0

    @property
    def validation_accuracy(self) -> float | None:
        """That of its last epoch."""
        return self.epochs[-1].validation_accuracy if self.epochs else None


def runs_in(entries: Sequence[ModelBundle | DamagedBundle]) -> list[PastRun]:
    """The runs that trained the user's own models among `entries`, in their order."""
    bundles = [entry for entry in entries if isinstance(entry, ModelBundle) and not entry.is_shipped]
    return [run for bundle in bundles if (run := run_of(bundle)) is not None]


def run_of(bundle: ModelBundle) -> PastRun | None:
    """The run that trained `bundle`; None where its card does not hold one, as after teaching. Cards are untrusted."""
    card = bundle.card
    epochs = tuple(epoch for record in card.history if (epoch := _epoch(record)) is not None)
    spec = _spec(card)
    if spec is None or not epochs:
        return None
    return PastRun(
        key=str(bundle.folder),
        name=card.name,
        ended=_local_time(card.created),
        spec=spec,
        data=_data_name(card.data, spec.data),
        epochs=epochs,
        test=card.test,
        seconds=sum(_number(record.get("seconds")) or 0.0 for record in card.history),
        not_again=_why_not_again(card.data),
        rate_changes=sum(len(changes) for changes in map(_rate_changes, card.history)),
    )


class RunRecord:
    """Takes down a run of this session while it goes on."""

    def __init__(self, key: str, spec: TrainingSpec) -> None:
        self._key = key
        self._spec = spec
        self._epochs: list[PastEpoch] = []
        self._seconds = 0.0
        self._rate_changes = 0
        self.has_begun = False

    def take(self, event: object) -> None:
        """Take what the run emits."""
        match event:
            case RunStarted():
                self.has_begun = True
            case RateChanged():
                self._rate_changes += 1
            case EpochDone():
                self._seconds += event.seconds
                validation = event.validation_loss, event.validation_accuracy
                self._epochs.append(PastEpoch(event.epoch, event.loss, event.accuracy, *validation))

    def ended(self, ended: RunEnded | None) -> PastRun | None:
        """The run without a model that is over, by an error if `ended` is None; None where it left a model or nothing.

        A run that left a model is in the library.
        """
        if not self.has_begun or (ended is not None and ended.model is not None):
            return None
        state = RunState.FAILED if ended is None else RunState.STOPPED
        return PastRun(
            key=self._key,
            name=PRESETS[self._spec.preset].title,
            ended=datetime.now(),
            spec=self._spec,
            data=_data_name({}, self._spec.data),
            epochs=tuple(self._epochs),
            seconds=self._seconds,
            state=str(state(epoch=len(self._epochs) + 1)),
            rate_changes=self._rate_changes,
        )


def _epoch(record: Mapping[str, Any]) -> PastEpoch | None:
    numbers = {name: _number(record.get(name)) for name in PastEpoch.__slots__}
    epoch, loss, accuracy = (numbers.pop(name) for name in ("epoch", "loss", "accuracy"))
    if epoch is None or loss is None or accuracy is None:
        return None
    return PastEpoch(int(epoch), loss, accuracy, **numbers)


def _number(value: Any) -> float | None:
    """`value` if it is a finite number that can be shown."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and math.isfinite(value) and abs(value) < 1e12 else None


def _rate_changes(record: Mapping[str, Any]) -> list[Any]:
    changes = record.get("rate_changes")
    return changes if isinstance(changes, list) else []


def _spec(card: ModelCard) -> TrainingSpec | None:
    settings, origins = card.settings, card.data.get("origins")
    try:
        return TrainingSpec(
            preset=card.preset,
            data=str(card.data["source"]),
            epochs=int(settings["epochs"]),
            batch_size=int(settings["batch_size"]),
            learning_rate=float(settings["learning_rate"]),
            validation_share=float(settings["validation_share"]),
            seed=card.seed,
            augment=bool(settings["augment"]),
            synthesize=isinstance(origins, dict) and "synthesized" in origins,
        )
    except (DigitPadError, KeyError, TypeError, ValueError, OverflowError):
        return None


def _data_name(data: Mapping[str, Any], source: str) -> str:
    name, mnist = data.get("name"), read_mnist_name(source)
    if isinstance(name, str) and name.strip():
        return shortened(name, LONGEST_DATA)
    if mnist is not None:
        return mnist.name
    return str(RunState.MY_DIGITS()) if read_choice(source) is not None else shortened(Path(source).name, LONGEST_DATA)


def _why_not_again(data: Mapping[str, Any]) -> str:
    start = data.get("start")
    if isinstance(start, dict):
        return str(RunState.CONTINUED(name=shortened(start.get("name"), LONGEST_DATA)))
    return str(RunState.ONLY_BY_COMMAND()) if data.get("teachers") or data.get("real_ink") else ""


def _local_time(created: str) -> datetime | None:
    try:
        return datetime.fromisoformat(created).astimezone().replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return None
