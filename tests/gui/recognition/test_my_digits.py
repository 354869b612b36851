"""The user's own digits in the window: kept, changed, taken out, and what other processes do to them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.ink.samples import read_sample
from core.samples.sample import NewSample
from core.samples.store import SampleStore
from core.settings import SettingsFile
from gui.recognition.my_digits import MyDigits
from gui.system.destroying import destroy

SEVEN = NewSample(7, read_sample(7), np.full((28, 28), 9, np.uint8))


@pytest.fixture
def my_digits(qapp: QApplication, tmp_path: Path) -> Iterator[MyDigits]:
    digits = MyDigits(tmp_path / "digits.sqlite", SettingsFile(tmp_path / "settings.json"))
    yield digits
    digits.close()
    destroy(digits)


def labels(my_digits: MyDigits) -> list[int]:
    return [sample.label for sample in my_digits.store.samples()]


def test_every_change_is_told(my_digits: MyDigits, qtbot: QtBot) -> None:
    told: list[bool] = []
    my_digits.changed.connect(lambda: told.append(True))
    sample = my_digits.keep(SEVEN)
    assert sample is not None
    assert my_digits.relabel([sample.id], 1)
    assert my_digits.set_writer_of([sample.id], "Ada")
    assert [(one.label, one.writer) for one in my_digits.store.samples()] == [(1, "Ada")]
    taken = my_digits.take_out([sample.id])
    assert taken is not None
    assert labels(my_digits) == []
    assert my_digits.put_back(taken)
    [back] = my_digits.store.samples()
    assert (back.id, back.label, back.writer) == (sample.id, 1, "Ada")
    assert my_digits.remove([sample.id])
    assert labels(my_digits) == []
    assert len(told) == 6


def test_who_draws_is_remembered(my_digits: MyDigits, tmp_path: Path, qtbot: QtBot) -> None:
    assert my_digits.writer == ""
    with qtbot.waitSignal(my_digits.writer_changed):
        my_digits.set_writer("Ada")
    assert MyDigits(my_digits.path, SettingsFile(tmp_path / "settings.json")).writer == "Ada"
    my_digits.keep(SEVEN)  # nobody's
    assert my_digits.count(7) == 0
    my_digits.set_writer("")
    assert my_digits.count(7) == 1


def test_nothing_is_made_before_it_is_needed(my_digits: MyDigits, qtbot: QtBot) -> None:
    my_digits.look()
    assert not my_digits.path.exists()


def test_what_another_process_keeps_is_noticed(my_digits: MyDigits, qtbot: QtBot) -> None:
    code = (
        "import sys; from pathlib import Path; from core.samples.store import SampleStore; "
        "from core.samples.sample import NewSample; from core.ink.samples import read_sample; import numpy as np; "
        "SampleStore(Path(sys.argv[1])).keep(NewSample(3, read_sample(3), np.zeros((28, 28), np.uint8)))"
    )

    def keep_elsewhere() -> None:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
        subprocess.run([sys.executable, "-c", code, str(my_digits.path)], check=True, env=environment)

    keep_elsewhere()
    with qtbot.waitSignal(my_digits.changed):
        my_digits.look()  # as when the window is activated
    assert labels(my_digits) == [3]
    with qtbot.assertNotEmitted(my_digits.changed):
        my_digits.look()
    keep_elsewhere()
    with qtbot.waitSignal(my_digits.changed, timeout=10_000):  # by itself
        pass
    assert labels(my_digits) == [3, 3]


def test_what_is_kept_here_is_told_once(my_digits: MyDigits, qtbot: QtBot) -> None:
    my_digits.keep(SEVEN)
    with qtbot.assertNotEmitted(my_digits.changed):
        my_digits.look()


def test_a_closed_store_is_free(my_digits: MyDigits, qtbot: QtBot) -> None:
    my_digits.keep(SEVEN)
    my_digits.close()
    my_digits.path.rename(my_digits.path.with_suffix(".away"))  # as Windows allows for closed files only
    store = SampleStore(my_digits.path.with_suffix(".away"))
    assert [sample.label for sample in store.samples()] == [7]
    store.close()


def test_that_a_damaged_store_was_set_aside_is_told_once(my_digits: MyDigits, qtbot: QtBot) -> None:
    my_digits.path.write_bytes(b"no database " * 500)
    told: list[str] = []
    my_digits.problem.connect(told.append)
    my_digits.look()
    my_digits.keep(SEVEN)
    my_digits.look()
    assert len(told) == 1
    assert "digits" in told[0]
    assert labels(my_digits) == [7]


def test_a_store_that_cannot_be_opened_is_told_once_unless_somebody_asks(my_digits: MyDigits, qtbot: QtBot) -> None:
    my_digits.path.mkdir()
    told: list[str] = []
    my_digits.problem.connect(told.append)
    my_digits.look()
    my_digits.look()
    assert len(told) == 1
    assert my_digits.keep(SEVEN) is None
    assert len(told) == 2


@pytest.mark.parametrize("use", ["look", "keep"])
def test_that_the_file_was_moved_away_is_told_once(my_digits: MyDigits, qtbot: QtBot, tmp_path: Path, use: str) -> None:
    my_digits.keep(SEVEN)
    told: list[str] = []
    my_digits.problem.connect(told.append)
    my_digits.path.rename(tmp_path / "elsewhere.sqlite")
    with qtbot.waitSignal(my_digits.changed, timeout=10_000):
        if use == "keep":
            my_digits.keep(SEVEN)
    my_digits.look()
    assert len(labels(my_digits)) == (1 if use == "keep" else 0)
    place = my_digits.path.parent
    assert told == [f"The file of your digits is no longer in {place}. DigitPad has begun a new one, which is empty."]
