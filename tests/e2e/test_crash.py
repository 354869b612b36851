"""The real app crashes; the real app says so at its next start, in one sentence, once."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from core.paths import app_paths
from tests.conftest import REPOSITORY

CRASH = """
    import faulthandler, sys
    from PySide6.QtCore import QTimer
    import main
    from gui import app
    from gui.self_test import read_sample
    from tests.gui.conftest import drag

    make_window = app.make_window

    def watched_window(*arguments):
        window = make_window(*arguments)
        QTimer.singleShot(200, lambda: draw_and_crash(window))
        return window

    def draw_and_crash(window):
        if sys.argv[1] == "draw":
            for stroke in read_sample(7).strokes:
                drag(window.draw_tab.canvas, stroke.points.tolist())
            window.recovery.save()
        faulthandler._sigsegv()

    app.make_window = watched_window
    sys.exit(main.main([]))
"""
START = """
    import sys
    from PySide6.QtCore import QTimer
    import main
    from gui import app

    make_window = app.make_window

    def watched_window(*arguments):
        window = make_window(*arguments)
        QTimer.singleShot(200, lambda: tell_and_close(window))
        return window

    def tell_and_close(window):
        print(window.notice.text.text() if window.notice.isVisible() else "nothing")
        print(window.document.is_blank)
        window.document.clear()
        window.close()

    app.make_window = watched_window
    sys.exit(main.main([]))
"""


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(script), *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.skipif(os.name == "nt", reason="how a crash ends is told by a signal")
@pytest.mark.parametrize("does_draw", [True, False])
def test_a_crash_is_told_once_at_the_next_start(isolated_folders: Path, does_draw: bool) -> None:
    crashed = run(CRASH, "draw" if does_draw else "")
    assert crashed.returncode == -signal.SIGSEGV, crashed.stderr
    log = app_paths().log
    first, second = run(START), run(START)
    assert (first.returncode, first.stderr, second.stderr) == (0, "", "")
    back = "your drawing is back on the pad, and " if does_draw else ""
    sentence = f"DigitPad ended unexpectedly last time; {back}details are in {log}."
    assert first.stdout.splitlines() == [sentence, str(not does_draw)]
    assert second.stdout.splitlines() == ["nothing", "True"]
    text = log.read_text(encoding="utf-8")
    assert text.count("Fatal Python error: Segmentation fault") == 1
    assert "in draw_and_crash" in text
    assert sorted(path.name for path in log.parent.iterdir()) == ["digitpad.log"]
