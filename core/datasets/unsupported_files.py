"""Recognise files that are no source of digits, and say what they are and what to do about it."""

import zipfile
from pathlib import Path

from core.datasets.idx_pairs import unpacked_start
from core.digits.files import DRAWING_SUFFIXES, PICTURE_SUFFIXES
from core.errors import DataSetError
from core.ink.reading import drawing_kind
from core.pictures.headers import picture_kind
from core.pictures.unsupported_formats import foreign_format
from core.wording.data_messages import FileKind
from core.wording.data_problems import ForeignProblem
from core.wording.names import shown_name

_LOOKED_AT = 512
_TAR = slice(257, 262)
_TFLITE = slice(4, 8)

_PICKLE = (ForeignProblem.PICKLE, FileKind.PICKLE)
_ARRAY = (ForeignProblem.SINGLE_ARRAY, FileKind.ARRAY)
_MODEL = (ForeignProblem.MODEL, FileKind.MODEL)
_PICTURE = (ForeignProblem.SINGLE_PICTURE, FileKind.PICTURE)
_MATLAB = (ForeignProblem.OTHER, FileKind.MATLAB)
_HDF5 = (ForeignProblem.OTHER, FileKind.HDF5)
_PARQUET = (ForeignProblem.OTHER, FileKind.PARQUET)
_TAR_ARCHIVE = (ForeignProblem.ARCHIVE, FileKind.TAR)
_ZIP_ARCHIVE = (ForeignProblem.ARCHIVE, FileKind.ZIP)

_STARTS = {
    b"\x93NUMPY": _ARRAY,
    b"MATLAB": _MATLAB,
    b"\x89HDF\r\n\x1a\n": _HDF5,
    b"PAR1": _PARQUET,
    b"ARROW1": (ForeignProblem.OTHER, FileKind.ARROW),
    b"SQLite format 3": (ForeignProblem.OTHER, FileKind.DATABASE),
    b"7z\xbc\xaf'\x1c": (ForeignProblem.ARCHIVE, FileKind.SEVEN_ZIP),
    b"Rar!": (ForeignProblem.ARCHIVE, FileKind.RAR),
    b"\xfd7zXZ": (ForeignProblem.ARCHIVE, FileKind.XZ),
    b"BZh": (ForeignProblem.ARCHIVE, FileKind.BZIP2),
}
_SUFFIXES = {
    **dict.fromkeys((".pkl", ".pickle", ".joblib"), _PICKLE),
    **dict.fromkeys((".keras", ".tflite", ".pt", ".pth", ".onnx"), _MODEL),
    **dict.fromkeys((".csv", ".tsv"), (ForeignProblem.OTHER, FileKind.TEXT_TABLE)),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), (ForeignProblem.OTHER, FileKind.SPREADSHEET)),
    **dict.fromkeys((".json", ".jsonl"), (ForeignProblem.OTHER, FileKind.JSON)),
    **dict.fromkeys((".h5", ".hdf5"), _HDF5),
    **dict.fromkeys((*PICTURE_SUFFIXES, *DRAWING_SUFFIXES), _PICTURE),
    **dict.fromkeys((".tgz", ".tbz", ".txz", ".tar"), _TAR_ARCHIVE),
    ".mat": _MATLAB,
    ".parquet": _PARQUET,
    ".npy": _ARRAY,
    ".zip": _ZIP_ARCHIVE,
}


def holds_arrays(path: Path) -> bool:
    """Whether `path` is an npz file by its name or its content, a zip archive of arrays. Raises OSError."""
    if path.suffix.lower() == ".npz":
        return True
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.endswith(".npy") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def foreign_error(path: Path) -> DataSetError:
    """The error that explains why `path` is no source of digits. Raises OSError."""
    start = unpacked_start(path, _LOOKED_AT) or b""
    name, where = path.name.lower().removesuffix(".gz"), shown_name(path)
    found = _identify(name, start)
    if found is None:
        return DataSetError(ForeignProblem.UNKNOWN, where=where)
    problem, kind = found
    error = DataSetError(problem, where=where, kind=kind())
    return DataSetError(ForeignProblem.CALLED_MNIST, reason=error) if name.startswith("mnist.") else error


def _identify(name: str, start: bytes) -> tuple[ForeignProblem, FileKind] | None:
    """The kind of the file with the lower-case `name` and the first bytes `start`, and its problem; None if unknown."""
    suffix = Path(name).suffix
    by_content = next((finding for magic, finding in _STARTS.items() if start.startswith(magic)), None)
    if start[_TAR] == b"ustar":
        return _TAR_ARCHIVE
    if start[_TFLITE] == b"TFL3" or (by_content and suffix == ".keras"):
        return _MODEL
    if picture_kind(start) or drawing_kind(start) or foreign_format(name, start):
        return _PICTURE
    if by_content or suffix in _SUFFIXES:
        return by_content or _SUFFIXES[suffix]
    if start[:1] == b"\x80" and start[1:2] in (b"\2", b"\3", b"\4", b"\5"):
        return _PICKLE
    return _ZIP_ARCHIVE if start.startswith(b"PK\3\4") else None
