"""Add digits from a file or folder to the user's own: what DigitPad exported, and data sets of any kind."""

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from core.datasets.csv_digits import read_csv
from core.datasets.digit_sets import DigitSet, ReadDigits
from core.datasets.npz import read_npz
from core.datasets.orientation import put_right
from core.datasets.real_ink import LabelledDrawing, read_ink_file
from core.datasets.unsupported_files import foreign_error, holds_arrays
from core.digits.arrays import Image
from core.digits.normalize import normalize_drawing
from core.errors import DataSetError, DigitPadError, InkFileError, PictureError, StorageError
from core.pad.content import PictureInk, fit_to_pad
from core.pictures.reading import MAX_BYTES
from core.samples.duplicates import KnownSamples
from core.samples.packages import is_package, opened_package
from core.samples.png_images import image_in
from core.samples.sample import LABEL_NAMES, NewSample
from core.samples.store import SampleStore
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.system.safe_files import reading_errors
from core.wording.data_problems import DataProblem
from core.wording.messages import Message
from core.wording.names import printable_line, shown_name
from core.wording.sample_messages import ImportNote, counted_more_files

ReadFile = Callable[[Path, int, str], NewSample]
"""Reads the file at a path as one digit with a label and a writer. Raises InkFileError and PictureError."""

TOGETHER = 500
"""Samples that are kept in one transaction."""
MOST_TOLD = 3
"""Files that cannot be imported, of which more are only counted."""
_LEFT_BY_SYSTEMS = {"thumbs.db", "desktop.ini"}


@dataclass(slots=True)
class Imported:
    """What came of an import.

    Attributes
    ----------
    added, known, unreadable
        The number of digits that were added, that were there already, and that could not be read.
    first
        What is wrong with the first that could not be read; "" where that is not known.
    notes
        Notes on changes to the digits.
    """

    added: int = 0
    known: int = 0
    unreadable: int = 0
    first: str = ""
    notes: tuple[Message, ...] = field(default=())

    def fail(self, why: str = "") -> None:
        """Count one more that could not be read."""
        self.unreadable += 1
        self.first = self.first or why

    @property
    def messages(self) -> tuple[Message, ...]:
        """What to tell the user: first how many were added."""
        first = (ImportNote.SOME_KNOWN if self.known else ImportNote.ADDED)(added=self.added, known=self.known)
        if not self.unreadable:
            return first, *self.notes
        note = ImportNote.SOME_UNREADABLE if self.first else ImportNote.SOME_DAMAGED
        return first, note(unreadable=self.unreadable, first=self.first), *self.notes


@dataclass(slots=True)
class ImportedFiles:
    """What came of an import of several files and folders.

    Attributes
    ----------
    total
        All that were imported, taken together.
    problems
        What is wrong with those that could not be imported.
    """

    total: Imported = field(default_factory=Imported)
    problems: list[str] = field(default_factory=list)

    def add(self, one: Imported) -> None:
        """Count what came of one more."""
        total = self.total
        total.added += one.added
        total.known += one.known
        total.unreadable += one.unreadable
        total.first = total.first or one.first
        total.notes += tuple(note for note in one.notes if note not in total.notes)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to tell the user: what was added, and what could not be."""
        more = len(self.problems) - MOST_TOLD
        rest = [str(ImportNote.MORE_FILES(count=counted_more_files(more)))] if more > 0 else []
        return (*map(str, self.total.messages), *self.problems[:MOST_TOLD], *rest)


def import_all(
    store: SampleStore,
    paths: Sequence[Path],
    read_file: ReadFile,
    *,
    writer: str | None = None,
    checkpoint: Checkpoint = no_checkpoint,
) -> ImportedFiles:
    """Add the digits in several files and folders, as `import_samples` does; one that is bad does not stop the others.

    Raises
    ------
    DataSetError, SampleError, InkFileError, PictureError
        When there is only one, and it is bad.
    StorageError
        When the store cannot be changed, and nothing was added before.
    """
    result = ImportedFiles()
    for path in paths:
        try:
            result.add(import_samples(store, path, read_file, writer=writer, checkpoint=checkpoint))
        except StorageError as error:  # the others would fail, too
            if not result.total.added:
                raise
            result.problems.append(str(error))
            break
        except DigitPadError as error:
            if len(paths) == 1:
                raise
            result.problems.append(str(error))
    return result


def import_samples(
    store: SampleStore,
    path: Path,
    read_file: ReadFile,
    *,
    writer: str | None = None,
    checkpoint: Checkpoint = no_checkpoint,
) -> Imported:
    """Add the digits in `path`: a zip file from `export_samples`, npz, CSV, labelled ink as JSON, or a folder.

    Digits that are there already are skipped: the same image with the same label, by the same writer, or by anybody
    where neither `path` nor `writer` says who wrote it.

    Parameters
    ----------
    read_file
        Reads a drawing or picture in a folder.
    writer
        Who wrote the digits, where `path` does not say it.
    checkpoint
        Called often; an exception that it raises ends the work. What was added until then stays.

    Raises
    ------
    DataSetError, SampleError
        When `path` holds no digits, is damaged or too large; nothing is added then.
    StorageError
        When the store cannot be changed.
    """
    result, known = Imported(), KnownSamples(store)
    where = shown_name(path)
    with reading_errors(DataSetError, DataProblem.UNREADABLE, where=where):
        if path.is_dir():
            _add(store, known, _from_folder(path, read_file, known, writer, result), writer, result, checkpoint)
        elif not path.exists():
            raise FileNotFoundError(errno.ENOENT, "")
        elif is_package(path):
            with opened_package(path) as samples:
                _add(store, known, samples, writer, result, checkpoint)
        else:
            _add(store, known, _from_file(path, result, checkpoint), writer, result, checkpoint)
    return result


def _add(
    store: SampleStore,
    known: KnownSamples,
    samples: Iterable[NewSample | None],
    writer: str | None,
    result: Imported,
    checkpoint: Checkpoint,
) -> None:
    """Keep those of `samples` that are new, some hundred at a time."""
    waiting: list[NewSample] = []
    for sample in samples:
        checkpoint()
        if sample is None:
            result.fail()
            continue
        named = replace(sample, writer=printable_line(sample.writer or writer or ""))
        if known.is_known(named, by_anybody=not named.writer):
            result.known += 1
            continue
        known.add(named)
        waiting.append(named)
        if len(waiting) == TOGETHER:
            result.added += len(store.keep(*waiting))
            waiting.clear()
    if waiting:
        result.added += len(store.keep(*waiting))


def _from_file(path: Path, result: Imported, checkpoint: Checkpoint) -> Iterator[NewSample | None]:
    """The samples in a file that is no package; it is read whole before the first."""
    name = path.name.lower().removesuffix(".gz")
    if holds_arrays(path):
        return _from_images(read_npz(path, checkpoint), path, result, checkpoint)
    if name.endswith((".csv", ".txt")):
        return _from_images(ReadDigits(read_csv(path, checkpoint)), path, result, checkpoint)
    if name.endswith(".json"):
        return _from_ink(read_ink_file(path), shown_name(path))
    raise foreign_error(path)


def _from_images(read: ReadDigits, path: Path, result: Imported, checkpoint: Checkpoint) -> Iterator[NewSample | None]:
    """The samples of images as in MNIST, whose ink is the image itself."""
    right = put_right(read, checkpoint)
    result.notes = right.notes
    parts: list[DigitSet] = [right.train] if right.test is None else [right.train, right.test]
    for part in parts:
        for image, label in zip(part.images, part.labels.tolist(), strict=True):
            yield _of_image(np.array(image), label, shown_name(path)) if image.any() else None


def _of_image(image: Image, label: int, name: str) -> NewSample:
    return NewSample(label, PictureInk(image, name), image, source=name)


def _from_ink(drawings: list[LabelledDrawing], name: str) -> Iterator[NewSample | None]:
    for one in drawings:
        drawing = fit_to_pad(one.drawing)
        digit = normalize_drawing(drawing)
        yield NewSample(one.label, drawing, digit.image, one.writer, name) if digit else None


def _from_folder(
    folder: Path, read_file: ReadFile, known: KnownSamples, writer: str | None, result: Imported
) -> Iterator[NewSample | None]:
    """The samples in the subfolders of `folder`, sorted by name; what cannot be read is counted in `result`."""
    labelled = {name: folder / name for name in LABEL_NAMES if (folder / name).is_dir()}
    if not labelled:
        raise DataSetError(DataProblem.NO_SUBFOLDERS, where=shown_name(folder))
    for name, subfolder in labelled.items():
        for path in sorted(subfolder.iterdir()):
            if path.name.startswith(".") or path.name.lower() in _LEFT_BY_SYSTEMS or not path.is_file():
                continue
            try:
                sample = read_file(path, LABEL_NAMES[name], writer or "")
            except (InkFileError, PictureError) as error:
                result.fail(str(error))
                continue
            image = _exported_image(path)
            exported = sample if image is None else replace(sample, image=image)
            yield exported if known.is_known(exported, by_anybody=not sample.writer) else sample


def _exported_image(path: Path) -> Image | None:
    """The image in a PNG that DigitPad exported."""
    if path.suffix.lower() != ".png" or path.stat().st_size > MAX_BYTES:
        return None
    return image_in(path.read_bytes())
