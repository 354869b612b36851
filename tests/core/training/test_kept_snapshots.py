"""Snapshots that are kept beside a model, and read again from a file that anybody may have written."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import ModelError, StorageError
from core.explaining.layers import Dense, Flattening
from core.explaining.network import LayeredNetwork
from core.training.kept_snapshots import KEPT_FILE, has_kept_snapshots, keep_snapshots, read_snapshots
from core.training.snapshots import Snapshots, make_snapshot
from core.wording.run_messages import Watched


def some_snapshots() -> Snapshots:
    rng = np.random.default_rng(1)
    snapshots = Snapshots()
    snapshots.watched = Watched.VALIDATION(digits=100)
    for epoch in (1, 2, 4):
        kernel = rng.normal(size=(784, 10)).astype(np.float32)
        network = LayeredNetwork((Flattening("flatten"), Dense("logits", kernel, np.zeros(10, np.float32))))
        snapshots.add(make_snapshot(epoch, network, np.full((10, 10), epoch) if epoch < 4 else None))
    return snapshots


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    kept = some_snapshots()
    assert not has_kept_snapshots(tmp_path)
    keep_snapshots(kept, tmp_path)
    assert has_kept_snapshots(tmp_path)
    again = read_snapshots(tmp_path)
    assert again.epochs == kept.epochs == [1, 2, 4]
    assert str(again.watched) == "100 validation digits"
    image = np.random.default_rng(2).random((1, 28, 28, 1)).astype(np.float32)
    for one, other in zip(kept.all, again.all, strict=True):
        np.testing.assert_array_equal(one.network().logits(image), other.network().logits(image))
        assert (one.confusion is None) == (other.confusion is None)
        if one.confusion is not None and other.confusion is not None:
            np.testing.assert_array_equal(one.confusion, other.confusion)


def test_nothing_is_kept_with_a_model_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        keep_snapshots(some_snapshots(), tmp_path / "deleted")
    assert not (tmp_path / "deleted").exists()


def changed(folder: Path, **changes: Any) -> None:
    """The file, with other arrays in it; None leaves one out."""
    with np.load(folder / KEPT_FILE) as file:
        arrays = dict(file) | changes
    content = io.BytesIO()
    np.savez(content, **{name: array for name, array in arrays.items() if array is not None})
    (folder / KEPT_FILE).write_bytes(content.getvalue())


@pytest.mark.parametrize(
    "changes",
    [
        {"1/layers": None},
        {"2/logits.kernel": np.full((784, 10), np.nan, np.float16)},
        {"2/logits.kernel": np.zeros((3, 3), np.float16)},
        {"1/confusion": np.zeros((3, 3), np.int64)},
        {"1/confusion": np.full((10, 10), -1)},
        {"watched": None},
        {"watched": np.array([255, 254], np.uint8)},
        {"first/layers": np.zeros(3, np.uint8)},
        {"0/layers": np.zeros(3, np.uint8)},
    ],
    ids=str,
)
def test_a_damaged_file_is_refused_in_a_sentence(tmp_path: Path, changes: dict[str, Any]) -> None:
    keep_snapshots(some_snapshots(), tmp_path)
    changed(tmp_path, **changes)
    with pytest.raises(ModelError, match="damaged or gone"):
        read_snapshots(tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x93NUMPY"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / KEPT_FILE).write_bytes(content)
    with pytest.raises(ModelError):
        read_snapshots(tmp_path)
    with pytest.raises(ModelError):
        read_snapshots(tmp_path / "nowhere")
