"""Find drawings and pictures in folders."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from core.digits.files import is_meant_as_digit, is_supported
from core.errors import PictureError
from core.wording.file_problems import FileProblem

HERE = f".{os.sep}"
"""The prefix of names in the working folder, as the system gives them."""


class FoundFiles:
    """The given files, and the drawings and pictures anywhere below the given folders, sorted.

    A folder that is empty or cannot be read is itself in the result, to be reported. Folders behind symbolic links are
    skipped: they may be circular.

    Attributes
    ----------
    left_out
        The number of files in folders that were skipped so far because they are no drawing and no picture.
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
        """The files below `folder`; only the names in a few folders are in memory at a time."""
        waiting = _contents(folder)
        while waiting:
            entry = waiting.pop()
            if _is_kind(entry.is_dir, follow_symlinks=False):
                waiting += _contents(entry.path)
                if not _is_readable(entry.path):
                    yield entry.path.removeprefix(HERE)
            elif _is_kind(entry.is_file) and _is_wanted(entry):
                yield entry.path.removeprefix(HERE)
            else:
                self.left_out += 1


def is_folder(path: str) -> bool:
    """Whether there is a folder at `path`; False for paths that the system refuses."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises for names that are too long


def empty_folder_error(folder: str) -> PictureError:
    """The error that explains why nothing was found in `folder`."""
    is_empty = _is_readable(folder)
    return PictureError(FileProblem.NOTHING_IN_FOLDER if is_empty else FileProblem.FOLDER_UNREADABLE, folder=folder)


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    path = Path(entry.path)
    return (is_supported(path) and not entry.name.startswith(".")) or is_meant_as_digit(path)


def _is_readable(folder: str) -> bool:
    return os.access(folder, os.R_OK | os.X_OK)


def _contents(folder: str) -> list[os.DirEntry[str]]:
    """The entries of `folder` in reverse order of their names; none when it cannot be read."""
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
