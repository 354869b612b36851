"""Only writers who are kept out of training judge, and they are heard evenly."""

import json
from collections import Counter

import pytest

from benchmarks.evaluation.kept_out_ink import read_kept_out_ink, spread_sample
from benchmarks.processes import BenchmarkError
from core.datasets.real_ink import split_writers


def write_ink(path, drawings):
    records = [
        {"label": d.label, "writer": d.writer, "strokes": [stroke.points.tolist() for stroke in d.drawing.strokes]}
        for d in drawings
    ]
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def test_only_judging_writers_are_read(tmp_path, digits):
    path = write_ink(tmp_path / "ink.json", digits)
    judging = split_writers({digit.writer for digit in digits}).judging
    kept_out = read_kept_out_ink(path)
    assert {digit.writer for digit in kept_out} == judging
    assert len(kept_out) == sum(digit.writer in judging for digit in digits)


def test_ink_of_one_writer_cannot_judge(tmp_path, digits):
    path = write_ink(tmp_path / "ink.json", [digit for digit in digits if digit.writer == "w1"])
    with pytest.raises(BenchmarkError, match=r"^ink\.json: at least two writers"):
        read_kept_out_ink(path)


def test_a_sample_has_as_many_of_each_digit_and_all_writers(digits):
    sample = spread_sample(digits * 3, 60)
    assert set(Counter(digit.label for digit in sample).values()) == {6}
    assert set(Counter(digit.writer for digit in sample).values()) == {20}
    assert [id(digit) for digit in sample] == [id(digit) for digit in spread_sample(digits * 3, 60)]
