"""What one run learns from: the digits of a data set, and handwriting that no data set holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from core.datasets.digit_sets import CLASSES, Checkpoint, DigitData, DigitSet, Images, Labels, nothing
from core.datasets.loading import split_validation
from core.ink import Drawing
from core.ink_synthesis import synthesize_digits
from core.non_digits import synthesize_non_digits
from core.normalize import IMAGE_SIDE, normalize_drawing
from core.real_ink import LabelledDrawing, WriterSplit, read_ink_file, split_writers
from core.runs import CompleteSpec

NO_DIGIT = CLASSES
"""The label of drawings that are no digit."""

REAL_INK_REPEATS = 4
"""How often an epoch shows each digit of a real writer: they are few, and the nearest to what the network will meet."""

_CHUNK = 200  # drawings between two checkpoints


@dataclass(frozen=True, slots=True, eq=False)
class TrainingMaterial:
    """What one run learns from, and what it is measured with on the way.

    Attributes
    ----------
    images, labels
        uint8 `(n, 28, 28)` and uint8 `(n,)`: 0 to 9, and `NO_DIGIT` for drawings that are none.
    classes
        10, or 11 with `NO_DIGIT`.
    validation
        Digits of the data set and of ink that are not learned from; they also set temperature and thresholds.
    counts
        How many images there are of each origin: "data", "synthesized", "no_digit", "real_ink".
    writers
        Whose digits in a file of real ink were learned from and whose were not; None without such a file.
    """

    images: Images
    labels: Labels
    classes: int
    validation: DigitSet
    counts: dict[str, int]
    writers: WriterSplit | None

    def __len__(self) -> int:
        return len(self.labels)

    def notes(self) -> tuple[str, ...]:
        """Sentences on what is learned from beside the data set."""
        origins = {"synthesized": "digits", "no_digit": "drawings of no digit"}
        made = [f"{self.counts[origin]:,} {what}" for origin, what in origins.items() if origin in self.counts]
        notes = [f"{' and '.join(made)} are synthesised handwriting."] if made else []
        if self.writers:
            real = self.counts["real_ink"] // REAL_INK_REPEATS
            notes.append(
                f"{real:,} digits of {len(self.writers.train)} real writers are shown {REAL_INK_REPEATS} times."
            )
        return tuple(notes)


def gather_material(spec: CompleteSpec, data: DigitData, *, checkpoint: Checkpoint = nothing) -> TrainingMaterial:
    """Put together what `spec` asks for; the same spec and data give the same material.

    Parameters
    ----------
    checkpoint
        Called every few hundred drawings. What it raises ends the work.

    Raises
    ------
    DataSetError
        When the file of real ink cannot be used.
    """
    train, validation = split_validation(data.train, spec.validation_share, spec.seed)
    writing = _Synthesis(train, np.random.default_rng((spec.seed, 0)), checkpoint)
    images, labels = {"data": train.images}, {"data": train.labels}
    if count := round(len(train) * spec.preset.synthesized_share):
        images["synthesized"], labels["synthesized"] = writing.digits(count)
        if not spec.ink:
            validation = _joined(validation, *writing.digits(len(validation)))
    if count := round(len(train) * spec.preset.no_digit_share):
        images["no_digit"], labels["no_digit"] = writing.non_digits(count)
    writers = None
    if spec.ink:
        ink = read_ink_file(Path(spec.ink).expanduser())
        writers = split_writers(item.writer for item in ink)
        own_images, own_labels = _written_by(writers.train, ink, checkpoint)
        images["real_ink"] = np.repeat(own_images, REAL_INK_REPEATS, axis=0)
        labels["real_ink"] = np.repeat(own_labels, REAL_INK_REPEATS)
        validation = _joined(validation, *_written_by(writers.validation, ink, checkpoint))
    return TrainingMaterial(
        images=np.concatenate(list(images.values())),
        labels=np.concatenate(list(labels.values())),
        classes=CLASSES + spec.preset.learns_no_digit,
        validation=validation,
        counts={origin: len(part) for origin, part in labels.items()},
        writers=writers,
    )


class _Synthesis:
    """Makes images of handwriting, of no other digits than the data set has: one without sevens teaches no seven."""

    def __init__(self, train: DigitSet, rng: np.random.Generator, checkpoint: Checkpoint) -> None:
        self._present = np.flatnonzero(train.counts()).astype(np.uint8)
        self._rng = rng
        self._checkpoint = checkpoint

    def digits(self, count: int) -> tuple[Images, Labels]:
        labels = self._rng.choice(self._present, count)
        chunks = (synthesize_digits(labels[start : start + _CHUNK], self._rng) for start in range(0, count, _CHUNK))
        return _normalized(chain.from_iterable(chunks), count, self._checkpoint), labels

    def non_digits(self, count: int) -> tuple[Images, Labels]:
        sizes = (min(_CHUNK, count - start) for start in range(0, count, _CHUNK))
        drawings = chain.from_iterable(synthesize_non_digits(size, self._rng) for size in sizes)
        return _normalized(drawings, count, self._checkpoint), np.full(count, NO_DIGIT, np.uint8)


def _written_by(writers: frozenset[str], ink: list[LabelledDrawing], checkpoint: Checkpoint) -> tuple[Images, Labels]:
    own = [item for item in ink if item.writer in writers]
    images = _normalized((item.drawing for item in own), len(own), checkpoint)
    return images, np.array([item.label for item in own], np.uint8)


def _normalized(drawings: Iterable[Drawing], count: int, checkpoint: Checkpoint) -> Images:
    """What the network sees of `count` drawings, uint8 `(count, 28, 28)`."""
    images = np.zeros((count, IMAGE_SIDE, IMAGE_SIDE), np.uint8)
    for index, drawing in enumerate(drawings):
        if index % _CHUNK == 0:
            checkpoint()
        digit = normalize_drawing(drawing)
        if digit is not None:
            images[index] = digit.image
    return images


def _joined(digits: DigitSet, images: Images, labels: Labels) -> DigitSet:
    return DigitSet(np.concatenate([digits.images, images]), np.concatenate([digits.labels, labels]))
