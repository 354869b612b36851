"""Everything that DigitPad writes follows --data-dir, the file of a large set too."""

from pathlib import Path

import numpy as np
import pytest

import main
from core.datasets import large_arrays
from core.datasets.mnist import load_mnist
from core.system.paths import scratch_folder


@pytest.mark.parametrize("before_the_command", [True, False])
def test_large_sets_lie_where_the_user_wants_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before_the_command: bool
) -> None:
    elsewhere = scratch_folder()
    digits = load_mnist().train.take(slice(70))
    np.savez(tmp_path / "x.npz", x_train=digits.images, y_train=digits.labels)
    monkeypatch.setattr(large_arrays, "LARGEST_IN_MEMORY", 100)
    place, command = ["--data-dir", str(tmp_path / "here")], ["evaluate", "--data", str(tmp_path / "x.npz")]
    assert main.main([*place, *command] if before_the_command else [*command, *place]) == 0
    assert (tmp_path / "here" / "scratch").is_dir()
    assert not elsewhere.exists()
