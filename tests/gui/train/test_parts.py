"""The parts of the training page, made a little at a time."""

import subprocess
import sys

from PySide6.QtWidgets import QFrame, QWidget
from pytestqt.qtbot import QtBot

from gui.train.parts import TrainParts
from tests.conftest import REPOSITORY


def test_the_steps_make_every_part_once(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    parts = TrainParts(owner)
    early = parts.table
    assert owner.children() == [early]
    for step in parts.steps():
        step()
    made = owner.children()
    assert len(made) == 5
    assert [parts.form, parts.run, parts.curves, parts.guess, parts.table] == [*made[1:], early]
    assert owner.children() == made


def test_a_part_without_an_owner_is_its_own_window(qtbot: QtBot) -> None:
    table = TrainParts().table
    qtbot.addWidget(table)
    assert isinstance(table, QFrame)
    assert table.parent() is None


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    script = "import sys; from gui.train.parts import TrainParts; TrainParts().steps(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert not {"gui.train.form", "gui.train.run_view", "gui.train.curves"} & set(done.stdout.split())
