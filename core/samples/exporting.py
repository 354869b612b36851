"""Save samples for other programs, or for another DigitPad. A file is there whole or not at all."""

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.digits.arrays import CLASSES, SIDE
from core.errors import SampleError
from core.pad.rendering import write_pad_png
from core.samples.packages import write_package
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


@dataclass(frozen=True, slots=True)
class Exported:
    """What was saved: how many samples, and how many were left out because they are no digits."""

    path: Path
    count: int
    left_out: int = 0

    @property
    def message(self) -> Message:
        """What to tell the user."""
        note = ExportNote.DIGITS_ONLY if self.left_out else ExportNote.SAVED
        return note(count=counted_digits(self.count), where=self.path, left_out=counted_are(self.left_out))


def export_samples(
    store: SampleStore, path: Path, *, writer: str | None = None, checkpoint: Checkpoint = no_checkpoint
) -> Exported:
    """Save all samples, or those of a `writer`, in the form that the suffix of `path` names.

    `.npz` has the arrays of Keras's MNIST, `.csv` a row for each digit, `.zip` everything, for another DigitPad; any
    other path becomes a folder with subfolders `0` to `9` and `none`, of InkML, and of PNG for the ink of pictures.
    npz and CSV files hold digits only. A file is replaced, a folder is not.

    `checkpoint` is called often; an exception that it raises ends the work, and nothing is left behind.

    Raises
    ------
    SampleError
        When there is nothing to save, or something else is in the folder's place.
    StorageError
        When it cannot be saved.
    """
    samples = store.samples(writer=writer)
    digits = [sample for sample in samples if sample.label != NO_DIGIT]
    writers: dict[str, Callable[[Path], None]] = {
        ".npz": partial(_write_npz, digits),
        ".csv": partial(_write_csv, digits, checkpoint),
        ".zip": lambda file: write_package(file, store, samples, checkpoint),
    }
    suffix = path.suffix.lower()
    saved = digits if suffix in (".npz", ".csv") else samples
    if not saved:
        raise SampleError(SampleProblem.NOTHING_TO_EXPORT)
    if suffix in writers:
        _save_file(path, writers[suffix])
    else:
        _save_folder(path, store, samples, checkpoint)
    return Exported(path, len(saved), len(samples) - len(saved))


def _save_file(path: Path, write: Callable[[Path], None]) -> None:
    target = Path(os.path.realpath(path))
    with new_folder_aside(target.parent) as aside, storage_errors(path):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        write(aside / target.name)
        place_files(aside, target.parent)


def _save_folder(path: Path, store: SampleStore, samples: list[Sample], checkpoint: Checkpoint) -> None:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise SampleError(SampleProblem.IN_THE_WAY, where=path)
    with new_folder_aside(path.absolute().parent) as aside, storage_errors(path):
        folder = aside / "digits"
        for label in LABEL_NAMES if any(sample.label == NO_DIGIT for sample in samples) else map(str, range(CLASSES)):
            (folder / label).mkdir(parents=True)
        width = len(str(samples[-1].id))
        for sample in samples:
            checkpoint()
            stem = folder / label_name(sample.label) / f"{sample.id:0{width}}"
            form, ink = store.ink(sample.id)
            if form == "inkml":
                stem.with_suffix(".inkml").write_bytes(ink)
            else:
                picture = write_pad_png(store.content(sample.id))
                stem.with_suffix(".png").write_bytes(with_image(picture, sample.image))
        if path.exists():
            path.rmdir()  # empty; Windows renames over no folder
        folder.rename(path)


def _write_npz(digits: list[Sample], file: Path) -> None:
    images, labels = images_of(digits), _labels(digits)
    if len(digits) < LEAST_TO_SPLIT:
        np.savez_compressed(file, x_train=images, y_train=labels)
        return
    is_test = np.zeros(len(digits), bool)
    is_test[np.argsort(labels, kind="stable")[TEST_FIRST::TEST_EVERY]] = True
    train, test = (images[~is_test], labels[~is_test]), (images[is_test], labels[is_test])
    np.savez_compressed(file, x_train=train[0], y_train=train[1], x_test=test[0], y_test=test[1])


def _write_csv(digits: list[Sample], checkpoint: Checkpoint, file: Path) -> None:
    with file.open("w", encoding="ascii", newline="\n") as opened:
        opened.write(",".join(["label", *(f"pixel{number}" for number in range(SIDE * SIDE))]) + "\n")
        for sample in digits:
            checkpoint()
            opened.write(",".join(map(str, (sample.label, *sample.image.reshape(-1).tolist()))) + "\n")


def _labels(samples: list[Sample]) -> npt.NDArray[np.uint8]:
    return np.array([sample.label for sample in samples], np.uint8)
