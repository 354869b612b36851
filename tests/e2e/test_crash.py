"""The real app ends as nobody wanted; the real app says so at its next start, in one sentence, once."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from core import __version__
from core.system.paths import app_paths
from tests.conftest import REPOSITORY

WINDOW = """
    import faulthandler, os, signal, sys
    from PySide6.QtCore import QTimer, qWarning
    import main
    from gui import app
    from core.ink.samples import read_sample
    from gui.self_test.hand import drag

    faulthandler.dump_traceback_later(100, exit=True)  # what hangs says where
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may ignore them, as nohup does
    signal.signal(signal.SIGINT, signal.default_int_handler)
    make_window = app.make_window

    def watched_window(*arguments):
        window = make_window(*arguments)
        QTimer.singleShot(200, lambda: do(window))
        return window

    def draw(window):
        for stroke in read_sample(7).strokes:
            drag(window.draw_tab.canvas, stroke.points.tolist())
        window.recovery.save()

    def told(window):
        return window.notice.text.text() if window.notice.isVisible() else "nothing"

    app.make_window = watched_window
"""
START = """
    def do(window):
        print(told(window))
        print(window.document.is_blank)
        window.document.clear()
        window.close()
"""
NO_TERMINAL = "sys.stdout = sys.stderr = None"
FULL_DISK = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="how a process ends is told by a signal")


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `main` after `script`."""
    script = textwrap.dedent(WINDOW) + textwrap.dedent(script) + "\nsys.exit(main.main(sys.argv[1:]))"
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=120)


def told_at_start() -> list[str]:
    """What the next window says, and whether its pad is blank."""
    done = run(START)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def logged() -> str:
    return app_paths().log.read_text(encoding="utf-8")


def nothing_is_left() -> bool:
    log = app_paths().log
    return [path.name for path in log.parent.iterdir()] == [log.name]


@pytest.mark.parametrize("does_draw", [True, False])
def test_a_crash_is_told_once_at_the_next_start(isolated_folders: Path, does_draw: bool) -> None:
    crash = f"def do(window):\n    {'draw(window)' if does_draw else 'pass'}\n    faulthandler._sigsegv()"
    crashed = run(crash)
    assert crashed.returncode == -signal.SIGSEGV, crashed.stderr
    back = " Your drawing is back on the pad." if does_draw else ""
    sentence = f"DigitPad quit unexpectedly last time; details are in {app_paths().log}.{back}"
    assert told_at_start() == [sentence, str(not does_draw)]
    assert told_at_start() == ["nothing", "True"]
    assert logged().count("Fatal Python error: Segmentation fault") == 1
    assert "in do" in logged()
    assert logged().count(f"digitpad: DigitPad {__version__}, from source, Python ") == 3, "a line for each start"
    assert nothing_is_left()


def test_an_error_that_ends_the_window_before_it_is_up_is_told(isolated_folders: Path) -> None:
    failed = run(f"{NO_TERMINAL}\ndef watched_window(*arguments): 1 / 0\napp.make_window = watched_window")
    assert (failed.returncode, failed.stderr) == (1, "")
    assert told_at_start()[0] == f"DigitPad quit unexpectedly last time; details are in {app_paths().log}."
    assert told_at_start()[0] == "nothing"
    _, taken_over = logged().split("ended unexpectedly at")
    assert "ZeroDivisionError: division by zero" in taken_over
    assert nothing_is_left()


@pytest.mark.parametrize("does_draw", [True, False])
def test_a_window_that_was_killed_is_told_without_a_reason(isolated_folders: Path, does_draw: bool) -> None:
    kill = f"def do(window):\n    {'draw(window)' if does_draw else 'pass'}\n    os.kill(os.getpid(), signal.SIGKILL)"
    assert run(kill).returncode == -signal.SIGKILL
    back = " Your drawing is back on the pad." if does_draw else ""
    sentence = f"DigitPad quit unexpectedly last time; the reason is not known.{back}"
    assert told_at_start() == [sentence, str(not does_draw)]
    assert told_at_start() == ["nothing", "True"]
    assert nothing_is_left()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_window_that_was_asked_to_end_has_not_crashed(isolated_folders: Path, name: str) -> None:
    asked = run(f"def do(window):\n    draw(window)\n    os.kill(os.getpid(), signal.{name})")
    assert (asked.returncode, asked.stderr) == (0, "")
    assert told_at_start() == ["Undo (Ctrl+Z) brings back your last drawing.", "True"]
    assert nothing_is_left()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_window_that_is_asked_to_end_while_it_is_made_has_not_crashed(isolated_folders: Path, name: str) -> None:
    script = f"""
        def asked_window(*arguments):
            os.kill(os.getpid(), signal.{name})
            return make_window(*arguments)

        app.make_window = asked_window
    """
    asked = run(script)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert told_at_start() == ["nothing", "True"]
    assert nothing_is_left()


@pytest.mark.parametrize(
    "end",
    [
        # whoever asked does not wait until all is closed
        "window.close_quietly = lambda: os.kill(os.getpid(), signal.SIGKILL); os.kill(os.getpid(), signal.SIGTERM)",
        # what goes on beside the window is left behind
        "background.Background(lambda check: time.sleep(99), 'Sleep', can_be_left=True).begin(); window.close()",
    ],
)
def test_a_window_that_was_about_to_end_has_not_crashed(isolated_folders: Path, end: str) -> None:
    done = run(f"import time\nfrom gui.system import background\ndef do(window):\n    {end}")
    assert (done.returncode, done.stderr) in [(-signal.SIGKILL, ""), (0, "")]
    assert list(app_paths().log.parent.glob("crash-*.log")), "it ended past everything of Python's"
    assert told_at_start()[0] == "nothing"
    assert nothing_is_left()


def test_a_window_that_nobody_may_hang_up_goes_on(isolated_folders: Path) -> None:
    script = """
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
        def do(window):
            os.kill(os.getpid(), signal.SIGHUP)
            QTimer.singleShot(700, lambda: (print("still there"), window.close()))
    """
    done = run(script)
    assert (done.stdout, done.stderr) == ("still there\n", "")


def test_a_screen_that_went_away_is_no_crash(isolated_folders: Path) -> None:
    """Qt says so, and ends the process."""
    last_words = "The X11 connection broke (error 1). Did the X11 server die?"
    assert run(f"def do(window):\n    draw(window)\n    qWarning('{last_words}')\n    os._exit(1)").returncode == 1
    assert told_at_start() == ["DigitPad quit unexpectedly; your drawing is back on the pad.", "False"]
    assert last_words in logged()


def test_a_crash_of_a_command_is_not_told_by_the_window(isolated_folders: Path) -> None:
    script = "from core.commands import predict\npredict.run = lambda *arguments, **named: faulthandler._sigsegv()"
    assert run(script, "predict", "7.png").returncode == -signal.SIGSEGV
    assert told_at_start()[0] == "nothing"
    assert ": predict, begun at " in logged()
    assert "Fatal Python error: Segmentation fault" in logged()
    assert nothing_is_left()


def test_a_disk_that_is_full_is_told_at_the_start(isolated_folders: Path) -> None:
    said = told_by(f"{FULL_DISK}\ndef do(window):\n    print(told(window))\n    window.close()")
    assert said == [f"Cannot keep settings and models in {app_paths().models.parent}: file too large."]


def test_a_disk_that_fills_is_told_once_while_drawing(isolated_folders: Path) -> None:
    script = f"""
        def do(window):
            draw(window)
            print(told(window))
            {FULL_DISK}
            for _ in range(2):
                draw(window)
                print(told(window))
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
            draw(window)
            {FULL_DISK}
            draw(window)
            print(told(window))
            window.close()
    """
    before, first, second, again = told_by(script)
    assert (before, second) == ("nothing", "nothing")
    assert first.startswith("If DigitPad crashed now, this drawing would be lost. Cannot save ")
    assert again == first
    assert told_at_start()[0] == "Undo (Ctrl+Z) brings back your last drawing.", "what there was room for"


def told_by(script: str) -> list[str]:
    done = run(script)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
