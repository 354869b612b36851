"""Save samples for other programs, or for another DigitPad. A file is there whole or not at all."""

import errno
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.digits.arrays import CLASSES, SIDE
from core.errors import SampleError
from core.pad.rendering import write_pad_png
from core.samples.packages import readable_ink, write_package
from core.samples.png_images import with_image
from core.samples.sample import LABEL_NAMES, NO_DIGIT, Sample, label_name
from core.samples.store import SampleStore, images_of
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.system.safe_files import new_folder_aside, place_files, storage_errors
from core.wording.messages import Message
from core.wording.sample_messages import ExportNote, counted_are, counted_digits
from core.wording.sample_problems import SampleProblem

TEST_EVERY, TEST_FIRST = 7, 3
"""Which of the digits are for testing in an npz file: as many as in MNIST."""
LEAST_TO_SPLIT = 10

_TOGETHER = 500
"""Images that are written between two checkpoints."""
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,7}", re.ASCII)
"""Of a file; what else follows a dot belongs to the name of a folder, as in "digits 2.1"."""
_Write = Callable[[Path], int]
"""Writes a file, and returns how many samples are in it."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was saved: how many samples, how many were left out as no digits, and how many because they are damaged."""

    path: Path
    count: int
    left_out: int = 0
    unreadable: int = 0

    @property
    def message(self) -> Message:
        """What to tell the user."""
        count, left_out = counted_digits(self.count), counted_are(self.left_out)
        if self.unreadable:
            return ExportNote.SOME_UNREADABLE(count=count, where=self.path, unreadable=self.unreadable)
        note = ExportNote.DIGITS_ONLY if self.left_out else ExportNote.SAVED
        return note(count=count, where=self.path, left_out=left_out)


def export_samples(
    store: SampleStore, path: Path, *, writer: str | None = None, checkpoint: Checkpoint = no_checkpoint
) -> Exported:
    """Save all samples, or those of a `writer`, in the form that the suffix of `path` names.

    `.npz` has the arrays of Keras's MNIST, `.csv` a row for each digit, `.zip` everything, for another DigitPad; any
    other path becomes a folder with subfolders `0` to `9` and `none`, of InkML, and of PNG for the ink of pictures.
    npz and CSV files hold digits only. A file is replaced, a folder is not. What is damaged is left out.

    `checkpoint` is called often; an exception that it raises ends the work, and nothing is left behind.

    Raises
    ------
    SampleError
        When there is nothing to save, the suffix is that of another kind of file, or something else is in the
        folder's place.
    StorageError
        When it cannot be saved.
    """
    samples = store.samples(writer=writer)
    digits = [sample for sample in samples if sample.label != NO_DIGIT]
    writers: dict[str, _Write] = {
        ".npz": partial(_write_npz, digits, checkpoint),
        ".csv": partial(_write_csv, digits, checkpoint),
        ".zip": lambda file: write_package(file, store, samples, checkpoint),
    }
    suffix = path.suffix.lower()
    saved = digits if suffix in (".npz", ".csv") else samples
    if suffix not in writers and _SUFFIX.fullmatch(suffix) and not path.is_dir():
        raise SampleError(SampleProblem.UNKNOWN_SUFFIX, where=path)
    if not saved:
        raise SampleError(SampleProblem.NOTHING_TO_EXPORT)
    count = _save_file(path, writers[suffix]) if suffix in writers else _save_folder(path, store, samples, checkpoint)
    return Exported(path, count, len(samples) - len(saved), len(saved) - count)


def _save_file(path: Path, write: _Write) -> int:
    target = Path(os.path.realpath(path))
    with new_folder_aside(target.parent) as aside, storage_errors(path):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        count = write(aside / target.name)
        if not count:
            raise SampleError(SampleProblem.ALL_DAMAGED)
        place_files(aside, target.parent)
    return count


def _save_folder(path: Path, store: SampleStore, samples: list[Sample], checkpoint: Checkpoint) -> int:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise SampleError(SampleProblem.IN_THE_WAY, where=path)
    with new_folder_aside(path.absolute().parent) as aside, storage_errors(path):
        folder = aside / "digits"
        for label in LABEL_NAMES if any(sample.label == NO_DIGIT for sample in samples) else map(str, range(CLASSES)):
            (folder / label).mkdir(parents=True)
        count, width = 0, len(str(samples[-1].id))
        for sample in samples:
            checkpoint()
            if (found := readable_ink(store, sample)) is None:
                continue
            form, ink, content = found
            stem = folder / label_name(sample.label) / f"{sample.id:0{width}}"
            if form == "inkml":
                stem.with_suffix(".inkml").write_bytes(ink)
            else:
                stem.with_suffix(".png").write_bytes(with_image(write_pad_png(content), sample.image))
            count += 1
        if not count:
            raise SampleError(SampleProblem.ALL_DAMAGED)
        if path.exists():
            path.rmdir()  # empty; Windows renames over no folder
        folder.rename(path)
    return count


def _write_npz(digits: list[Sample], checkpoint: Checkpoint, file: Path) -> int:
    images, labels = images_of(digits), _labels(digits)
    is_test = np.zeros(len(digits), bool)
    if len(digits) >= LEAST_TO_SPLIT:
        is_test[np.argsort(labels, kind="stable")[TEST_FIRST::TEST_EVERY]] = True
    arrays = {"x_train": images[~is_test], "y_train": labels[~is_test]}
    if is_test.any():
        arrays |= {"x_test": images[is_test], "y_test": labels[is_test]}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, array in arrays.items():
            with opened.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array_header_1_0(member, np.lib.format.header_data_from_array_1_0(array))
                for start in range(0, len(array), _TOGETHER):
                    checkpoint()
                    member.write(array[start : start + _TOGETHER].tobytes())
    return len(digits)


def _write_csv(digits: list[Sample], checkpoint: Checkpoint, file: Path) -> int:
    with file.open("w", encoding="ascii", newline="\n") as opened:
        opened.write(",".join(["label", *(f"pixel{number}" for number in range(SIDE * SIDE))]) + "\n")
        for sample in digits:
            checkpoint()
            opened.write(",".join(map(str, (sample.label, *sample.image.reshape(-1).tolist()))) + "\n")
    return len(digits)


def _labels(samples: list[Sample]) -> npt.NDArray[np.uint8]:
    return np.array([sample.label for sample in samples], np.uint8)
