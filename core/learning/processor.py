"""What this machine's processor is good at."""

import functools
from pathlib import Path

_LINUX_FACTS = Path("/proc/cpuinfo")
_MATRIX_UNIT = "amx_bf16"


@functools.cache
def multiplies_bfloat16() -> bool:
    """Whether the processor has a unit that multiplies matrices in bfloat16, which then is faster than float32.

    Only Linux says so in a file; elsewhere the answer is no, and training is float32.
    """
    try:
        facts = _LINUX_FACTS.read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    flags = next((line for line in facts.splitlines() if line.startswith("flags")), "")
    return _MATRIX_UNIT in flags.split()
