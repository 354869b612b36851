"""A zip file of samples, which another DigitPad imports with writers, times and ink.

`digits.json` lists them, `images` holds what the network sees of each, one after the other, and `ink/` the ink of each.
Files are untrusted: sizes are checked before anything is unpacked, nothing is written to a folder, and no code is run.
"""

import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from core.digits.arrays import SIDE
from core.errors import SampleError
from core.pad.content import Content
from core.samples.package_records import Record, read_record, record_of
from core.samples.rows import content_of
from core.samples.sample import NewSample, Sample
from core.samples.store import SampleStore
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.wording.names import shown_name
from core.wording.sample_problems import SampleProblem

LIST, IMAGES = "digits.json", "images"
FORMAT, VERSION = "digitpad-digits", 1
SUFFIXES = {"inkml": "inkml", "archive": "npz"}
"""Of the ink, by its form in the store."""

MAX_DIGITS = 500_000
MAX_LIST_BYTES = 200_000_000
MAX_INK_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 4_000_000_000

_INK_NAME = re.compile(r"ink/\d{1,12}\.(inkml|npz)", re.ASCII)
_IMAGE_BYTES = SIDE * SIDE
_READ_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, KeyError, ValueError, RecursionError),
    *(RuntimeError, MemoryError),  # encrypted, or an unknown compression
)


def write_package(file: Path, store: SampleStore, samples: list[Sample], checkpoint: Checkpoint = no_checkpoint) -> int:
    """Write those of `samples` whose ink can be read, and return how many. Raises OSError and StorageError."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        records, images = [], []
        for sample in samples:
            checkpoint()
            if (found := readable_ink(store, sample)) is None:
                continue
            form, ink, _ = found
            name = f"ink/{sample.id}.{SUFFIXES[form]}"
            package.writestr(name, ink, zipfile.ZIP_STORED if form == "archive" else None)
            records.append(record_of(sample, name))
            images.append(sample.image)
        with package.open(IMAGES, "w") as opened:
            for image in images:
                opened.write(image.tobytes())
        package.writestr(LIST, json.dumps({"format": FORMAT, "version": VERSION, "digits": records}))
    return len(records)


def readable_ink(store: SampleStore, sample: Sample) -> tuple[str, bytes, Content] | None:
    """The ink of a sample: its form, as a file, and read; None when it is damaged, or gone by now."""
    try:
        form, ink = store.ink(sample.id)
    except SampleError:
        return None
    content = content_of(form, ink)
    return None if content is None else (form, ink, content)


def is_package(path: Path) -> bool:
    """Whether there is such a zip file at `path`, or one by its name that is cut short. Raises OSError."""
    if not zipfile.is_zipfile(path):
        return path.suffix.lower() == ".zip"
    try:
        with zipfile.ZipFile(path) as package:
            return LIST in package.namelist()
    except _READ_ERRORS:
        return False


@contextmanager
def opened_package(path: Path) -> Iterator[Iterator[NewSample | None]]:
    """Yield the samples in the package at `path`, one by one; None for each that is damaged.

    Raises
    ------
    SampleError
        When it is no such package, is too large, or is not from DigitPad: before the first sample.
    """
    where = shown_name(path)
    try:
        package = zipfile.ZipFile(path)
    except _READ_ERRORS as error:
        raise SampleError(SampleProblem.NOT_A_PACKAGE, where=where) from error
    with package:
        _check_members(package, where)
        try:
            records = _records(json.loads(_member(package, LIST, MAX_LIST_BYTES)), where)
            images = _member(package, IMAGES, MAX_DIGITS * _IMAGE_BYTES)
        except _READ_ERRORS as error:
            raise SampleError(SampleProblem.NOT_A_PACKAGE, where=where) from error
        if len(images) != len(records) * _IMAGE_BYTES:
            raise SampleError(SampleProblem.NOT_A_PACKAGE, where=where)
        yield _samples(package, records, images)


def _check_members(package: zipfile.ZipFile, where: str) -> None:
    """Refuse a zip file by its directory: nothing is unpacked yet."""
    members = package.infolist()
    for member in members:
        if member.filename not in (LIST, IMAGES) and not _INK_NAME.fullmatch(member.filename):
            raise SampleError(SampleProblem.FOREIGN_PACKAGE, where=where, name=shown_name(member.filename))
    if len(members) > MAX_DIGITS + 2:
        raise SampleError(SampleProblem.TOO_MANY, where=where, limit=MAX_DIGITS)
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise SampleError(SampleProblem.TOO_LARGE, where=where, limit=MAX_UNPACKED_BYTES / 1e9)


def _member(package: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """A file of the package. Raises one of `_READ_ERRORS`."""
    if package.getinfo(name).file_size > limit:
        raise ValueError("too large")
    return package.read(name)


def _records(listed: Any, where: str) -> list[Any]:
    if not isinstance(listed, dict) or listed.get("format") != FORMAT:
        raise ValueError("no list of digits")
    version, records = listed.get("version"), listed.get("digits")
    if isinstance(version, int) and version > VERSION:
        raise SampleError(SampleProblem.NEWER_PACKAGE, where=where)
    if version != VERSION or not isinstance(records, list):
        raise ValueError("no list of digits")
    return records


def _samples(package: zipfile.ZipFile, records: list[Any], images: bytes) -> Iterator[NewSample | None]:
    """The sample of each record. A file is read for one record only: the limit is on all files together."""
    seen: set[str] = set()
    for number, listed in enumerate(records):
        record = read_record(listed)
        if record is None or record.ink in seen:
            yield None
            continue
        seen.add(record.ink)
        yield _sample(package, record, images[number * _IMAGE_BYTES : (number + 1) * _IMAGE_BYTES])


def _sample(package: zipfile.ZipFile, record: Record, image: bytes) -> NewSample | None:
    """The sample of a record; None when its image is empty, or its ink is missing or damaged."""
    form = "inkml" if record.ink.endswith(".inkml") else "archive"
    try:
        content = content_of(form, _member(package, record.ink, MAX_INK_BYTES))
    except _READ_ERRORS:
        return None
    if content is None or not any(image):
        return None
    pixels = np.frombuffer(image, np.uint8).reshape(SIDE, SIDE)
    names = record.writer, record.source, record.answered, record.model
    return NewSample(record.label, content, pixels, *names, record.kept_at)
