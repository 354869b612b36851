"""The comparison of the standalone app's start with that from source."""

from pathlib import Path

import pytest

from benchmarks.processes import BenchmarkError
from benchmarks.speed.frozen_start import told_pairs, watched_app
from benchmarks.speed.start import Start


def make_start(shown: float, ready: float) -> Start:
    return Start({"window shown": shown, "stroke recognised": ready}, 100_000_000, (), ())


def test_pairs_are_compared_one_by_one() -> None:
    lines = told_pairs([make_start(0.3, 0.4), make_start(0.6, 0.9)], [make_start(0.3, 0.4), make_start(0.5, 0.5)])
    assert (
        lines[0]
        == "window shown: standalone 0.45 s (0.30 to 0.60 s, 2 runs), from source 0.40 s (0.30 to 0.50 s, 2 runs)"
    )
    assert lines[-2:] == [
        "window shown: 1.10 (bar: at most 1.30): reached",
        "stroke recognised: 1.40 (bar: at most 1.30): MISSED",
    ]


def test_the_watched_app_is_the_built_one_with_a_script_beside_it(tmp_path: Path) -> None:
    contents, program = tmp_path / "app/DigitPad/_internal", tmp_path / "work/digitpad/first_stroke"
    for folder in (contents / "assets", program.parent):
        folder.mkdir(parents=True)
    program.write_bytes(b"program")
    with watched_app(tmp_path) as watched:
        assert watched.read_bytes() == b"program"
        assert (watched.parent / "_internal" / "assets").resolve() == contents / "assets"
        assert (watched.parent / "_internal" / "benchmarks" / "process_memory.py").is_file()
    assert not watched.exists()
    assert [path.name for path in contents.iterdir()] == ["assets"]


def test_without_an_app_there_is_nothing_to_measure(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="make package"), watched_app(tmp_path):
        pass
