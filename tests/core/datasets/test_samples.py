"""Digits of a data set to look at."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.datasets.sources import find_source

TRACE = '<ink xmlns="http://www.w3.org/2003/InkML"><trace>{}</trace></ink>'


def test_the_first_digits_come_first_then_others(tmp_path: Path, mnist: dict[str, npt.NDArray[np.uint8]]) -> None:
    found = find_source("mnist").samples(6, 90)
    assert found.labels[:6].tolist() == [5, 0, 4, 1, 9, 2]
    assert np.array_equal(found.images[:6], mnist["x_train"][:6])
    assert len(np.unique(found.images, axis=0)) == len(found) == 96
    own = tmp_path / "own.npz"
    np.savez(own, **{name: mnist[name][:40] for name in mnist})
    of_own = find_source(str(own)).samples(6, 90)
    assert np.array_equal(of_own.images[:6], mnist["x_train"][:6])
    assert len(of_own) == 40
    assert len(find_source("mnist:10").samples(6, 90)) == 10


def test_of_a_folder_some_files_are_read(tmp_path: Path) -> None:
    for digit, points in ((1, "50 10, 50 90"), (7, "20 10, 80 10, 40 90")):
        (tmp_path / str(digit)).mkdir()
        for index in range(25):
            (tmp_path / str(digit) / f"{index}.inkml").write_text(TRACE.format(points))
    (tmp_path / "1" / "broken.inkml").write_text("<ink")
    found = find_source(str(tmp_path)).samples(6, 90)
    counts = np.array(found.counts())
    assert counts[7] == 10 and counts[1] in (9, 10) and counts.sum() == counts[[1, 7]].sum()
    thin = found.images[found.labels == 1].mean(axis=(1, 2))
    assert thin.max() < found.images[found.labels == 7].mean(axis=(1, 2)).min(), "each has its own label"
