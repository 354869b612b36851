"""Find the engine that trains a network fastest on this machine, by training a few steps with each.

Import only after `core.learning.backend.load_tensorflow`.
"""

import logging
import statistics
import time
from typing import Any

import keras
import tensorflow as tf

from core.learning.batching import training_batches, without_autotuning
from core.learning.teaching import build_learner
from core.system.checkpoints import Checkpoint
from core.system.processor import core_count, processor_name
from core.training.engines import DEFAULT_ENGINE, ENGINES, Engine, EngineChoice, KnownEngines
from core.training.events import Emit, StageBegan
from core.training.material import TrainingMaterial
from core.training.plan import Lesson
from core.training.spec import CompleteSpec

log = logging.getLogger(__name__)

MEASURING_PAYS_FROM = 60_000
"""Images in the whole run, all epochs together: shorter ones are over before measuring has paid."""
XLA_PAYS_FROM = 600_000
"""The same for trying XLA: compiling takes several seconds, and on most processors comes out slower."""
CLEARLY_FASTER = 1.05
"""Less than that is noise, and the plainer engine stays."""

_ROUNDS = 3
_ROUND_SECONDS = 0.25
_WARM_UP_STEPS = 2


def choose_engine(lesson: Lesson, known: KnownEngines | None, checkpoint: Checkpoint, emit: Emit) -> EngineChoice:
    """The engine for a run: the one that was asked for, the one known to be fastest, or else the fastest measured.

    Parameters
    ----------
    known
        Where measured choices are kept; None keeps nothing.
    checkpoint
        Called between any two things that take a while. What it raises ends the measuring.
    emit
        Called with a `StageBegan` before anything is measured.
    """
    spec, material = lesson.spec, lesson.material
    if spec.engine:
        return EngineChoice(spec.engine, {})
    images = len(material) * spec.epochs
    if images < MEASURING_PAYS_FROM:
        return EngineChoice(DEFAULT_ENGINE, {})
    is_long = images >= XLA_PAYS_FROM
    situation = _situation(lesson, is_long=is_long)
    choice = known.find(situation) if known else None
    if choice is None or not spec.preset.allows(ENGINES[choice.engine]):
        emit(StageBegan("Finding the fastest way to compute here"))
        choice = _measure(lesson, is_long=is_long, checkpoint=checkpoint)
        if known:
            known.remember(situation, choice)
    return choice


def _a_batch(spec: CompleteSpec, material: TrainingMaterial) -> Any:
    size = min(spec.batch_size, len(material))
    batches = training_batches(
        material.images[:size],
        material.labels[:size],
        batch_size=size,
        seed=spec.seed,
        one_hot=spec.preset.one_hot,
        varied_share=0.0,
        classes=material.classes,
    )
    return next(iter(batches))


def _measure(lesson: Lesson, *, is_long: bool, checkpoint: Checkpoint) -> EngineChoice:
    allowed = [engine.name for engine in ENGINES.values() if lesson.spec.preset.allows(engine)]
    batch = _a_batch(lesson.spec, lesson.material)
    speeds = _speeds(lesson, [name for name in allowed if not ENGINES[name].xla], batch, checkpoint)
    best = _fastest(speeds)
    if is_long:
        speeds |= _speeds(lesson, [f"{best}-xla"], batch, checkpoint)
        best = _fastest(speeds)
    return EngineChoice(best, speeds)


def _fastest(speeds: dict[str, float]) -> str:
    best = DEFAULT_ENGINE
    for name, speed in speeds.items():
        if speed > CLEARLY_FASTER * speeds[best]:
            best = name
    return best


def _speeds(lesson: Lesson, names: list[str], batch: Any, checkpoint: Checkpoint) -> dict[str, float]:
    """Images per second of each engine, measured in turn: what slows the machine for a moment slows them all."""
    batches = without_autotuning(tf.data.Dataset.from_tensors(batch).repeat())
    networks: dict[str, Any] = {}
    seconds: dict[str, list[float]] = {}
    steps = dict.fromkeys(names, 1)
    for name in names:
        checkpoint()
        try:
            networks[name] = _warm_network(lesson, ENGINES[name], batches)
        except tf.errors.OpError as error:
            if name == DEFAULT_ENGINE:
                raise
            log.warning("%s does not work here: %s", name, error)
    for _ in range(_ROUNDS):
        for name, network in networks.items():
            checkpoint()
            steps[name], measured = _seconds_of_step(network, batches, steps[name])
            seconds.setdefault(name, []).append(measured)
    size = int(batch[0].shape[0])
    keras.backend.clear_session()
    return {name: size / statistics.median(measured) for name, measured in seconds.items()}


def _warm_network(lesson: Lesson, engine: Engine, batches: Any) -> Any:
    preset = lesson.spec.preset
    network = build_learner(preset, preset.learning_rate, engine, lesson.teachers)
    _train(network, batches, _WARM_UP_STEPS)
    return network


def _seconds_of_step(network: Any, batches: Any, steps: int) -> tuple[int, float]:
    """How many steps, `steps` or more, take long enough to be measured, and the seconds of one."""
    while True:
        began = time.perf_counter()
        _train(network, batches, steps)
        elapsed = time.perf_counter() - began
        if elapsed >= _ROUND_SECONDS:
            return steps, elapsed / steps
        steps *= 2


def _train(network: Any, batches: Any, steps: int) -> None:
    network.fit(batches, steps_per_epoch=steps, shuffle=False, verbose=0)


def _situation(lesson: Lesson, *, is_long: bool) -> str:
    """All that the fastest engine depends on."""
    spec = lesson.spec
    machine = f"{processor_name()}, {core_count()} cores"
    libraries = f"TensorFlow {tf.__version__}, Keras {keras.__version__}"
    network = f"{spec.preset.name}: {spec.preset.layers}, batches of {spec.batch_size}"
    if lesson.teachers:
        network += f", taught by {len(lesson.teachers)}"
    return ", ".join((machine, libraries, network, "a long run" if is_long else "a short run"))
