"""Ink for the benchmarks: the sample digits as if three writers had written them."""

from dataclasses import replace

import numpy as np
import pytest

from core.datasets.real_ink import LabelledDrawing
from core.ink.drawing import Drawing, Stroke
from core.ink.inkml import read_inkml
from core.system.paths import assets_folder


@pytest.fixture(scope="session")
def digits() -> list[LabelledDrawing]:
    """Thirty digits: each sample as it is, narrower, and wider."""
    drawings = []
    for path in sorted((assets_folder() / "samples").glob("*.inkml")):
        drawing = read_inkml(path.read_bytes())
        for writer, width in (("w1", 1.0), ("w2", 0.8), ("w3", 1.2)):
            drawings.append(LabelledDrawing(int(path.stem), writer, _stretched(drawing, width)))
    return drawings


def _stretched(drawing: Drawing, width: float) -> Drawing:
    strokes = tuple(Stroke(stroke.points * np.array([width, 1], np.float32)) for stroke in drawing.strokes)
    return replace(drawing, strokes=strokes, pad_side=None)
