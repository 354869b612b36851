"""The training material of a run: the digits of a data set, synthesised handwriting and real ink."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from core.datasets.digit_sets import DigitData, DigitSet
from core.datasets.image_parts import ImagePart, ImageParts
from core.datasets.large_arrays import join_rows, new_array
from core.datasets.real_ink import LabelledDrawing, WriterSplit, read_ink_file, split_writers
from core.datasets.splitting import choose_validation
from core.digits.arrays import CLASSES, SIDE, Images, Labels
from core.digits.normalize import normalize_drawing
from core.ink.drawing import Drawing
from core.synthesis.handwriting import synthesize_digits
from core.synthesis.non_digits import synthesize_non_digits
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.training.spec import CompleteSpec
from core.wording.messages import Message
from core.wording.run_messages import Note

NO_DIGIT = CLASSES
"""The label of non-digits."""

REAL_INK_REPEATS = 3
"""How often an epoch shows each digit of a real writer: they are few, and most like those that the network will get."""

Progress = Callable[[int, int], None]
"""Called with the number of drawings done, and of all."""

VALIDATION_SEED = 1
"""The same validation digits for every seed: so no teacher was trained on digits that validate its student."""

_STREAM = (28,)  # a random stream of its own, independent of those that split and augment the data set
_CHUNK = 200  # drawings between two checkpoints


def _no_progress(done: int, total: int) -> None:
    """Ignores progress."""


@dataclass(frozen=True, slots=True, eq=False)
class RealInk:
    """A file of real writers' ink, read and split.

    Attributes
    ----------
    drawings
        All drawings.
    writers
        The writers for training, validation and testing.
    sha256
        Hash of the file, in hexadecimal.
    """

    drawings: list[LabelledDrawing]
    writers: WriterSplit
    sha256: str

    def by(self, writers: frozenset[str]) -> list[LabelledDrawing]:
        """The digits that `writers` wrote."""
        return [item for item in self.drawings if item.writer in writers]


@dataclass(frozen=True, slots=True, eq=False)
class TrainingMaterial:
    """The images that a run learns from, and those that validate it.

    Attributes
    ----------
    images, labels
        `(n, 28, 28)` in parts, and uint8 `(n,)`: 0 to 9, and `NO_DIGIT` for non-digits. Real ink is contained
        `REAL_INK_REPEATS` times.
    classes
        10, or 11 with `NO_DIGIT`.
    validation
        Digits that are not learned from: of the data set, the same for every seed, and of real ink, or else synthesised
        ones. They also set temperature and thresholds.
    counts
        The number of images of each origin: "data", "synthesized", "no_digit", "real_ink".
    real_ink
        The file of real ink, if there is one.
    """

    images: ImageParts
    labels: Labels
    classes: int
    validation: DigitSet
    counts: dict[str, int]
    real_ink: RealInk | None

    def __len__(self) -> int:
        return len(self.labels)

    def notes(self) -> tuple[Message, ...]:
        """Notes on all material other than the data set."""
        notes = []
        digits, non_digits = self.counts.get("synthesized", 0), self.counts.get("no_digit", 0)
        if digits and non_digits:
            notes.append(Note.BOTH_SYNTHESISED(digits=digits, non_digits=non_digits))
        elif digits:
            notes.append(Note.DIGITS_SYNTHESISED(digits=digits))
        elif non_digits:
            notes.append(Note.NON_DIGITS_SYNTHESISED(non_digits=non_digits))
        if self.real_ink:
            written, writers = self.counts["real_ink"] // REAL_INK_REPEATS, len(self.real_ink.writers.train)
            ink = Note.INK_OF_ONE if writers == 1 else Note.INK_OF_MANY
            notes.append(ink(digits=written, writers=writers, repeats=REAL_INK_REPEATS))
        return tuple(notes)


def gather_material(
    spec: CompleteSpec, data: DigitData, *, checkpoint: Checkpoint = no_checkpoint, progress: Progress = _no_progress
) -> TrainingMaterial:
    """Gather the material for `spec`; the same spec and data give the same material.

    Parameters
    ----------
    checkpoint
        Called every few hundred drawings; an exception that it raises ends the work.
    progress
        Called as often, with the number of drawings made or read so far, and of all.

    Raises
    ------
    DataSetError
        When the file of real ink cannot be used; before anything is synthesised.
    """
    real_ink = _read_real_ink(Path(spec.ink)) if spec.ink else None
    kept_out = choose_validation(data.train, spec.validation_share, VALIDATION_SEED)
    train = np.flatnonzero(~kept_out)
    validation = data.train.take(kept_out, checkpoint)
    labels = data.train.labels[train]
    digits = round(len(train) * spec.preset.synthesized_share) if spec.synthesize else 0
    non_digits = round(len(train) * spec.preset.no_digit_share)
    written = real_ink.by(real_ink.writers.train) if real_ink else []
    validating = real_ink.by(real_ink.writers.validation) if real_ink else []
    more = len(validation) if digits and real_ink is None else 0
    work = _Work(checkpoint, progress, digits + non_digits + len(written) + len(validating) + more)
    synthesis = _Synthesis(labels, np.random.SeedSequence(spec.seed, spawn_key=_STREAM), work)
    parts = {"data": (ImagePart(data.train.images, train if kept_out.any() else None), labels)}
    if digits:
        parts["synthesized"] = _part(*synthesis.digits(digits))
        if real_ink is None:
            validation = _joined(validation, *synthesis.digits(more), checkpoint)
    if non_digits:
        parts["no_digit"] = _part(*synthesis.non_digits(non_digits))
    if real_ink:
        parts["real_ink"] = _part(*_images_of(written, work), REAL_INK_REPEATS)
        validation = _joined(validation, *_images_of(validating, work), checkpoint)
    return TrainingMaterial(
        images=ImageParts([images for images, _ in parts.values()]),
        labels=np.concatenate([labels for _, labels in parts.values()]),
        classes=CLASSES + spec.preset.learns_no_digit,
        validation=validation,
        counts={origin: len(labels) for origin, (_, labels) in parts.items()},
        real_ink=real_ink,
    )


def _read_real_ink(path: Path) -> RealInk:
    drawings = read_ink_file(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return RealInk(drawings, split_writers(item.writer for item in drawings), digest.hexdigest())


class _Work:
    """Counts the drawings that are made or read."""

    def __init__(self, checkpoint: Checkpoint, progress: Progress, drawings: int) -> None:
        self._checkpoint = checkpoint
        self._progress = progress
        self._drawings = drawings
        self._done = 0
        self._reported = -1

    def counted(self, drawings: Iterable[Drawing]) -> Iterator[Drawing]:
        """The same drawings, with a checkpoint and a progress report before each chunk and after the last."""
        for drawing in drawings:
            if self._done % _CHUNK == 0:
                self.checkpoint()
            yield drawing
            self._done += 1
        self.checkpoint()

    def checkpoint(self) -> None:
        self._checkpoint()
        if self._done != self._reported:
            self._reported = self._done
            self._progress(self._done, self._drawings)


class _Synthesis:
    """Synthesises images, only of digits that the data set has: without sevens in it, no seven is taught."""

    def __init__(self, labels: Labels, seed: np.random.SeedSequence, work: _Work) -> None:
        self._present = np.unique(labels)
        self._rng = np.random.default_rng(seed)
        self._work = work

    def digits(self, count: int) -> tuple[Images, Labels]:
        labels = self._rng.choice(self._present, count)
        chunks = (synthesize_digits(labels[start : start + _CHUNK], self._rng) for start in range(0, count, _CHUNK))
        return _normalized(chain.from_iterable(chunks), count, self._work), labels

    def non_digits(self, count: int) -> tuple[Images, Labels]:
        sizes = (min(_CHUNK, count - start) for start in range(0, count, _CHUNK))
        drawings = chain.from_iterable(synthesize_non_digits(size, self._rng) for size in sizes)
        return _normalized(drawings, count, self._work), np.full(count, NO_DIGIT, np.uint8)


def _images_of(written: list[LabelledDrawing], work: _Work) -> tuple[Images, Labels]:
    images = _normalized((item.drawing for item in written), len(written), work)
    return images, np.array([item.label for item in written], np.uint8)


def _normalized(drawings: Iterable[Drawing], count: int, work: _Work) -> Images:
    """The normalised images of `count` drawings, none of them blank, uint8 `(count, 28, 28)`."""
    images = new_array((count, SIDE, SIDE), np.uint8, work.checkpoint)
    for index, drawing in enumerate(work.counted(drawings)):
        digit = normalize_drawing(drawing)
        assert digit is not None, "only a blank drawing has no image"
        images[index] = digit.image
    return images


def _part(images: Images, labels: Labels, repeats: int = 1) -> tuple[ImagePart, Labels]:
    """All `images`, each `repeats` times, with as many labels."""
    rows = None if repeats == 1 else np.repeat(np.arange(len(images)), repeats)
    return ImagePart(images, rows), np.repeat(labels, repeats)


def _joined(digits: DigitSet, images: Images, labels: Labels, checkpoint: Checkpoint) -> DigitSet:
    together = join_rows([digits.images, images], checkpoint)
    return DigitSet(together, np.concatenate([digits.labels, labels]))
