"""The benchmark of `predict`: real files, the real command, and every answer accounted for."""

import json
from pathlib import Path

import pytest

from benchmarks.measured_process import MeasuredProcess, measure_process
from benchmarks.process_memory import current_bytes, peak_bytes
from benchmarks.processes import BenchmarkError
from benchmarks.speed import predict_files
from core.ink.inkml import read_inkml


def test_the_files_are_ink(tmp_path: Path) -> None:
    predict_files.make_files(tmp_path / "ink", 12)
    files = sorted((tmp_path / "ink").iterdir())
    assert len(files) == 12
    assert not any(read_inkml(file.read_bytes()).is_blank for file in files)


def test_the_command_itself_is_measured(tmp_path: Path) -> None:
    predict_files.make_files(tmp_path / "ink", 20)
    measured = predict_files.measure_predict(tmp_path / "ink", 20, tmp_path / "data")
    assert len(measured.lines) == 20 and {"file", "digit"} <= json.loads(measured.lines[0]).keys()
    assert measured.cpu_seconds > 0 and measured.seconds > 0
    with pytest.raises(BenchmarkError, match="for 20 files, not for the 21"):
        predict_files.measure_predict(tmp_path / "ink", 21, tmp_path / "data")


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="nowhere failed"):
        measure_process(["main.py", "predict", "--model", "nobody", "nowhere"], tmp_path)


def test_memory_is_told_where_the_system_does() -> None:
    assert peak_bytes() >= current_bytes() >= 0
    assert peak_bytes("no such process") == 0


def test_the_report_compares_with_the_bars() -> None:
    many = [MeasuredProcess(8.0, 5.0, 110_000_000, ()), MeasuredProcess(8.0, 4.0, 120_000_000, ())]
    few = [MeasuredProcess(1.0, 1.0, 100_000_000, ()), MeasuredProcess(1.0, 1.0, 100_000_000, ())]
    lines = predict_files.report(many, few, 10_000).splitlines()
    assert lines[-2:] == [
        "files a second per core: 2,250 (bar: at least 1,000): reached",
        "memory of 10,000 files / of 1,000: 1.15 (bar: at most 1.10): MISSED",
    ]
