"""The test of a model, or of two, on the same digits: measured, or kept from before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from core.datasets.digit_sets import DigitSet
from core.datasets.source import TestDigits
from core.judging.answers import ModelAnswers, Progress, ask, judged
from core.judging.comparison import PairedTest, compare
from core.judging.fingerprints import digits_fingerprint, network_hash
from core.judging.kept_tests import KeptTests
from core.judging.robustness import (
    Robustness,
    find_robustness,
    keep_robustness,
    measure_robustness,
    sample_digits,
)
from core.judging.tested_digits import find_test_digits
from core.models.bundles import ModelBundle, read_bundle
from core.models.card import Score
from core.wording.messages import sentences

_FOR_DIGITS = 0.05  # the share of the time of a test that reading its digits is taken to need


@dataclass(frozen=True, slots=True)
class Places:
    """Where a test finds and keeps things: the user's models, the store of their digits, the tests of other models."""

    models: Path
    digits: Path
    tests: Path


@dataclass(frozen=True, slots=True, eq=False)
class JudgedModel:
    """A model, and its answers to the digits of a test."""

    bundle: ModelBundle
    answers: ModelAnswers

    @property
    def title(self) -> str:
        """The model's name for people."""
        return self.bundle.title


@dataclass(frozen=True, eq=False)  # without slots, as `ModelAnswers`
class ModelTest:
    """The result of a test.

    Attributes
    ----------
    digits, origin, notes
        The digits, what they are in a few words, and sentences on them.
    fingerprint
        What tells them from others.
    model, other
        The model that was tested, and the one it is compared with; None for none.
    """

    digits: DigitSet
    origin: str
    notes: tuple[str, ...]
    fingerprint: str
    model: JudgedModel
    other: JudgedModel | None = None

    @cached_property
    def score(self) -> Score:
        """The model's result on all digits."""
        score = self.model.answers.score(self.origin)
        assert score is not None, "a test has digits"
        return score

    @cached_property
    def comparison(self) -> PairedTest | None:
        """How the model compares with the other one."""
        return None if self.other is None else compare(self.model.answers, self.other.answers)


def run_test(
    source: str,
    model: ModelBundle,
    other: ModelBundle | None,
    places: Places,
    progress: Progress = lambda share: None,
) -> ModelTest:
    """Test a `model`, and an `other` one, on the digits that `source` names.

    What was measured before is not measured again. `progress` is told the share that is done, in [0, 1]; what it raises
    ends the test, and nothing of it is kept.

    Raises
    ------
    DataSetError, ModelError
        When the digits cannot be read, or a model cannot be opened.
    """
    bundles = [_verified(bundle) for bundle in (model, other) if bundle is not None]
    tests = find_test_digits(source, places.digits, lambda: progress(0.0))
    fingerprint = digits_fingerprint(tests.digits)
    each = (1 - _FOR_DIGITS) / len(bundles)
    judged_models = [
        _judge(bundle, tests.digits, fingerprint, places, _part(progress, _FOR_DIGITS + number * each, each))
        for number, bundle in enumerate(bundles)
    ]
    return _result(tests, fingerprint, judged_models)


def find_kept_test(
    source: str,
    model: ModelBundle,
    other: ModelBundle | None,
    places: Places,
    progress: Progress = lambda share: None,
) -> ModelTest | None:
    """The same test as far as it was made before; None where a network has to be asked. Raises like `run_test`."""
    bundles = [bundle for bundle in (model, other) if bundle is not None]
    tests = find_test_digits(source, places.digits, lambda: progress(0.0))
    fingerprint = digits_fingerprint(tests.digits)
    found = []
    for bundle in bundles:
        said = _kept(bundle, places).find_answers(fingerprint, len(tests.digits))
        if said is None:
            return None
        found.append(JudgedModel(bundle, judged(bundle, tests.digits, said)))
    return _result(tests, fingerprint, found)


def run_damaged(
    test: ModelTest, places: Places, progress: Progress = lambda share: None
) -> list[tuple[JudgedModel, Robustness]]:
    """How each model of a `test` reads its digits when they are damaged. Raises ModelError; `progress` as above."""
    digits = sample_digits(test.digits)
    fingerprint = digits_fingerprint(digits)
    models = [tested for tested in (test.model, test.other) if tested is not None]
    found = []
    for number, tested in enumerate(models):
        kept = _kept(tested.bundle, places)
        known = find_robustness(kept, fingerprint, len(digits))
        if known is None:
            known = measure_robustness(tested.bundle, digits, _part(progress, number / len(models), 1 / len(models)))
            keep_robustness(kept, fingerprint, known)
        found.append((tested, known))
    return found


def _judge(bundle: ModelBundle, digits: DigitSet, fingerprint: str, places: Places, progress: Progress) -> JudgedModel:
    kept = _kept(bundle, places)
    said = kept.find_answers(fingerprint, len(digits))
    if said is None:
        said = ask(bundle, digits.images, progress)
        kept.keep_answers(fingerprint, said)
    return JudgedModel(bundle, judged(bundle, digits, said))


def _result(tests: TestDigits, fingerprint: str, models: Sequence[JudgedModel]) -> ModelTest:
    other = models[1] if len(models) > 1 else None
    return ModelTest(tests.digits, tests.origin, sentences(tests.notes), fingerprint, models[0], other)


def _kept(bundle: ModelBundle, places: Places) -> KeptTests:
    return KeptTests(bundle, network_hash(bundle), places.models, places.tests)


def _verified(bundle: ModelBundle) -> ModelBundle:
    return read_bundle(bundle.folder, is_shipped=bundle.is_shipped)


def _part(progress: Progress, start: float, size: float) -> Callable[[float], None]:
    return lambda share: progress(start + share * size)
