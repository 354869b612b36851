"""Find the drawings and pictures in folders."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from core.digits.files import is_meant_as_digit, is_supported

HERE = f".{os.sep}"
"""What the system puts before the names in the working folder."""


class FoundFiles:
    """Files as they are; of folders what is meant as a drawing or picture anywhere below them, sorted.

    A folder of which nothing is found, or which may not be read, is there itself: that has to be said. Folders behind
    symbolic links, which may lead back, are passed over.

    Attributes
    ----------
    left_out
        How many files of folders were passed over so far because they are no drawing and no picture, or no file.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = paths
        self.left_out = 0

    def __iter__(self) -> Iterator[str]:
        for path in self._paths:
            found = self._files_below(str(Path(path))) if is_folder(path) else iter(())
            first = next(found, path)
            yield first
            yield from found

    def _files_below(self, folder: str) -> Iterator[str]:
        """What is found below `folder`, with memory for the names in a few folders."""
        waiting = _contents(folder)
        while waiting:
            entry = waiting.pop()
            if _is_kind(entry.is_dir, follow_symlinks=False):
                waiting += _contents(entry.path)
                if not _may_be_read(entry.path):
                    yield entry.path.removeprefix(HERE)
            elif _is_kind(entry.is_file) and _is_wanted(entry):
                yield entry.path.removeprefix(HERE)
            else:
                self.left_out += 1


def is_folder(path: str) -> bool:
    """Whether there is a folder at `path`, which may be no path that the system knows."""
    return os.path.isdir(path)  # noqa: PTH112 - unlike Path.is_dir it bears names that are too long


def why_empty(folder: str) -> str:
    """A sentence on why nothing was found in `folder`."""
    return f"There are no drawings or pictures in {folder}." if _may_be_read(folder) else f"{folder} may not be read."


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    path = Path(entry.path)
    return (is_supported(path) and not entry.name.startswith(".")) or is_meant_as_digit(path)


def _may_be_read(folder: str) -> bool:
    return os.access(folder, os.R_OK | os.X_OK)


def _contents(folder: str) -> list[os.DirEntry[str]]:
    """What is in `folder`, the last by name first; nothing where it may not be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: os.path.normcase(entry.name), reverse=True)
    except OSError:
        return []


def _is_kind(asks: Callable[..., bool], **how: bool) -> bool:
    try:
        return asks(**how)
    except OSError:
        return False
