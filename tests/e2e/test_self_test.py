"""The self-test, as `make run` starts it where there is no display, and what a start must not load."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import cv2

from gui.self_test.steps import Step


def test_the_self_test_passes_and_leaves_pictures(tmp_path: Path) -> None:
    command = [sys.executable, "main.py", "self-test", "--json", "--screenshots", str(tmp_path / "pictures")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    assert [step["step"] for step in steps if not step["passed"]] == [], steps
    assert done.returncode == 0
    assert done.stderr == ""
    assert [step["step"] for step in steps] == list(Step)
    pictures = sorted((tmp_path / "pictures").glob("*.png"))
    assert len(pictures) == 24
    assert len({picture.read_bytes() for picture in pictures}) == 24  # a running training is not a finished one
    for picture in pictures:
        image = cv2.imread(str(picture))
        assert image is not None
        assert image.shape[:2] in ((700, 1024), (840, 1280))


def test_starting_drawing_and_recognising_loads_no_tensorflow() -> None:
    """In a fresh interpreter, because this one may have trained already."""
    script = """
        import sys
        from PySide6.QtTest import QTest
        from core.system.paths import app_paths
        from gui.app import make_application, make_window
        from core.ink.samples import read_sample
        from gui.self_test.hand import drag
        application = make_application()
        window = make_window(app_paths())
        window.show()
        QTest.qWait(50)
        for stroke in read_sample(5).strokes:
            drag(window.draw_tab.canvas, stroke.points.tolist())
        window.recognition.answer_now()
        assert window.recognition.recognition.digit == 5
        not_asked_for = {"gui.about.about_dialog", "core.system.diagnostics", "core.system.licences"}
        heavy = ({"tensorflow", "keras", "h5py"} | not_asked_for) & set(sys.modules)
        assert not heavy, heavy
        window.close()
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
