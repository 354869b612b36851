"""Read digits from a folder with subfolders `0` to `9` of pictures and ink files."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.datasets.digit_sets import CLASSES, SIDE, Checkpoint, DigitSet, ReadDigits, nothing
from core.datasets.large_arrays import new_array
from core.drawing_files import read_image
from core.errors import DataSetError, InkFileError, PictureError
from core.file_names import shown_name
from core.normalize import Image

MAX_FILES = 1_000_000
MAX_UNREADABLE_SHARE = 0.2
"""With more of its files unreadable, a folder is taken for something else than digits."""

_SAMPLE_PER_DIGIT = 20
_LEFT_BY_SYSTEMS = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class FolderSummary:
    """What a look at a folder shows: files of each digit, and notes for people."""

    counts: tuple[int, ...]
    notes: tuple[str, ...]


def read_folder(folder: Path, checkpoint: Checkpoint = nothing) -> ReadDigits:
    """Read and normalise everything in the subfolders `0` to `9` of `folder`, in the order of the names.

    Files that cannot be read as a digit are left out and counted in the notes. `checkpoint` is called before each.

    Raises
    ------
    DataSetError
        When there are no such subfolders, no or too many files in them, or most cannot be read.
    """
    files = _find_files(folder)
    total = sum(map(len, files))
    images = new_array((total, SIDE, SIDE), np.uint8, checkpoint)
    labels: list[int] = []
    problems: list[str] = []
    for label, names in enumerate(files):
        for name in names:
            checkpoint()
            image = _read_image(folder / str(label) / name, problems)
            if image is not None:
                images[len(labels)] = image
                labels.append(label)
    _require_readable(folder, problems, total)
    digits = DigitSet(images[: len(labels)], np.array(labels, np.uint8))
    return ReadDigits(digits, notes=_notes(problems, total, "files"))


def look_into_folder(folder: Path, checkpoint: Checkpoint = nothing) -> FolderSummary:
    """Count the files of each digit and try to read some, spread over all of them: quick also for large folders.

    `checkpoint` is called before each that is tried. Raises the same errors as `read_folder`, as far as the tried
    files show them.
    """
    files = _find_files(folder)
    problems: list[str] = []
    tried = 0
    for digit, names in enumerate(files):
        sample = names[:: -(-len(names) // _SAMPLE_PER_DIGIT) or 1]
        tried += len(sample)
        for name in sample:
            checkpoint()
            _read_image(folder / str(digit) / name, problems)
    _require_readable(folder, problems, tried)
    return FolderSummary(tuple(map(len, files)), _notes(problems, tried, "tried files"))


def _find_files(folder: Path) -> list[list[str]]:
    """The names of the files in each of the ten subfolders, sorted."""
    subfolders = [folder / str(digit) for digit in range(CLASSES)]
    try:
        if not any(subfolder.is_dir() for subfolder in subfolders):
            raise DataSetError(f"{shown_name(folder)}: there are no subfolders 0 to 9 with pictures of digits in it.")
        files = [_files_in(subfolder) if subfolder.is_dir() else [] for subfolder in subfolders]
    except OSError as error:
        raise DataSetError(f"{shown_name(folder)}: it cannot be read ({error.strerror or error}).") from error
    total = sum(map(len, files))
    if total == 0:
        raise DataSetError(f"{shown_name(folder)}: there are no files in its subfolders 0 to 9.")
    if total > MAX_FILES:
        raise DataSetError(f"{shown_name(folder)}: {total:,} files are too many; at most {MAX_FILES:,} can be used.")
    return files


def _files_in(folder: Path) -> list[str]:
    return sorted(
        path.name
        for path in folder.iterdir()
        if not path.name.startswith(".") and path.name.lower() not in _LEFT_BY_SYSTEMS and path.is_file()
    )


def _read_image(path: Path, problems: list[str]) -> Image | None:
    """The normalised digit in `path`, or None after adding a sentence to `problems`."""
    try:
        image = read_image(path)
    except (InkFileError, PictureError) as error:
        problems.append(str(error))
        return None
    if image is None:
        problems.append(f"{shown_name(path)} holds no ink.")
    return image


def _require_readable(folder: Path, problems: list[str], tried: int) -> None:
    if len(problems) > MAX_UNREADABLE_SHARE * tried:
        raise DataSetError(
            f"{shown_name(folder)}: {len(problems):,} of {tried:,} files in its subfolders cannot be read as digits; "
            f"the first: {problems[0]}"
        )


def _notes(problems: list[str], tried: int, what: str) -> tuple[str, ...]:
    if not problems:
        return ()
    return (f"{len(problems):,} of {tried:,} {what} cannot be read as digits and are left out; first: {problems[0]}",)
