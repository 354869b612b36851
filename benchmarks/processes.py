"""Run what is compared as processes of their own, each telling what it measured as a last line of JSON."""

import json
import os
import subprocess
import sys
from typing import Any


class BenchmarkError(Exception):
    """A measurement failed; the text says why."""


def run_json(module: str, *arguments: str) -> list[dict[str, Any]]:
    """Run `python -m MODULE` and return the lines of JSON that it printed. Raises BenchmarkError."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | _QUIET, check=False)
    if done.returncode != 0:
        ended = f"{' '.join(command[1:])} ended with exit code {done.returncode}"  # negative: the signal that ended it
        raise BenchmarkError(f"{ended}:\n{done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


_QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3"}
