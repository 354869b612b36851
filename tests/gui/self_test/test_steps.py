"""The self-test takes the steps that its report promises."""

from pathlib import Path

from gui.main_window import MainWindow
from gui.self_test.self_test import make_steps
from gui.self_test.steps import Step


def test_each_step_is_taken_in_its_order(window: MainWindow, tmp_path: Path) -> None:
    assert list(make_steps(window, tmp_path, None)) == list(Step)
