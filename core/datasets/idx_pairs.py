"""Find the IDX files that belong together: by their names, or else by their content."""

import gzip
import re
import struct
import zlib
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from core.errors import DataSetError
from core.wording.idx_problems import IdxProblem
from core.wording.names import shown_name

CLASSIC_IMAGES = ("train-images-idx3-ubyte", "train-images.idx3-ubyte")
TEST_PREFIXES = ("t10k", "test")
IDX_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
MAX_DIMENSIONS = 4
GZIP_MAGIC = b"\x1f\x8b"
MAX_LOOKED_AT = 1000
"""Folders with more files than this are not searched for IDX files."""

_SAYS_TEST = re.compile(r"t10k|test|val|eval", re.IGNORECASE)
_IMAGES, _LABELS = 3, 1  # dimensions


@dataclass(frozen=True, slots=True)
class Pair:
    """Images and their labels."""

    images: Path
    labels: Path


@dataclass(frozen=True, slots=True)
class _Found:
    """A file with the header of an IDX file of images or labels, and their number."""

    path: Path
    dimensions: int
    count: int


def looks_like_idx(path: Path) -> bool:
    """Whether `path` has the header of an IDX file, gzipped or not, or the name of one. Raises OSError."""
    with path.open("rb") as file:
        start = file.read(4)
    if start[:2] == GZIP_MAGIC:
        unpacked = unpacked_start(path, 4)
        return unpacked is None or _is_magic(unpacked) or "idx" in path.name.lower()
    return _is_magic(start) or "idx" in path.name.lower() or path.suffix.lower() == ".gz"


def unpacked_start(path: Path, length: int) -> bytes | None:
    """The first bytes of a file, unpacked if it is gzipped; None when it is damaged. Raises OSError."""
    try:
        with path.open("rb") as file:
            is_packed = file.read(2) == GZIP_MAGIC
            file.seek(0)
            return gzip.GzipFile(fileobj=file).read(length) if is_packed else file.read(length)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return None


def find_idx_folder(folder: Path) -> bool:
    """Whether the digits in `folder` are IDX files: with MNIST's names, or without other digits beside them."""
    if _classic_images(folder):
        return True
    has_pictures = any((folder / str(digit)).is_dir() for digit in range(10))
    return not has_pictures and any(found.dimensions == _IMAGES for found in _look_into(folder))


def pairs_in(folder: Path) -> tuple[Pair, Pair | None]:
    """The training pair in `folder`, and the test pair if there is one. Raises DataSetError."""
    classic = _classic_images(folder)
    if classic:
        return pairs_of(classic)
    images = [found for found in _look_into(folder) if found.dimensions == _IMAGES]
    train = [found for found in images if not _SAYS_TEST.search(found.path.name)] or images
    test = [found for found in images if found not in train]
    if len(train) == 2 and not test:  # the names do not help: the larger set is for training
        train.sort(key=lambda found: found.count)
        test = [train.pop(0)]
    if len(train) > 1 or len(test) > 1:
        names = ", ".join(shown_name(found.path) for found in images[:4])
        raise DataSetError(IdxProblem.SEVERAL_SETS, where=shown_name(folder), names=names)
    return _pair_of(train[0].path), _pair_of(test[0].path) if test else None


def pairs_of(path: Path) -> tuple[Pair, Pair | None]:
    """The pair that `path` belongs to, and the test pair with matching names. Raises DataSetError."""
    train = _pair_of(path)
    test_images, test_labels = _test_file(train.images), _test_file(train.labels)
    if test_images is None and test_labels is None:
        return train, None
    if test_images is None or test_labels is None:
        found = test_images or test_labels
        raise DataSetError(IdxProblem.TEST_PARTNER_MISSING, where=shown_name(found or path))
    return train, Pair(test_images, test_labels)


def _pair_of(path: Path) -> Pair:
    """The pair of `path`: by the names, or else by the content of the files beside it."""
    is_images, is_labels = (word in path.name.lower() for word in ("images", "labels"))
    if is_images == is_labels:
        return _pair_by_content(path)
    words = ("images", "labels", "idx1") if is_images else ("labels", "images", "idx3")
    wanted = _renamed(path.name, *words)
    partner = _existing(path.with_name(_plain(wanted)))
    if partner is not None:
        return Pair(path, partner) if is_images else Pair(partner, path)
    try:
        return _pair_by_content(path)
    except DataSetError as error:
        raise DataSetError(IdxProblem.PARTNER_MISSING, where=shown_name(path), partner=shown_name(wanted)) from error


def _pair_by_content(path: Path) -> Pair:
    name, own = shown_name(path), _look_at(path)
    if own is None:
        raise DataSetError(IdxProblem.NEITHER, where=name)
    is_images = own.dimensions == _IMAGES
    dimensions = _LABELS if is_images else _IMAGES
    beside = [found for found in _look_into(path.parent) if found.dimensions == dimensions]
    others = [found for found in beside if found.count == own.count]
    closest = max((_likeness(path, found.path) for found in others), default=0)
    partners = [found.path for found in others if _likeness(path, found.path) == closest]
    if not partners:
        missing = IdxProblem.LABELS_MISSING if is_images else IdxProblem.IMAGES_MISSING
        raise DataSetError(missing, where=name, count=own.count)
    if len(partners) > 1:
        names = " or ".join(f"“{shown_name(partner)}”" for partner in partners)
        ambiguous = IdxProblem.LABELS_AMBIGUOUS if is_images else IdxProblem.IMAGES_AMBIGUOUS
        raise DataSetError(ambiguous, where=name, names=names)
    return Pair(path, partners[0]) if is_images else Pair(partners[0], path)


def _likeness(path: Path, other: Path) -> int:
    """The length of the common beginning of the two names."""
    pairs = zip(path.name.lower(), other.name.lower(), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _look_into(folder: Path) -> list[_Found]:
    """The IDX files of images and labels in `folder`, sorted; none if there are very many files."""
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path.is_file())
    except OSError:  # a file can be readable in a folder that is not
        return []
    looked_at = map(_look_at, paths if len(paths) <= MAX_LOOKED_AT else [])
    return [found for found in looked_at if found is not None]


def _look_at(path: Path) -> _Found | None:
    try:
        start = unpacked_start(path, 8)
    except OSError:
        return None
    if start is None or len(start) < 8 or not _is_magic(start) or start[3] not in (_IMAGES, _LABELS):
        return None
    return _Found(path, start[3], struct.unpack(">I", start[4:])[0])


def _is_magic(start: bytes) -> bool:
    return len(start) >= 4 and start[:2] == b"\0\0" and start[2] in IDX_TYPES and 1 <= start[3] <= MAX_DIMENSIONS


def _classic_images(folder: Path) -> Path | None:
    found = (_existing(folder / name) for name in CLASSIC_IMAGES)
    return next((path for path in found if path), None)


def _renamed(name: str, old: str, new: str, kind: str) -> str:
    return _replaced(_replaced(name, old, new), "idx[13]", kind)


def _replaced(name: str, old: str, new: str) -> str:
    return re.sub(old, new, name, flags=re.IGNORECASE)


def _plain(name: str) -> str:
    """A file's name without ".gz"."""
    return name[:-3] if name.lower().endswith(".gz") else name


def _test_file(path: Path) -> Path | None:
    if "train" not in path.name.lower():
        return None
    plain = _plain(path.name)
    found = (_existing(path.with_name(_replaced(plain, "train", prefix))) for prefix in TEST_PREFIXES)
    return next((other for other in found if other), None)


def _existing(plain: Path) -> Path | None:
    """`plain`, or `plain` with ".gz", whichever exists; or else one that only differs in capitals."""
    for path in (plain, plain.with_name(plain.name + ".gz")):
        if path.is_file():
            return path
    wanted = {plain.name.lower(), plain.name.lower() + ".gz"}
    try:
        found = sorted(path for path in plain.parent.iterdir() if path.name.lower() in wanted and path.is_file())
    except OSError:
        return None
    return found[0] if found else None
