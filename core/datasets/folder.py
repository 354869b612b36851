"""Read digits from a folder with subfolders `0` to `9` of pictures and ink files."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.datasets.digit_sets import DigitSet, ReadDigits
from core.datasets.large_arrays import new_array
from core.digits.arrays import CLASSES, SIDE, Image
from core.digits.files import is_supported, read_image
from core.errors import DataSetError, InkFileError, PictureError
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.system.safe_files import reading_errors
from core.wording.data_messages import DataNote, UnreadFile
from core.wording.data_problems import DataProblem
from core.wording.messages import Message
from core.wording.names import shown_name

MAX_FILES = 1_000_000
MAX_UNREADABLE_SHARE = 0.2
"""If more of its files are unreadable, a folder does not hold digits."""

_NAMED = 3
_SAMPLE_PER_DIGIT = 20
_LEFT_BY_SYSTEMS = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class FolderSummary:
    """What a look at a folder shows: files of each digit, some of the digits, and what is to be said about them."""

    counts: tuple[int, ...]
    sample: DigitSet
    notes: tuple[Message, ...]


def read_folder(folder: Path, checkpoint: Checkpoint = no_checkpoint) -> ReadDigits:
    """Read and normalise all files in the subfolders `0` to `9` of `folder`, sorted by name.

    Files that cannot be read as a digit are left out and counted in the notes. `checkpoint` is called before each file,
    and while files are listed.

    Raises
    ------
    DataSetError
        When there are no such subfolders, no files or too many in them, or too many that cannot be read: as soon as
        that is known.
    """
    files = _find_files(folder, checkpoint)
    unreadable = _Unreadable(folder, sum(map(len, files)))
    digits = _read_files(folder, files, unreadable, checkpoint)
    return ReadDigits(digits, notes=(*unreadable.notes(DataNote.FILES_LEFT_OUT), *_unused_notes(folder, checkpoint)))


def look_into_folder(folder: Path, checkpoint: Checkpoint = no_checkpoint) -> FolderSummary:
    """Count the files of each digit, and read an even sample of them: fast even for large folders.

    Calls `checkpoint` and raises errors like `read_folder`, but only reads the sample.
    """
    files = _find_files(folder, checkpoint)
    samples = [names[:: -(-len(names) // _SAMPLE_PER_DIGIT) or 1] for names in files]
    unreadable = _Unreadable(folder, sum(map(len, samples)))
    sample = _read_files(folder, samples, unreadable, checkpoint)
    notes = (*unreadable.notes(DataNote.TRIED_FILES_LEFT_OUT), *_unused_notes(folder, checkpoint))
    return FolderSummary(tuple(map(len, files)), sample, notes)


def read_some(folder: Path, of_each: int, rng: np.random.Generator, checkpoint: Checkpoint = no_checkpoint) -> DigitSet:
    """Read and normalise `of_each` random files of each digit; unreadable ones are left out.

    Calls `checkpoint` and raises errors like `read_folder`.
    """
    files = _find_files(folder, checkpoint)
    chosen = [rng.permutation(names)[:of_each].tolist() for names in files]
    return _read_files(folder, chosen, _Unreadable(folder, sum(map(len, chosen))), checkpoint)


def _read_files(folder: Path, files: list[list[str]], unreadable: "_Unreadable", checkpoint: Checkpoint) -> DigitSet:
    """The digits in the `files` of the ten subfolders; unreadable ones are counted."""
    images = new_array((sum(map(len, files)), SIDE, SIDE), np.uint8, checkpoint)
    labels: list[int] = []
    for label, names in enumerate(files):
        for name in names:
            checkpoint()
            image = _read_image(folder / str(label) / name, unreadable)
            if image is not None:
                images[len(labels)] = image
                labels.append(label)
    return DigitSet(images[: len(labels)], np.array(labels, np.uint8))


class _Unreadable:
    """Counts the files that cannot be read, and keeps the problem of the first."""

    def __init__(self, folder: Path, tried: int) -> None:
        self._folder = folder
        self._tried = tried
        self._count = 0
        self._first = ""

    def add(self, problem: str) -> None:
        """Count one more. Raises DataSetError when too many of the tried files are unreadable."""
        self._first = self._first or problem
        self._count += 1
        if self._count > MAX_UNREADABLE_SHARE * self._tried:
            raise DataSetError(
                DataProblem.MOSTLY_UNREADABLE,
                where=shown_name(self._folder),
                count=self._count,
                total=self._tried,
                reason=self._first,
            )

    def notes(self, note: DataNote) -> tuple[Message, ...]:
        """The `note` on those that are left out, if any are."""
        return (note(unreadable=self._count, tried=self._tried, first=self._first),) if self._count else ()


def _find_files(folder: Path, checkpoint: Checkpoint) -> list[list[str]]:
    """The names of the files in each of the ten subfolders, sorted."""
    subfolders = [folder / str(digit) for digit in range(CLASSES)]
    where = shown_name(folder)
    with reading_errors(DataSetError, DataProblem.UNREADABLE, where=where):
        if not any(subfolder.is_dir() for subfolder in subfolders):
            raise DataSetError(DataProblem.NO_SUBFOLDERS, where=where)
        files = [_files_in(subfolder, checkpoint) if subfolder.is_dir() else [] for subfolder in subfolders]
    total = sum(map(len, files))
    if total == 0:
        raise DataSetError(DataProblem.NO_FILES, where=where)
    if total > MAX_FILES:
        raise DataSetError(DataProblem.TOO_MANY_FILES, where=where, count=total, limit=MAX_FILES)
    return files


def _files_in(folder: Path, checkpoint: Checkpoint) -> list[str]:
    names = []
    with os.scandir(folder) as entries:
        for entry in entries:
            checkpoint()
            ignored = entry.name.startswith(".") or entry.name.lower() in _LEFT_BY_SYSTEMS
            if not ignored and (entry.is_file(follow_symlinks=False) or Path(entry.path).is_file()):
                names.append(entry.name)
    return sorted(names)


def _unused_notes(folder: Path, checkpoint: Checkpoint) -> tuple[Message, ...]:
    """A note on folders and pictures that lie where no digits are looked for."""
    digits = {str(digit) for digit in range(CLASSES)}
    names = [name for name in _unused_in(folder, checkpoint, is_top=True) if name not in digits]
    for digit in sorted(digits):
        if (folder / digit).is_dir():
            names += [f"{digit}/{name}" for name in _unused_in(folder / digit, checkpoint, is_top=False)]
    if not names:
        return ()
    shown = ", ".join(f"“{shown_name(name)}”" for name in names[:_NAMED])
    if len(names) > _NAMED:
        return (DataNote.ELSEWHERE_MORE(names=shown, more=len(names) - _NAMED),)
    return (DataNote.ELSEWHERE(names=shown),)


def _unused_in(folder: Path, checkpoint: Checkpoint, *, is_top: bool) -> list[str]:
    """The names of the folders in `folder`, and also of pictures and drawings if it `is_top`."""
    names = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            checkpoint()
            is_wanted = entry.is_dir() or (is_top and is_supported(Path(entry.name)))
            if is_wanted and not entry.name.startswith("."):
                names.append(entry.name)
    return sorted(names)


def _read_image(path: Path, unreadable: _Unreadable) -> Image | None:
    """The normalised digit in `path`, or None after counting it as `unreadable`."""
    try:
        image = read_image(path)
    except (InkFileError, PictureError) as error:
        unreadable.add(str(error))
        return None
    if image is None:
        unreadable.add(str(UnreadFile.NO_INK(where=shown_name(path))))
    return image
