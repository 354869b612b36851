"""Run a command as a process of its own and measure it: seconds, processor seconds, and the most memory it held."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process_memory import peak_bytes
from benchmarks.processes import BenchmarkError

_LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class MeasuredProcess:
    """What a process took.

    Attributes
    ----------
    seconds
        From its start to its end.
    cpu_seconds
        Of all its threads, in the system too.
    peak_bytes
        The most memory that it held, pages of mapped files included; 0 where the system does not tell.
    lines
        What it printed.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    lines: tuple[str, ...]


def measure_process(arguments: Sequence[str], data_dir: Path) -> MeasuredProcess:
    """Run `python ARGUMENTS` from the current folder with its data in `data_dir`.

    Raises
    ------
    BenchmarkError
        When it ends with another code than 0.
    """
    environment = os.environ | {"DIGITPAD_DATA_DIR": str(data_dir), "TF_CPP_MIN_LOG_LEVEL": "3"}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        before, began = os.times(), time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], stdout=output, stderr=errors, env=environment)
        watch = _PeakWatch(process.pid)
        watch.start()
        code = process.wait()
        seconds, after = time.perf_counter() - began, os.times()
        watch.end()
        if code != 0:
            errors.seek(0)
            said = errors.read().decode(errors="replace")[-2000:]
            raise BenchmarkError(f"python {' '.join(arguments)} failed:\n{said}")
        output.seek(0)
        lines = tuple(output.read().decode(errors="replace").splitlines())
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return MeasuredProcess(seconds, cpu, watch.peak_bytes, lines)


class _PeakWatch(threading.Thread):
    """Looks at a process again and again: what the system tells after its end counts its parent's memory too."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self._process = process
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            self.peak_bytes = max(self.peak_bytes, peak_bytes(self._process))

    def end(self) -> None:
        self._ended.set()
        self.join()
