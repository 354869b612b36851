"""Say what a file is that holds no digits in a form that can be read, and what to do about it."""

import zipfile
from pathlib import Path

from core.datasets.idx_pairs import unpacked_start
from core.digits.files import DRAWING_SUFFIXES, PICTURE_SUFFIXES
from core.pictures.foreign import foreign_format
from core.pictures.headers import picture_kind
from core.wording.names import shown_name

_LOOKED_AT = 512
_TAR = slice(257, 262)
_TFLITE = slice(4, 8)

_SAVE_AS_NPZ = "save its digits as an npz file with “x_train” and “y_train”"
_PICKLE = f"a pickle, which may run any program when it is opened, so DigitPad does not open it; {_SAVE_AS_NPZ}"
_ARRAY = "a single array; images and labels together make an npz file with “x_train” and “y_train”"
_MODEL = "a model, not digits to learn from"
_PICTURE = "a single picture or drawing; choose a folder with pictures in subfolders 0 to 9"
_ARCHIVE = "{}; unpack it and choose the folder or file in it"
_OTHER = f"{{}}, which DigitPad cannot read; {_SAVE_AS_NPZ}"

_STARTS = {
    b"\x93NUMPY": _ARRAY,
    b"MATLAB": _OTHER.format("a MATLAB file"),
    b"\x89HDF\r\n\x1a\n": _OTHER.format("an HDF5 file"),
    b"PAR1": _OTHER.format("a Parquet file"),
    b"ARROW1": _OTHER.format("an Arrow file"),
    b"SQLite format 3": _OTHER.format("a database"),
    b"7z\xbc\xaf'\x1c": _ARCHIVE.format("a 7z archive"),
    b"Rar!": _ARCHIVE.format("a RAR archive"),
    b"\xfd7zXZ": _ARCHIVE.format("an xz archive"),
    b"BZh": _ARCHIVE.format("a bzip2 archive"),
}
_SUFFIXES = {
    **dict.fromkeys((".pkl", ".pickle", ".joblib"), _PICKLE),
    **dict.fromkeys((".keras", ".tflite", ".pt", ".pth", ".onnx"), _MODEL),
    **dict.fromkeys((".csv", ".tsv"), _OTHER.format("a table in text")),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), _OTHER.format("a spreadsheet")),
    **dict.fromkeys((".json", ".jsonl"), _OTHER.format("a JSON file")),
    **dict.fromkeys((".h5", ".hdf5"), _OTHER.format("an HDF5 file")),
    **dict.fromkeys((*PICTURE_SUFFIXES, *DRAWING_SUFFIXES), _PICTURE),
    **dict.fromkeys((".tgz", ".tbz", ".txz", ".tar"), _ARCHIVE.format("a tar archive")),
    ".mat": _OTHER.format("a MATLAB file"),
    ".parquet": _OTHER.format("a Parquet file"),
    ".npy": _ARRAY,
    ".zip": _ARCHIVE.format("a zip archive"),
}  # fmt: skip


def holds_arrays(path: Path) -> bool:
    """Whether `path` is meant as an npz file: a zip archive of arrays, or called one. Raises OSError."""
    if path.suffix.lower() == ".npz":
        return True
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.endswith(".npy") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def refusal(path: Path) -> str:
    """A sentence on what is wrong with `path` as a source of digits. Raises OSError."""
    start = unpacked_start(path, _LOOKED_AT) or b""
    name = path.name.lower().removesuffix(".gz")
    what = _kind(name, start)
    if not what:
        return f"{shown_name(path)}: this is neither an npz file nor an IDX file nor a folder of pictures."
    here = " MNIST itself comes with DigitPad, as “mnist”." if name.startswith("mnist.") else ""
    return f"{shown_name(path)}: this is {what}.{here}"


def _kind(name: str, start: bytes) -> str:
    """What the file called `name`, in small letters, is; "" where it could be anything."""
    suffix = Path(name).suffix
    by_content = next((what for magic, what in _STARTS.items() if start.startswith(magic)), "")
    if start[_TAR] == b"ustar":
        return _ARCHIVE.format("a tar archive")
    if start[_TFLITE] == b"TFL3" or (by_content and suffix == ".keras"):
        return _MODEL
    if picture_kind(start) or foreign_format(name, start):
        return _PICTURE
    if by_content or suffix in _SUFFIXES:
        return by_content or _SUFFIXES[suffix]
    if start[:1] == b"\x80" and start[1:2] in (b"\2", b"\3", b"\4", b"\5"):
        return _PICKLE
    return _ARCHIVE.format("a zip archive") if start.startswith(b"PK\3\4") else ""
