"""Name and cores of this machine's processor."""

import functools
import os
import platform
from pathlib import Path

_LINUX_FACTS = Path("/proc/cpuinfo")
_MATRIX_UNIT = "amx_bf16"


@functools.cache
def processor_name() -> str:
    """The processor's name; on Linux with "with AMX" where it has a unit for bfloat16 matrices."""
    try:
        lines = _LINUX_FACTS.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    name = _fact(lines, "model name") or platform.machine()
    return f"{name} with AMX" if _MATRIX_UNIT in _fact(lines, "flags").split() else name


def core_count() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _fact(lines: list[str], key: str) -> str:
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")
