"""Which of the things that somebody drops are digits to train with."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from core.datasets.dropped import is_training_data, source_among
from core.errors import DataSetError

HOME = Path("/home/ann")


@pytest.mark.parametrize(
    ("names", "source"),
    [
        (["digits"], "digits"),
        (["mine.npz"], "mine.npz"),
        (["a/t10k-images-idx3-ubyte.gz", "a/t10k-labels-idx1-ubyte.gz"], "a/t10k-images-idx3-ubyte.gz"),
        (["a/my-labels.idx", "a/my-images.idx"], "a/my-images.idx"),
        (["a/pixels.idx3", "a/answers.idx1"], "a/pixels.idx3"),
        (
            [f"a/{part}" for part in ("t10k-images", "train-labels", "t10k-labels", "train-images")],
            "a/train-images",
        ),
        ([f"digits/{digit}" for digit in range(10)], "digits"),
    ],
)
def test_the_source_that_is_meant(names: list[str], source: str) -> None:
    assert source_among([HOME / name for name in names]) == HOME / source


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], "Only files and folders of this computer"),
        (["7.png"], "in subfolders 0 to 9"),
        (["7.png", "8.inkml"], "in subfolders 0 to 9"),
        (["one.npz", "two.npz"], "Drop one file or folder"),
        (["a/0", "b/1"], "Drop one file or folder"),
        (["a/my-images.idx", "b/my-labels.idx"], "Drop one file or folder"),
        (["a/my-images.idx", "a/notes.txt"], "Drop one file or folder"),
    ],
)
def test_what_is_no_source_is_said(names: list[str], sentence: str) -> None:
    with pytest.raises(DataSetError, match=sentence):
        source_among([HOME / name for name in names])


def test_data_is_told_from_drawings(tmp_path: Path) -> None:
    np.savez(tmp_path / "own.npz", x_train=np.zeros(3))
    idx = b"\0\0\x08\1" + (3).to_bytes(4) + b"\1\2\3"
    (tmp_path / "answers").write_bytes(idx)
    (tmp_path / "answers.gz").write_bytes(gzip.compress(idx))
    (tmp_path / "7.png").write_bytes(idx)
    (tmp_path / "7.txt").write_text("seven")
    data = {path.name for path in (tmp_path, *tmp_path.iterdir()) if is_training_data(path)}
    assert data == {tmp_path.name, "own.npz", "answers", "answers.gz"}
    assert not is_training_data(tmp_path / "gone")
