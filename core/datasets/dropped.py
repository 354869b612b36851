"""Find out whether dropped files and folders are digits to train with."""

from collections.abc import Sequence
from pathlib import Path

from core.datasets.idx_pairs import TEST_PREFIXES, looks_like_idx
from core.digits.arrays import CLASSES
from core.digits.files import is_supported
from core.errors import DataSetError
from core.wording.file_problems import DropProblem


def source_among(paths: Sequence[Path]) -> Path:
    """The source of digits among `paths`; decided by their names, nothing is read.

    A single path is the source itself. Several must be the files of a data set in IDX format, of which the training
    images are returned, or subfolders `0` to `9`, of which the parent folder is returned.

    Raises
    ------
    DataSetError
        When they are drawings and pictures, or of different kinds.
    """
    if not paths:
        raise DataSetError(DropProblem.NOT_LOCAL)
    if all(map(is_supported, paths)):
        raise DataSetError(DropProblem.PICTURES)
    if len(paths) == 1:
        return paths[0]
    folders, names = {path.parent for path in paths}, {path.name for path in paths}
    if len(folders) == 1 and names <= set(map(str, range(CLASSES))):
        return folders.pop()
    images = [path for path in paths if _is_about("images", "idx3", path)]
    labels = [path for path in paths if _is_about("labels", "idx1", path)]
    if len(folders) == 1 and images and len(images) + len(labels) == len(paths):
        return min(images, key=lambda path: (_is_test_part(path), path.name))
    raise DataSetError(DropProblem.MIXED)


def is_training_data(path: Path) -> bool:
    """Whether `path` is data for training, not a digit to show: a folder, an npz or an IDX file.

    Only the first bytes of a file are read. False when it cannot be read.
    """
    try:
        if path.is_dir():
            return True
        return not is_supported(path) and (path.suffix.lower() == ".npz" or looks_like_idx(path))
    except OSError:
        return False


def _is_about(word: str, kind: str, path: Path) -> bool:
    name = path.name.lower()
    return word in name or kind in name


def _is_test_part(path: Path) -> bool:
    return any(prefix in path.name.lower() for prefix in TEST_PREFIXES)
