"""Answers that are kept, so that a test which was made before is shown at once.

Those of the user's own model are in the folder `tests` of its bundle; those of the shipped one, and of any other, are
in DigitPad's data folder. A file is named by the network and the digits, and holds both hashes: it counts for nothing
else. Kept files are untrusted, and anything that is wrong with one makes it count as missing.
"""

import io
import logging
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.lib import format as npy_format

from core.digits.arrays import CLASSES, AnyArray
from core.errors import StorageError
from core.models.bundles import ModelBundle
from core.models.compiled import Answers
from core.system.json_files import read_at_most
from core.system.safe_files import remove_leftovers, write_file

log = logging.getLogger(__name__)

MOST_DIGITS = 200_000
"""Of a test that is kept: some 9 MB."""
MOST_FILES = 24
"""Kept for a model; the oldest go first."""
FOLDER = "tests"

_MOST_BYTES = MOST_DIGITS * (CLASSES + 1) * 4 + 100_000
_NAMED_BY = 20  # characters of each hash
_HEADER = 4_000  # bytes of an array's header, at most
_READ_ERRORS = (
    *(OSError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, SyntaxError, RuntimeError),
    MemoryError,
)
Arrays = Mapping[str, AnyArray]


class KeptTests:
    """The tests that are kept of one model."""

    def __init__(self, bundle: ModelBundle, network: str, own_models: Path, elsewhere: Path) -> None:
        """`network` is the hash of the model's; `own_models` the folder of the user's models, `elsewhere` that for the
        tests of all others."""
        is_own = bundle.folder.parent == own_models
        self.folder = bundle.folder / FOLDER if is_own else elsewhere
        self._network = network

    def path(self, digits: str, kind: str = "answers") -> Path:
        """The file of the test of a `kind` on the digits with such a fingerprint."""
        return self.folder / f"{kind}-{self._network[:_NAMED_BY]}-{digits[:_NAMED_BY]}.npz"

    def find_answers(self, digits: str, count: int) -> Answers | None:
        """The network's answers to `count` digits with such a fingerprint; None where they are not kept, or damaged."""
        arrays = self.find(digits, {"probabilities": (count, CLASSES)})
        if arrays is None:
            return None
        probabilities = np.asarray(arrays["probabilities"], np.float32)
        with_none = self.find(digits, {"no_digit": (count,)})
        none = None if with_none is None else np.asarray(with_none["no_digit"], np.float32)
        if not _are_probabilities(probabilities) or (none is not None and not _are_shares(none)):
            log.warning("%s holds no answers, and counts as missing", self.path(digits))
            return None
        return Answers(probabilities, none)

    def keep_answers(self, digits: str, said: Answers) -> None:
        """Keep the network's answers to digits with such a fingerprint, unless they are too many, or it is impossible.

        That is only logged: the test is shown all the same.
        """
        if len(said.probabilities) <= MOST_DIGITS:
            none = {} if said.no_digit is None else {"no_digit": said.no_digit}
            self.keep(digits, {"probabilities": said.probabilities, **none})

    def find(self, digits: str, shapes: Mapping[str, tuple[int, ...]], kind: str = "answers") -> Arrays | None:
        """The float32 arrays of such names and `shapes`; None where one is missing, or the file is damaged."""
        path = self.path(digits, kind)
        try:
            content = read_at_most(path, _MOST_BYTES)
            if content is None:
                raise ValueError("too large")
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if archive.comment != self._mark(digits):
                    raise ValueError("of another network, or other digits")
                if not {f"{name}.npy" for name in shapes} <= set(archive.namelist()):
                    return None
                return {name: _read_array(archive, name, shape) for name, shape in shapes.items()}
        except FileNotFoundError:
            return None
        except _READ_ERRORS as error:
            log.warning("%s cannot be read (%s), and counts as missing", path, error)
            return None

    def keep(self, digits: str, arrays: Arrays, kind: str = "answers") -> None:
        """Keep float32 arrays; where that is impossible, it is only logged."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.comment = self._mark(digits)
            for name, array in arrays.items():
                with archive.open(f"{name}.npy", "w") as member:
                    npy_format.write_array(member, np.ascontiguousarray(array, np.float32), allow_pickle=False)
        try:
            write_file(self.path(digits, kind), content.getvalue())
        except StorageError as error:
            log.warning("the test is not kept: %s", error)
            return
        self._remove_oldest()

    def _mark(self, digits: str) -> bytes:
        return f"{self._network} {digits}".encode("ascii")

    def _remove_oldest(self) -> None:
        remove_leftovers(self.folder)
        with suppress(OSError):
            files = sorted(self.folder.glob(f"*-{self._network[:_NAMED_BY]}-*.npz"), key=_changed_at, reverse=True)
            for file in files[MOST_FILES:]:
                file.unlink()


def _changed_at(path: Path) -> float:
    return path.stat().st_mtime


def _read_array(archive: zipfile.ZipFile, name: str, shape: tuple[int, ...]) -> AnyArray:
    """The array, if it is float32 of this very shape: nothing is unpacked before its size is known."""
    info = archive.getinfo(f"{name}.npy")
    wanted = int(np.prod(shape)) * 4
    if not 0 <= info.file_size - wanted <= _HEADER:
        raise ValueError(f"“{name}” has another size")
    with archive.open(info) as member:
        if npy_format.read_magic(member) != (1, 0):
            raise ValueError(f"“{name}” is in another format")
        found, is_fortran, kind = npy_format.read_array_header_1_0(member, max_header_size=_HEADER)
        if found != shape or kind != np.float32 or is_fortran:
            raise ValueError(f"“{name}” is another array")
        content = member.read(wanted + 1)  # to the end, where zipfile compares the checksum
    if len(content) != wanted:
        raise ValueError(f"“{name}” is cut short")
    return np.frombuffer(content, np.float32).reshape(shape).copy()


def _are_shares(values: AnyArray) -> bool:
    numbers = np.asarray(values, np.float64)
    return bool(np.isfinite(numbers).all() and (numbers >= 0).all() and (numbers <= 1.001).all())


def _are_probabilities(rows: AnyArray) -> bool:
    numbers = np.asarray(rows, np.float64)
    return _are_shares(numbers) and bool((np.abs(numbers.sum(axis=1) - 1) < 0.01).all())
