"""The command line: what `--help` and `--version` do not wait for."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]


def test_reading_the_command_line_loads_no_library_for_numbers_or_pictures() -> None:
    code = "import sys, core.commands.parser\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert not {"numpy", "cv2", "PySide6", "tensorflow"} & set(done.stdout.split())
