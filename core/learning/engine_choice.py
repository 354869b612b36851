"""Find the engine that trains a network fastest on this machine, by timing a few steps with each.

Import only after `core.learning.backend.load_tensorflow`.
"""

import logging
import statistics
import time
from typing import Any

import keras
import tensorflow as tf

from core.learning.batching import training_batches, without_autotuning
from core.learning.distillation import build_learner
from core.system.checkpoints import Checkpoint
from core.system.processor import core_count, processor_name
from core.training.context import RunContext
from core.training.engines import (
    DEFAULT_ENGINE,
    ENGINES,
    MEASURING_PAYS_FROM,
    XLA_PAYS_FROM,
    Engine,
    EngineChoice,
)
from core.training.events import StageBegan
from core.training.material import TrainingMaterial
from core.training.plan import TrainingPlan
from core.training.spec import CompleteSpec
from core.wording.run_messages import Stage

log = logging.getLogger(__name__)

CLEARLY_FASTER = 1.05
"""Smaller differences are noise, and the simpler engine is chosen."""

_ROUNDS = 3
_ROUND_SECONDS = 0.25
_WARM_UP_STEPS = 2


def choose_engine(plan: TrainingPlan, context: RunContext) -> EngineChoice:
    """The engine for a run: the requested one, the one remembered as fastest, or else the one measured as fastest.

    Raises RunStopped when the run is stopped between any two steps of measuring.
    """
    known = context.engines
    spec, material = plan.spec, plan.material
    if spec.engine:
        return EngineChoice(spec.engine, {})
    images = len(material) * spec.epochs
    if images < MEASURING_PAYS_FROM:
        return EngineChoice(DEFAULT_ENGINE, {})
    is_long = images >= XLA_PAYS_FROM
    situation = _situation(plan, is_long=is_long)
    choice = known.find(situation) if known else None
    if choice is None or not spec.preset.allows(ENGINES[choice.engine]):
        context.emit(StageBegan(Stage.FINDING_ENGINE))
        choice = _measure(plan, is_long=is_long, checkpoint=context.checkpoint)
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


def _measure(plan: TrainingPlan, *, is_long: bool, checkpoint: Checkpoint) -> EngineChoice:
    allowed = [engine.name for engine in ENGINES.values() if plan.spec.preset.allows(engine)]
    batch = _a_batch(plan.spec, plan.material)
    speeds = _speeds(plan, [name for name in allowed if not ENGINES[name].xla], batch, checkpoint)
    best = _fastest(speeds)
    if is_long:
        speeds |= _speeds(plan, [f"{best}-xla"], batch, checkpoint)
        best = _fastest(speeds)
    return EngineChoice(best, speeds)


def _fastest(speeds: dict[str, float]) -> str:
    best = DEFAULT_ENGINE
    for name, speed in speeds.items():
        if speed > CLEARLY_FASTER * speeds[best]:
            best = name
    return best


def _speeds(plan: TrainingPlan, names: list[str], batch: Any, checkpoint: Checkpoint) -> dict[str, float]:
    """Images per second of each engine, measured in turn, so that other load on the machine affects them all."""
    batches = without_autotuning(tf.data.Dataset.from_tensors(batch).repeat())
    networks: dict[str, Any] = {}
    seconds: dict[str, list[float]] = {}
    steps = dict.fromkeys(names, 1)
    for name in names:
        checkpoint()
        try:
            networks[name] = _warm_network(plan, ENGINES[name], batches)
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


def _warm_network(plan: TrainingPlan, engine: Engine, batches: Any) -> Any:
    preset = plan.spec.preset
    network = build_learner(preset, preset.learning_rate, engine, plan.teachers)
    _train(network, batches, _WARM_UP_STEPS)
    return network


def _seconds_of_step(network: Any, batches: Any, steps: int) -> tuple[int, float]:
    """The number of steps, at least `steps`, that take long enough to measure, and the seconds of one step."""
    while True:
        began = time.perf_counter()
        _train(network, batches, steps)
        elapsed = time.perf_counter() - began
        if elapsed >= _ROUND_SECONDS:
            return steps, elapsed / steps
        steps *= 2


def _train(network: Any, batches: Any, steps: int) -> None:
    network.fit(batches, steps_per_epoch=steps, shuffle=False, verbose=0)


def _situation(plan: TrainingPlan, *, is_long: bool) -> str:
    """Everything that the fastest engine depends on."""
    spec = plan.spec
    machine = f"{processor_name()}, {core_count()} cores"
    libraries = f"TensorFlow {tf.__version__}, Keras {keras.__version__}"
    network = f"{spec.preset.name}: {spec.preset.layers}, batches of {spec.batch_size}"
    if plan.teachers:
        network += f", taught by {len(plan.teachers)}"
    return ", ".join((machine, libraries, network, "a long run" if is_long else "a short run"))
