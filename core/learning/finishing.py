"""Turn a trained network into a bundle in the library: compile, calibrate, test, save.

Import only after `core.learning.backend.load_tensorflow`.
"""

import logging
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import keras
import numpy as np

from core.datasets.digit_sets import DigitSet
from core.datasets.mnist import MNIST_TEST_IMAGES, MNIST_TEST_ORIGIN, Mnist, load_mnist_test
from core.digits.arrays import CLASSES, Images, Probabilities
from core.errors import DataSetError, ModelError
from core.learning.card_facts import ancestor_facts, library_versions, move_model_files
from core.learning.compiling import write_model_files
from core.learning.distillation import TEACHERS_SHARE
from core.learning.explaining import write_explanation
from core.learning.networks import loss_function
from core.models.card import ModelCard, Score, Thresholds
from core.models.compiled import CompiledModel
from core.models.library import COMPILED_FILE, ModelBundle, ModelLibrary
from core.models.names import default_name
from core.recognition.evaluation import measure_accuracy
from core.recognition.own_samples import measure_reach
from core.recognition.recommendation import others_score
from core.system.processor import core_count
from core.system.safe_files import new_folder_aside
from core.training.context import RunContext
from core.training.events import Emit, StageBegan
from core.training.material import REAL_INK_REPEATS
from core.training.plan import TrainingPlan
from core.training.presets import Preset
from core.training.thresholds import calibrate
from core.training.tutorial_results import NetworkTest, ending_notes
from core.wording.messages import Message
from core.wording.percentages import counted_accuracy_text
from core.wording.run_messages import Note, Stage

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class TrainedNetwork:
    """The result of a training run, from which a bundle is made.

    `network` is a keras.Model from `plain_network`, `engine` the name of its engine, `history` has one record for each
    of its epochs.
    """

    network: Any
    plan: TrainingPlan
    engine: str
    history: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class FinishedModel:
    """A saved model and its result on the test digits; `test_loss` is the preset's loss without label smoothing.

    `notes` are on the model, `ending` are the results that its tutorial shows at its end.
    """

    bundle: ModelBundle
    test: Score
    test_loss: float
    notes: tuple[Message, ...]
    ending: tuple[Message, ...]


def finish(trained: TrainedNetwork, context: RunContext) -> FinishedModel:
    """Compile, calibrate, test and save. If it fails, nothing is left behind, and it may be tried again.

    Raises
    ------
    ModelError
        When the compiled network does not agree with Keras.
    StorageError
        When the library cannot be written.
    """
    plan, emit, library = trained.plan, context.emit, context.library
    test_digits = plan.data.test
    with new_folder_aside(library.folder) as workshop:
        emit(StageBegan(Stage.COMPILING))
        write_model_files(trained.network, workshop, test_digits.images)
        compiled = CompiledModel(workshop / COMPILED_FILE, threads=core_count())
        emit(StageBegan(Stage.TESTING, len(test_digits)))
        validation = plan.material.validation
        kept_out = compiled.answer(validation.images)
        temperature, thresholds = calibrate(kept_out, plan)
        answers: list[Probabilities] = []

        def recognize(images: Images) -> Probabilities:
            answers.append(compiled.probabilities(images))
            return answers[-1]

        test = measure_accuracy(recognize, test_digits, plan.data.test_origin)
        others = _test_on_others(compiled, plan, emit)
        card = _card(trained, test, temperature, thresholds, library)
        card = replace(card, others=others, reach=_reach_of(compiled))
        loss = _test_loss(plan.spec.preset, np.concatenate(answers), test_digits)
        first, first_guess = int(test_digits.labels[0]), int(answers[0][0].argmax())
        tested = NetworkTest(test.images, test.accuracy, loss, first, first_guess)
        notes = _notes_on_others(others, plan)
        emit(StageBegan(Stage.SAVING))
        data = plan.data
        write_explanation(trained.network, compiled, workshop, data.train, data.name, plan.spec.validation_share)
        bundle = library.save(card, lambda folder: move_model_files(workshop, folder))
    notes = (*_notes_on_name(card.name, bundle.card.name), *notes)
    return FinishedModel(bundle, test, loss, notes, ending_notes(plan.spec.preset, tested))


def _test_on_others(compiled: CompiledModel, plan: TrainingPlan, emit: Emit) -> Score | None:
    """For a network trained on the user's own digits, its result on MNIST's whole test set, to compare it with other
    models. If MNIST cannot be read, the model is saved without it."""
    if plan.data.test_origin == MNIST_TEST_ORIGIN:
        return None
    try:
        others = load_mnist_test(MNIST_TEST_IMAGES)
    except DataSetError as error:
        log.warning("the accuracy on MNIST's test set is not known: %s", error)
        return None
    emit(StageBegan(Stage.TESTING_ON_MNIST, len(others.digits)))
    return measure_accuracy(compiled.probabilities, others.digits, others.origin)


def _reach_of(compiled: CompiledModel) -> float | None:
    """How far the user's own digits correct the model. If MNIST cannot be read, the model is saved without it."""
    try:
        return measure_reach(compiled.embed)
    except DataSetError as error:
        log.warning("how far digits correct the model is not known: %s", error)
        return None


def _notes_on_others(others: Score | None, plan: TrainingPlan) -> tuple[Message, ...]:
    """Notes on the result on MNIST's test set, and that of the continued model, without its name, which may change."""
    if others is None:
        return plan.leak()
    before = _others_before(plan)
    if before is None:
        return (Note.ON_OTHERS(test=others.data, now=_accuracy(others)), *plan.leak())
    note = Note.ON_OTHERS_BEFORE(test=others.data, now=_accuracy(others), before=_accuracy(before))
    return (note, *plan.leak())


def _others_before(plan: TrainingPlan) -> Score | None:
    """The result of the continued model on MNIST's test set; None when there is no such model."""
    if plan.start is None:
        return None
    known = others_score(plan.start.card)
    if known is not None:
        return known
    with suppress(ModelError):  # it was deleted meanwhile
        before = CompiledModel(plan.start.compiled_path, threads=core_count())
        others = load_mnist_test(MNIST_TEST_IMAGES)
        return measure_accuracy(before.probabilities, others.digits, others.origin)
    return None


def _accuracy(score: Score) -> str:
    return counted_accuracy_text(score.accuracy, score.images)


def _notes_on_name(wanted: str, given: str) -> tuple[Message, ...]:
    return () if given == wanted else (Note.NAME_TAKEN(wanted=wanted, given=given),)


def _card(
    trained: TrainedNetwork, test: Score, temperature: float, thresholds: Thresholds, library: ModelLibrary
) -> ModelCard:
    plan, spec = trained.plan, trained.plan.spec
    return ModelCard(
        name=spec.name or _default_name(plan, library),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        preset=spec.preset.name,
        parameters=trained.network.count_params(),
        data={
            "source": spec.data,
            "name": plan.data.name,
            "train_images": len(plan.material),
            "origins": plan.material.counts,
            **_real_ink(plan),
            **_ancestors(plan),
            "validation_images": len(plan.material.validation),
            "test_images": len(plan.data.test),
            "test_origin": plan.data.test_origin,
            "notes": [str(note) for note in plan.data.notes],
        },
        seed=spec.seed,
        epochs=len(trained.history),
        settings={
            "epochs": spec.epochs,
            "batch_size": spec.batch_size,
            "learning_rate": spec.learning_rate,
            "validation_share": spec.validation_share,
            "augment": spec.augment,
            "varied_share": spec.varied_share,
            "label_smoothing": spec.preset.label_smoothing,
            "teachers_share": TEACHERS_SHARE if plan.teachers else 0.0,
            "engine": trained.engine,
            "image_data_format": keras.config.image_data_format(),
        },
        history=trained.history,
        test=test,
        temperature=temperature,
        thresholds=thresholds,
        libraries=library_versions(),
    )


def _default_name(plan: TrainingPlan, library: ModelLibrary) -> str:
    data = "MNIST" if isinstance(plan.source, Mnist) else plan.data.name
    return default_name(plan.spec.preset.title, data, library.is_free_name)


def _real_ink(plan: TrainingPlan) -> dict[str, Any]:
    """The source of real ink, if there is any, without the names of its writers: a card is copied with its model."""
    ink = plan.material.real_ink
    if ink is None:
        return {}
    counts = {purpose: len(names) for purpose, names in asdict(ink.writers).items()}
    facts = {"source": plan.spec.ink_source, "sha256": ink.sha256, "writers": counts, "repeats": REAL_INK_REPEATS}
    return {"real_ink": facts}


def _ancestors(plan: TrainingPlan) -> dict[str, Any]:
    """The continued model and the teachers, if there are any: this model indirectly learned from their data, too."""
    start = {"start": ancestor_facts(plan.start.card)} if plan.start else {}
    teachers = {"teachers": [ancestor_facts(bundle.card) for bundle in plan.teachers]} if plan.teachers else {}
    return start | teachers


def _test_loss(preset: Preset, answers: Probabilities, digits: DigitSet) -> float:
    truth = np.eye(CLASSES, dtype=np.float32)[digits.labels] if preset.one_hot else digits.labels.astype(np.int32)
    return float(loss_function(preset, smoothed=False)(truth, answers))
