"""The snapshots of a run, kept beside its model for as long as that is kept: `epochs.npz` in its bundle."""

import io
import json
from pathlib import Path

import numpy as np

from core.datasets.npz import read_every_array
from core.digits.arrays import CLASSES, AnyArray
from core.errors import DataSetError, ModelError
from core.models.bundles import is_file_there
from core.system.safe_files import write_file
from core.training.snapshots import MOST_BYTES, Confusion, Snapshot, Snapshots
from core.wording.model_problems import ModelProblem
from core.wording.run_messages import Watched

KEPT_FILE = "epochs.npz"
MOST_EPOCHS = 1000

_CONFUSION, _WATCHED = "confusion", "watched"


def keep_snapshots(snapshots: Snapshots, bundle: Path) -> None:
    """Write `snapshots` into the folder of the `bundle` that their run has left. Raises StorageError."""
    arrays: dict[str, AnyArray] = {}
    for snapshot in snapshots.all:
        for name, array in snapshot.arrays.items():
            arrays[f"{snapshot.epoch}/{name}"] = array
        if snapshot.confusion is not None:
            arrays[f"{snapshot.epoch}/{_CONFUSION}"] = snapshot.confusion
    arrays[_WATCHED] = np.frombuffer(str(snapshots.watched or "").encode(), np.uint8)
    file = io.BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type]  # its stubs take a name for a setting
    write_file(bundle / KEPT_FILE, file.getvalue(), make_parent=False)  # the model may be gone


def has_kept_snapshots(bundle: Path) -> bool:
    """Whether there are some in the folder of a bundle."""
    return is_file_there(bundle / KEPT_FILE)


def read_snapshots(bundle: Path) -> Snapshots:
    """The snapshots that were kept with a model; the file is untrusted.

    Raises
    ------
    ModelError
        When it is missing or damaged.
    """
    damaged = ModelError(ModelProblem.EPOCHS_DAMAGED, name=bundle.name)
    if not has_kept_snapshots(bundle):
        raise damaged
    try:
        arrays = read_every_array(bundle / KEPT_FILE, limit=2 * MOST_BYTES)
        return _snapshots_from(arrays)
    except (DataSetError, ValueError, KeyError, TypeError, json.JSONDecodeError, RecursionError) as error:
        raise damaged from error


def _snapshots_from(arrays: dict[str, AnyArray]) -> Snapshots:
    watched = arrays.pop(_WATCHED).tobytes().decode()
    by_epoch: dict[int, dict[str, AnyArray]] = {}
    for name, array in arrays.items():
        number, _, rest = name.partition("/")
        by_epoch.setdefault(int(number), {})[rest] = array
    if not 1 <= len(by_epoch) <= MOST_EPOCHS or min(by_epoch) < 1:
        raise ValueError("no epochs, or too many")
    snapshots = Snapshots(2 * MOST_BYTES)
    snapshots.watched = Watched.AS_SAVED(text=watched) if watched else None
    for epoch in sorted(by_epoch):
        confusion = by_epoch[epoch].pop(_CONFUSION, None)
        snapshot = Snapshot(epoch, by_epoch[epoch], None if confusion is None else _checked(confusion))
        snapshot.network()  # which refuses what is no network
        snapshots.add(snapshot)
    return snapshots


def _checked(confusion: AnyArray) -> Confusion:
    if confusion.shape != (CLASSES, CLASSES) or confusion.dtype.kind not in "iu" or int(confusion.min()) < 0:
        raise ValueError("no confusion matrix")
    return np.asarray(confusion, np.int64)
