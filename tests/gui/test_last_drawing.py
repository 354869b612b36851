"""The drawing of before is there again: after a crash at once, else one undo away."""

import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.digits.files import write_png
from core.ink.samples import read_sample
from core.system.crash_log import Crash
from core.system.paths import app_paths
from gui.app import make_window
from gui.main_window import MainWindow
from gui.self_test.hand import drag
from gui.system.destroying import destroy
from tests.gui.conftest import SEVEN


def test_a_drawing_survives_a_crash(new_window: Callable[[], MainWindow], isolated_folders: Path) -> None:
    """Another process draws, keeps its drawing, and is killed."""
    script = """
        import os, signal
        from core.system.paths import app_paths
        from gui.app import make_application, make_window
        application = make_application()
        window = make_window(app_paths())
        window.document.begin_stroke(100, 100)
        window.document.extend_stroke(400, 800)
        window.document.end_stroke()
        window.recovery.save()
        os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    window = new_window()
    assert not window.document.is_blank
    assert "your drawing is back" in window.notice.text.text()


def test_a_crash_and_its_drawing_are_one_sentence_that_can_be_read(qapp: QApplication) -> None:
    crashed_file(b"<ink><trace>100 100, 400 800</trace></ink>")
    details = Path("/home/some-teacher/.local/state/DigitPad/log/digitpad.log")
    window = make_window(app_paths(), Crash(details))
    window.resize(1024, 700)
    window.show()
    text = window.notice.text
    assert text.text() == (
        f"DigitPad quit unexpectedly last time; details are in {details}. Your drawing is back on the pad."
    )
    assert text.heightForWidth(text.width()) <= text.height(), "on a small window too"
    window.close()
    destroy(window)


def test_the_last_drawing_is_one_undo_away(new_window: Callable[[], MainWindow]) -> None:
    first = new_window()
    drag(first.draw_tab.canvas, SEVEN)
    first.close()
    second = new_window()
    assert second.document.is_blank
    assert "brings back your last drawing" in second.notice.text.text()
    second.document.undo_stack.undo()
    assert not second.document.is_blank
    second.document.clear()
    second.close()
    assert not new_window().document.undo_stack.canUndo(), "nothing was on the pad when it was closed"


def crashed_file(content: bytes, name: str = "0123.inkml") -> Path:
    """What a crashed window left behind."""
    path = app_paths().recovery / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def test_a_drawing_that_cannot_be_read_is_put_aside_not_removed(new_window: Callable[[], MainWindow]) -> None:
    path = crashed_file(b"<ink><trace>1 2, 3")
    assert new_window().document.is_blank
    assert path.with_suffix(".damaged").read_bytes() == b"<ink><trace>1 2, 3"


def test_a_recovered_drawing_is_on_disk_again_at_once(new_window: Callable[[], MainWindow]) -> None:
    path = crashed_file(b"<ink><trace>100 100, 400 800</trace></ink>")
    assert not new_window().document.is_blank
    assert not path.exists()
    assert len(list(app_paths().recovery.glob("*.inkml"))) == 1, "before anything else can happen"


def test_the_digit_of_a_picture_survives_too(
    new_window: Callable[[], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    first = new_window()
    (tmp_path / "seven.png").write_bytes(write_png(read_sample(7)))
    first.files.open_path(tmp_path / "seven.png")
    qtbot.waitUntil(lambda: not first.files.is_opening)
    first.recovery.save()
    [kept] = app_paths().recovery.glob("*.npz")
    content = kept.read_bytes()
    first.document.clear()
    first.close()
    kept.parent.joinpath("crashed.npz").write_bytes(content)
    second = new_window()
    second.recognition.answer_now()
    assert second.recognition.recognition.digit == 7


def test_a_running_window_keeps_its_own_drawing(new_window: Callable[[], MainWindow]) -> None:
    first = new_window()
    drag(first.draw_tab.canvas, SEVEN)
    first.recovery.save()
    assert new_window().document.is_blank
    assert list(app_paths().recovery.glob("*.inkml"))
