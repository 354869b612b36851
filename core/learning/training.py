"""Train a network with Keras's own `fit`, reporting progress and checking for a stop between batches.

Import only after `core.learning.backend.load_tensorflow`.
"""

import math
from dataclasses import asdict, dataclass
from typing import Any

import keras
import numpy as np

from core.errors import TrainingError
from core.ink.arrays import FloatArray
from core.learning.batching import VALIDATION_BATCH, training_batches, validation_batches
from core.learning.batchwise import Tally
from core.learning.distillation import TEACHERS_SHARE, build_learner
from core.learning.engine_choice import choose_engine
from core.learning.epoch_snapshots import EpochSnapshots
from core.learning.learning_rates import change_learning_rate
from core.learning.opening import take_weights
from core.learning.pad_guess import PadGuess
from core.training.context import RunContext
from core.training.engines import ENGINES, EngineChoice
from core.training.events import EpochDone, RateChanged, RunStarted
from core.training.plan import TrainingPlan
from core.training.progress import Progress
from core.wording.messages import Message
from core.wording.percentages import counted_accuracy_text
from core.wording.run_messages import Note, Question
from core.wording.training_problems import TrainingProblem


@dataclass(frozen=True, slots=True, eq=False)
class BestEpoch:
    """The epoch to go back to when a run is stopped: the latest of those with the best validation accuracy."""

    epoch: int
    validation_accuracy: float | None
    validation_images: int
    score: tuple[float, int]
    weights: list[FloatArray]

    def question(self) -> Message:
        """The question whether to keep it."""
        if self.validation_accuracy is None:
            return Question.KEEP_BEST(epoch=self.epoch)
        right = counted_accuracy_text(self.validation_accuracy, self.validation_images)
        return Question.KEEP_BEST_VALIDATED(epoch=self.epoch, right=right)


def prepare_training(plan: TrainingPlan, context: RunContext) -> "Training":
    """Choose the engine, seed this thread's Keras, and build the network.

    Raises
    ------
    RunStopped
        After a stop while engines are measured.
    ModelError, TrainingError
        When a teacher or the model to continue cannot be opened, or does not fit.
    """
    engine = choose_engine(plan, context)
    keras.utils.set_random_seed(plan.spec.seed)  # Keras keeps it for each thread
    return Training(plan, engine, context)


class Training:
    """The training of one network.

    Attributes
    ----------
    engine
        The engine and how it was chosen.
    network
        keras.Model, compiled.
    history
        One record for each finished epoch, ready for JSON.
    best
        The best finished epoch so far.
    """

    def __init__(self, plan: TrainingPlan, engine: EngineChoice, context: RunContext) -> None:
        self._plan = plan
        self._spec = spec = plan.spec
        self._material = material = plan.material
        self.engine = engine
        self._validation = material.validation
        self._context = context
        self._control, self._emit, self._clock = context.control, context.emit, context.clock
        self._progress = Progress(
            self._emit, self._clock, images=len(material), batch_size=spec.batch_size, epochs=spec.epochs
        )
        steps = spec.epochs * self._progress.batches_per_epoch
        way = ENGINES[engine.engine]
        self.network = build_learner(spec.preset, spec.learning_rate, way, plan.teachers, steps=steps)
        if plan.start:
            take_weights(self.network, plan.start)
        self.history: list[dict[str, Any]] = []
        self.best: BestEpoch | None = None
        self._pad = PadGuess(self.network, context)
        self._snapshots = EpochSnapshots(self.network, plan, context)
        self._rate = spec.learning_rate
        self._rate_changes: list[RateChanged] = []
        self._epoch_began = self._batches_ended = 0.0
        self._trained, self._validated = Tally(), Tally()

    def announce(self) -> None:
        """Emit `RunStarted`, with notes on the data and the other material."""
        data = self._plan.data
        material: tuple[Message, ...] = (*self._material.notes(), *self._teaching_notes())
        if material:
            material = (Note.FROM_DATA(digits=self._material.counts["data"], data=data.name), *material)
        start = self._plan.start
        if start:
            material = (Note.CONTINUES(name=start.card.name), *self._plan.leak(), *material)
        started = RunStarted(
            preset=self._spec.preset.name,
            parameters=self.network.count_params(),
            train_images=len(self._material),
            validation_images=len(self._validation),
            test_images=len(data.test),
            epochs=self._spec.epochs,
            batches_per_epoch=self._progress.batches_per_epoch,
            batch_size=self._spec.batch_size,
            seed=self._spec.seed,
            notes=data.notes,
            material=material,
            engine=self.engine.note(),
        )
        self._emit(started)

    def _teaching_notes(self) -> tuple[Message, ...]:
        teachers = " and ".join(f"“{bundle.card.name}”" for bundle in self._plan.teachers)
        return (Note.TAUGHT(share=100 * TEACHERS_SHARE, teachers=teachers),) if teachers else ()

    def run(self) -> None:
        """Train through all epochs.

        Raises
        ------
        RunStopped
            Within a batch after a stop.
        TrainingError
            When the loss or a weight is no longer finite.
        """
        spec = self._spec
        batches = training_batches(
            self._material.images,
            self._material.labels,
            batch_size=spec.batch_size,
            seed=spec.seed,
            one_hot=spec.preset.one_hot,
            varied_share=spec.varied_share,
            classes=self._material.classes,
        )
        validation = None
        if len(self._validation):
            images, labels = self._validation.images, self._validation.labels
            classes = self._material.classes
            validation = validation_batches(images, labels, one_hot=spec.preset.one_hot, classes=classes)
        listener = keras.callbacks.LambdaCallback(
            on_epoch_begin=self._on_epoch_begin,
            on_epoch_end=self._on_epoch_end,
            on_train_batch_begin=self._on_train_batch_begin,
            on_train_batch_end=self._on_train_batch_end,
            on_test_batch_end=self._on_test_batch_end,
        )
        self._snapshots.begin()
        with self._control.looking(self._pad.guess):
            self.network.fit(
                batches,
                epochs=spec.epochs,
                steps_per_epoch=self._progress.batches_per_epoch,
                validation_data=validation,
                callbacks=[listener],
                shuffle=False,  # the batches are shuffled already
                verbose=0,
            )

    def go_back(self, best: BestEpoch) -> None:
        """Restore the weights of `best`, and remove later epochs from the history."""
        self.network.set_weights(best.weights)
        del self.history[best.epoch :]

    def _on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self._epoch_began = self._batches_ended = self._clock()
        self._trained, self._validated = Tally(), Tally()
        self._rate_changes = []
        self._progress.epoch_began(epoch + 1)

    def _on_train_batch_begin(self, batch: int, logs: dict[str, float] | None = None) -> None:
        rate = self._control.take_learning_rate()
        if rate is None or rate == self._rate:
            return
        self._rate = rate
        change_learning_rate(self.network.optimizer, rate, planned=self._spec.learning_rate)
        changed = RateChanged(len(self.history) + 1, batch + 1, rate)
        self._rate_changes.append(changed)
        self._emit(changed)

    def _on_train_batch_end(self, batch: int, logs: dict[str, float]) -> None:
        if not math.isfinite(logs["batch_loss"]):
            raise self._diverged()
        self._trained.add(logs, self._progress.batch_done(logs["batch_loss"], logs["batch_accuracy"]))
        self._control.batch_done()
        self._between_batches()
        self._batches_ended = self._clock()

    def _on_test_batch_end(self, batch: int, logs: dict[str, float]) -> None:
        self._validated.add(logs, min(VALIDATION_BATCH, len(self._validation) - batch * VALIDATION_BATCH))
        self._between_batches()

    def _on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        weights = self.network.get_weights()
        if not all(np.isfinite(array).all() for array in weights):  # the last batch can make them infinite
            raise self._diverged()
        now = self._clock()
        self._progress.epoch_done(seconds_beside_batches=now - self._batches_ended)
        done = EpochDone(
            epoch=epoch + 1,
            loss=self._trained.loss,
            accuracy=self._trained.accuracy,
            validation_loss=None if self._validated.is_empty else self._validated.loss,
            validation_accuracy=None if self._validated.is_empty else self._validated.accuracy,
            seconds=now - self._epoch_began,
        )
        changes = {"rate_changes": [asdict(change) for change in self._rate_changes]} if self._rate_changes else {}
        self.history.append(asdict(done) | changes)
        self._remember(done, weights)
        self._snapshots.take(done.epoch, weights)
        self._emit(done)
        self._between_batches()

    def _remember(self, done: EpochDone, weights: list[FloatArray]) -> None:
        score = (done.validation_accuracy or 0.0, done.epoch)
        if self.best is None or score > self.best.score:
            self.best = BestEpoch(done.epoch, done.validation_accuracy, len(self._validation), score, weights)

    def _diverged(self) -> TrainingError:
        return TrainingError(TrainingProblem.DIVERGED, rate=self._rate)

    def _between_batches(self) -> None:
        """Guess at the digit on the pad from time to time; wait in a pause; raise RunStopped after a stop."""
        self._pad.now_and_then()
        if self._control.is_slow:
            self._progress.flush()
        self._context.checkpoint()
