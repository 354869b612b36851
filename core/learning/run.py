"""Run a training: one plain function, the same for the window and the command line."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.datasets.source import TestDigits
from core.errors import DigitPadError, TrainingError
from core.learning.backend import load_tensorflow
from core.models.library import ModelLibrary
from core.training.context import RunContext
from core.training.control import RunStopped, TrainingControl
from core.training.engines import KnownEngines
from core.training.events import ChoiceNeeded, ChoiceReason, Emit, Outcome, RunEnded, StageBegan
from core.training.plan import TrainingPlan, make_plan
from core.training.spec import TrainingSpec
from core.wording.run_messages import Question, Stage

if TYPE_CHECKING:
    from core.learning.finishing import FinishedModel, TrainedNetwork
    from core.learning.training import Training


def fit(
    spec: TrainingSpec,
    control: TrainingControl,
    emit: Emit,
    library: ModelLibrary,
    engines: KnownEngines | None = None,
    digits: Path | None = None,
) -> RunEnded:
    """Train according to `spec` and save the model in `library`.

    Works in the calling thread, which owns the network. The same spec gives the same network, bit for bit, on the same
    machine with the same libraries and engine.

    Parameters
    ----------
    control
        Pauses, resumes and stops the run from other threads. A stop takes effect while data is read, within a few
        hundred synthesised drawings, and within one batch, also in validation; if an epoch is complete by then, the run
        asks whether to keep the best one (`ChoiceNeeded`).
    emit
        Called in this thread with every event, the last of which is the returned `RunEnded`.
    engines
        The engines measured on this machine; None measures them in every long run.
    digits
        The store of the user's own digits; None for the one in DigitPad's data folder.

    Raises
    ------
    DataSetError
        When the data or the file of real ink cannot be used.
    StorageError
        When the library cannot be written: before training starts, or, when the disk filled up meanwhile, after the
        user has given up saving.
    TrainingError
        When the training diverged, and no earlier epoch is kept; when a teacher or the model to continue does not fit.
    ModelError
        When another model has that name, or a teacher or the model to continue is missing or cannot be opened; when the
        compiled network does not agree with Keras, and the user has given up saving.
    """
    context = RunContext(control, emit, library, engines, digits)
    began = context.clock()
    try:
        plan = make_plan(spec.completed(), context)
        control.tests = TestDigits(plan.data.test, plan.data.test_origin, plan.data.notes)
        ended = _run(plan, context)
    except RunStopped:
        ended = _NOTHING_KEPT
    ended = replace(ended, seconds=context.clock() - began)
    emit(ended)
    return ended


def _run(plan: TrainingPlan, context: RunContext) -> RunEnded:
    """Train and finish the network. Raises RunStopped when nothing is kept."""
    context.emit(StageBegan(Stage.LOADING_TENSORFLOW))
    load_tensorflow(checkpoint=context.checkpoint)
    context.checkpoint()
    import keras

    from core.learning.finishing import TrainedNetwork
    from core.learning.networks import plain_network
    from core.learning.training import prepare_training

    try:
        training = prepare_training(plan, context)
        outcome = _train(training, context)
        network = plain_network(plan.spec.preset, training.network)
        finished = _finish(TrainedNetwork(network, plan, training.engine.engine, training.history), context)
    finally:
        keras.backend.clear_session()
    return RunEnded(
        outcome=outcome,
        model=finished.bundle.slug,
        name=finished.bundle.card.name,
        test_images=finished.test.images,
        test_mistakes=finished.test.mistakes,
        test_accuracy=finished.test.accuracy,
        test_loss=finished.test_loss,
        seconds=0.0,
        notes=finished.notes,
        ending=finished.ending,
    )


def _train(training: "Training", context: RunContext) -> Outcome:
    """Train to the end, or go back to the best epoch so far. Raises RunStopped, TrainingError."""
    try:
        context.control.checkpoint()
        training.announce()
        training.run()
        return Outcome.COMPLETED
    except (RunStopped, TrainingError) as end:
        if training.best is None:
            raise
        question = training.best.question()
        if isinstance(end, TrainingError):
            question = Question.KEEP_BEST_AFTER(problem=end, question=question)
        if not context.ask(ChoiceNeeded(ChoiceReason.STOPPED, question)):
            raise
        training.go_back(training.best)
        return Outcome.STOPPED_KEPT


def _finish(trained: "TrainedNetwork", context: RunContext) -> "FinishedModel":
    """Finish and save; if that fails, try again as long as the user wants: training took too long to be lost."""
    from core.learning.finishing import finish

    while True:
        try:
            return finish(trained, context)
        except DigitPadError as error:
            if not context.ask(ChoiceNeeded(ChoiceReason.SAVE_FAILED, Question.TRY_AGAIN(problem=error))):
                raise


_NOTHING_KEPT = RunEnded(
    outcome=Outcome.STOPPED,
    model=None,
    name=None,
    test_images=0,
    test_mistakes=None,
    test_accuracy=None,
    test_loss=None,
    seconds=0.0,
)
