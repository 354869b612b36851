"""The rows of the ablation differ in what they learn from alone, and are judged by ink that they did not learn from."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.evaluation.ablation import ROWS, judge, specification
from core.datasets.real_ink import LabelledDrawing, split_writers
from core.digits.arrays import Image
from core.recognition.recognizer import Recognition, Verdict
from core.training.presets import PRESETS


def test_each_row_adds_to_the_one_before() -> None:
    specs = [specification(row, Path("ink.json"), None, 1) for row in ROWS]
    has = [
        (spec.augment, spec.preset.synthesized_share > 0, spec.preset.learns_no_digit, spec.ink == "ink.json")
        for spec in specs
    ]
    assert has == [
        (False, False, False, False),
        (True, False, False, False),
        (True, True, True, False),
        (True, True, True, True),
    ]
    same = {replace(spec, preset=PRESETS["digitpad"], augment=True, ink="", ink_source="") for spec in specs}
    assert len(same) == 1
    assert specs[2].preset == specs[3].preset == PRESETS["digitpad"]


def test_what_real_ink_taught_is_judged_by_kept_out_writers_alone(digits: list[LabelledDrawing]) -> None:
    def always_one(images: Sequence[Image | None]) -> list[Recognition]:
        return [Recognition(1, (0.0, 1.0) + (0.0,) * 8, Verdict.DIGIT)] * len(images)

    judging = split_writers(digit.writer for digit in digits).judging
    for row in ROWS:
        mnist, kept_out, *everyone = judge(row, always_one, digits)
        assert (mnist.name, mnist.count, mnist.count - mnist.mistakes) == ("MNIST’s test set", 10_000, 1135)
        assert (kept_out.name, kept_out.count) == ("kept-out writers", 10 * len(judging))
        assert [score.count for score in everyone] == ([] if row.real_ink else [len(digits)])
