"""Carry out a training run: one plain function, the same for the window and the command line."""

from dataclasses import replace
from typing import TYPE_CHECKING

from core.datasets.loading import load_digits
from core.errors import DigitPadError, TrainingError
from core.learning.backend import load_tensorflow
from core.learning.progress import WorkClock
from core.models.library import ModelLibrary
from core.training.control import RunStopped, TrainingControl
from core.training.engines import KnownEngines
from core.training.events import ChoiceNeeded, ChoiceReason, Emit, Outcome, RunEnded, StageBegan, StageProgress
from core.training.material import gather_material
from core.training.plan import Lesson, find_start, find_teachers
from core.training.spec import CompleteSpec, TrainingSpec

if TYPE_CHECKING:
    from core.learning.finishing import FinishedModel, TrainedNetwork
    from core.learning.training import Training


def fit(
    spec: TrainingSpec,
    control: TrainingControl,
    emit: Emit,
    library: ModelLibrary,
    engines: KnownEngines | None = None,
) -> RunEnded:
    """Train as `spec` says and put the result into `library`.

    Works in the calling thread, which owns the network all along. The same spec gives the same network, bit for bit,
    on the same machine with the same libraries and engine.

    Parameters
    ----------
    control
        Paused, resumed and stopped by others while the run goes on. A stop acts while the data is read, within a few
        hundred synthesised drawings, and within one batch, also inside validation; when an epoch was finished by then,
        the run asks whether to keep the best one (`ChoiceNeeded`).
    emit
        Called in this thread with every event, last with the `RunEnded` that is also returned.
    engines
        Where it is remembered which engine was fastest on this machine; None measures it for every long run anew.

    Raises
    ------
    DataSetError
        When the data or the file of real ink cannot be used.
    StorageError
        When the library cannot be written: known before training starts, or, when the disk filled up meanwhile, after
        the user gave up saving.
    TrainingError
        When the loss is no number any more, and no epoch before is to be kept; when a teacher does not answer
        as it should, or the model to go on from is another network.
    ModelError
        When another model has that name, or a teacher or the model to go on from is not there or cannot be opened; when
        the compiled network does not
        agree with Keras, and the user gave up trying.
    """
    clock = WorkClock()
    began = clock()
    complete = spec.completed()
    teachers, start = find_teachers(complete, library), find_start(complete, library)
    if complete.name:  # said now, and not only when the training is over
        library.require_free_name(complete.name)
    library.require_room()
    checkpoint = clock.stopped()(control.checkpoint)  # a pause takes no time
    try:
        emit(StageBegan("Reading the digits"))
        data = load_digits(complete.data, checkpoint=checkpoint)
        checkpoint()
        if stage := _material_stage(complete):
            emit(StageBegan(stage))
        material = gather_material(
            complete, data, checkpoint=checkpoint, progress=lambda done, total: emit(StageProgress(done, total))
        )
        checkpoint()
        emit(StageBegan("Loading TensorFlow"))
        load_tensorflow(checkpoint=checkpoint)
        checkpoint()
        ended = _run(Lesson(complete, data, material, teachers, start), control, emit, library, clock, engines)
    except RunStopped:
        ended = _NOTHING_KEPT
    ended = replace(ended, seconds=clock() - began)
    emit(ended)
    return ended


def _material_stage(spec: CompleteSpec) -> str:
    """What putting the material together mostly consists of; "" when it takes no time."""
    if spec.synthesize:
        return "Writing more digits, as other hands would"
    if spec.preset.learns_no_digit:
        return "Drawing what is no digit"
    return "Reading real writers' ink" if spec.ink else ""


def _run(
    lesson: Lesson,
    control: TrainingControl,
    emit: Emit,
    library: ModelLibrary,
    clock: WorkClock,
    engines: KnownEngines | None,
) -> RunEnded:
    """Train, and finish what came of it. Raises RunStopped when nothing is to be kept."""
    import keras

    from core.learning.finishing import TrainedNetwork
    from core.learning.networks import plain_network
    from core.learning.training import prepare_training

    try:
        training = prepare_training(lesson, control, emit, clock, engines)
        outcome = _train(training, control, emit, clock)
        network = plain_network(lesson.spec.preset, training.network)
        trained = TrainedNetwork(network, lesson, training.engine.engine, training.history)
        finished = _finish(trained, control, emit, library, clock)
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


def _train(training: "Training", control: TrainingControl, emit: Emit, clock: WorkClock) -> Outcome:
    """Train to the end, or go back to the best epoch of what there is. Raises RunStopped, TrainingError."""
    try:
        control.checkpoint()
        training.announce()
        training.run()
        return Outcome.COMPLETED
    except (RunStopped, TrainingError) as end:
        if training.best is None:
            raise
        question = f"Keep the network as it was after {training.best.describe()}?"
        sentence = f"{end} {question}" if isinstance(end, TrainingError) else question
        if not _ask(ChoiceNeeded(ChoiceReason.STOPPED, sentence), control, emit, clock):
            raise
        training.go_back(training.best)
        return Outcome.STOPPED_KEPT


def _finish(
    trained: "TrainedNetwork", control: TrainingControl, emit: Emit, library: ModelLibrary, clock: WorkClock
) -> "FinishedModel":
    """Save, and as long as that fails but the user wants to, try again: training took too long to be lost."""
    from core.learning.finishing import finish

    while True:
        try:
            return finish(trained, library, emit)
        except DigitPadError as error:
            if not _ask(ChoiceNeeded(ChoiceReason.SAVE_FAILED, f"{error} Try again?"), control, emit, clock):
                raise


def _ask(choice: ChoiceNeeded, control: TrainingControl, emit: Emit, clock: WorkClock) -> bool:
    emit(choice)
    with clock.stopped():
        return control.wait_for_choice()


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
