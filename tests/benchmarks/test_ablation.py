"""The rows of the ablation differ in what they learn from, and in nothing else."""

from dataclasses import replace
from pathlib import Path

from benchmarks.ablation import ROWS, specification
from core.presets import PRESETS


def test_each_row_adds_one_thing() -> None:
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
