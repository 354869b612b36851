"""Samples for tests."""

from pathlib import Path

import numpy as np

from core.digits.normalize import normalize_drawing, normalize_ink_image
from core.ink.drawing import Drawing, Stroke
from core.pad.content import PAD_SIDE, PictureInk
from core.samples.sample import NewSample
from core.samples.store import SampleStore


def drawn(seed: int) -> Drawing:
    """A stroke like no other, with times and pressures."""
    rng = np.random.default_rng(seed)
    points = rng.uniform(100, 900, (12, 2)).astype(np.float32)
    pressures, times = rng.uniform(0, 1, 12), np.linspace(0, 0.3, 12)
    return Drawing((Stroke(points, pressures.astype(np.float32), times.astype(np.float32)),), PAD_SIDE)


def drawn_sample(seed: int, label: int | None = None, writer: str = "") -> NewSample:
    """A sample of strokes, with the label that its seed ends with unless another is given."""
    digit = normalize_drawing(drawn(seed))
    assert digit is not None
    given = seed % 10 if label is None else label
    return NewSample(given, drawn(seed), digit.image, writer, answered=3, model="digitpad", kept_at=1e9 + seed)


def pictured_sample(seed: int, label: int = 5, writer: str = "") -> NewSample:
    """A sample of a picture."""
    ink = np.zeros((60, 40), np.uint8)
    ink[5:55, 5 + seed % 20 : 15 + seed % 20] = 200 + seed % 50
    digit = normalize_ink_image(ink)
    assert digit is not None
    return NewSample(label, PictureInk(ink, "five.png"), digit.image, writer, source="five.png", kept_at=2e9 + seed)


def filled_store(path: Path, count: int) -> list[int]:
    """Make a store with `count` samples at `path`, and return their ids."""
    with SampleStore(path) as store:
        return [sample.id for sample in store.keep(*(drawn_sample(seed) for seed in range(count)))]
