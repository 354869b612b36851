"""Find a source of digits by its name, such as MNIST's, or its path."""

from pathlib import Path

from core.datasets.idx_pairs import find_idx_folder, looks_like_idx
from core.datasets.mnist import load_mnist_test, read_mnist_name, read_mnist_test_name
from core.datasets.my_digits import read_my_digits_name
from core.datasets.own_files import Folder, Idx, Npz
from core.datasets.source import Source, TestDigits
from core.datasets.unsupported_files import foreign_error, holds_arrays
from core.errors import DataSetError
from core.system.safe_files import reading_errors
from core.wording.data_problems import DataProblem
from core.wording.names import shown_name

MAX_FILE_BYTES = 2_000_000_000


def find_source(text: str, digits: Path | None = None) -> Source:
    """The source `text`: "mnist", "mnist:5000" for its first 5,000 training digits, "digits" for the user's own
    (`core.datasets.my_digits_choice`), or a path.

    Only the kind of a file or folder is determined; it is not read. `digits` is the path of the store of the user's own
    digits, by default the one in DigitPad's data folder.

    Raises
    ------
    DataSetError
        When there is no such file or folder, or it is no source of digits.
    """
    return read_mnist_name(text) or read_my_digits_name(text, digits) or _find_own(text)


def load_test_digits(text: str) -> TestDigits:
    """The test digits of a source; `text` is as for `find_source`, but "mnist:500" means the first 500 test digits.

    Raises DataSetError.
    """
    images = read_mnist_test_name(text)
    if images is not None:
        return load_mnist_test(images)
    data = find_source(text).load()
    return TestDigits(data.test, data.test_origin, data.notes)


def _find_own(text: str) -> Source:
    path = _own_path(text)
    if path.is_dir():
        return Idx(path) if find_idx_folder(path) else Folder(path)
    if not path.is_file():
        raise DataSetError(DataProblem.NOT_REGULAR, where=shown_name(path))
    with reading_errors(DataSetError, DataProblem.UNREADABLE, where=shown_name(path)):
        if holds_arrays(path):
            return Npz(path)
        if looks_like_idx(path):
            return Idx(path)
        raise foreign_error(path)


def _own_path(text: str) -> Path:
    shown = shown_name(text)
    with reading_errors(DataSetError, DataProblem.SOURCE_UNREADABLE, source=shown):
        try:
            path = Path(text.strip()).expanduser()
        except RuntimeError as error:  # “~name” of a user that this machine does not know
            raise DataSetError(DataProblem.NOT_FOUND, source=shown) from error
        if not text.strip() or not path.exists():
            raise DataSetError(DataProblem.NOT_FOUND, source=shown)
        if path.is_file() and path.stat().st_size > MAX_FILE_BYTES:
            raise DataSetError(DataProblem.FILE_TOO_LARGE, where=shown_name(path), limit=MAX_FILE_BYTES / 1e9)
    return path.absolute()
