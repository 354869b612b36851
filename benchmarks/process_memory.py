"""How much memory a process holds. Imports next to nothing, so that a process can ask it about itself."""


def peak_bytes(process: int | str = "self") -> int:
    """The most memory that a process held so far, pages of mapped files included; 0 where the system does not tell."""
    return _status_bytes(process, b"VmHWM:")


def current_bytes() -> int:
    """The memory that this process holds now; 0 where the system does not tell."""
    return _status_bytes("self", b"VmRSS:")


def _status_bytes(process: int | str, name: bytes) -> int:
    try:
        with open(f"/proc/{process}/status", "rb") as status:  # noqa: PTH123 - pathlib is one more thing to import
            lines = status.read().splitlines()
    except OSError:
        return 0
    return 1024 * next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
