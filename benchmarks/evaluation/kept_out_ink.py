"""Ink of writers whom no model has met: it judges, and nothing is ever chosen by it."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.processes import BenchmarkError
from core.datasets.real_ink import LabelledDrawing, read_ink_file, split_writers
from core.digits.arrays import CLASSES


def read_kept_out_ink(path: Path) -> list[LabelledDrawing]:
    """The drawings of the judging writers in a file of labelled ink. Raises BenchmarkError when there are none."""
    drawings = read_ink_file(path)
    judging = split_writers(drawing.writer for drawing in drawings).judging
    kept_out = [drawing for drawing in drawings if drawing.writer in judging]
    if not kept_out:
        raise BenchmarkError(f"{path.name}: at least two writers are needed to keep one out.")
    return kept_out


def spread_sample(drawings: Sequence[LabelledDrawing], count: int) -> list[LabelledDrawing]:
    """At most `count` of the drawings, the same number of each digit and as evenly as possible from all writers.

    Always the same ones: of each digit the first of every writer, then the second, until there are enough.
    """
    chosen = []
    for digit in range(CLASSES):
        of_writer: dict[str, list[LabelledDrawing]] = defaultdict(list)
        for drawing in drawings:
            if drawing.label == digit:
                of_writer[drawing.writer].append(drawing)
        turns = [(turn, writer) for writer, own in of_writer.items() for turn in range(len(own))]
        chosen += [of_writer[writer][turn] for turn, writer in sorted(turns)[: count // CLASSES]]
    return chosen
