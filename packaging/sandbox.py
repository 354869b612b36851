"""A harsh environment for the finished app: the least that it must be able to run with.

No network, no home, nothing on the PATH, a user who can write in one folder only, and paths with non-ASCII characters.
"""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

NON_ASCII_NAME = "Größe – 数字 €"
NOBODY = 65534
TIMEOUT_SECONDS = 3600
"""For one command; the training in the self-test takes the longest."""


class ProofFailed(Exception):
    """The app did not do what it must; the text says what."""


@dataclass(frozen=True, slots=True)
class Sandbox:
    """Where and how commands are run.

    Attributes
    ----------
    folder
        The only folder that they can write in.
    prefix
        What is put before each command.
    notes
        How commands are restricted here, and which restriction this machine does not allow; one phrase each.
    """

    folder: Path
    prefix: tuple[str, ...]
    notes: tuple[str, ...]

    def run(
        self, command: Sequence[str | Path], variables: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run `command` to its end, without standard input; `variables` are added to its environment."""
        return subprocess.run(
            [*self.prefix, *map(str, command)],
            cwd=self.folder,
            env=environment(self.folder) | dict(variables or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="backslashreplace",
            timeout=TIMEOUT_SECONDS,
            check=False,
        )


@contextmanager
def sandbox() -> Iterator[tuple[Sandbox, Path]]:
    """A sandbox, and beside it a folder to install in; both are removed afterwards."""
    with TemporaryDirectory(prefix="digitpad-proof-") as root:
        Path(root).chmod(0o755)
        writable, install = Path(root, f"{NON_ASCII_NAME} data"), Path(root, NON_ASCII_NAME)
        writable.mkdir()
        install.mkdir()
        prefix, notes = _restrictions()
        if _is_root():
            os.chown(writable, NOBODY, NOBODY)
        yield Sandbox(writable, prefix, notes), install


def environment(folder: Path) -> dict[str, str]:
    """The whole environment of a command: where temporary files go, and on Windows where Windows is."""
    variables = {name: str(folder) for name in ("TMPDIR", "TEMP", "TMP")}
    if sys.platform == "win32":
        root = os.environ["SYSTEMROOT"]
        return variables | {"SYSTEMROOT": root, "PATH": str(Path(root, "System32"))}
    return variables | {"PATH": "/nonexistent"}


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Make `folder` read-only for the block. Raises ProofFailed when something in it has changed nevertheless."""
    before = _listing(folder)
    _set_writable(folder, writable=False)
    try:
        yield
    finally:
        _set_writable(folder, writable=True)
    changed = sorted(before.symmetric_difference(_listing(folder)))
    if changed:
        raise ProofFailed(f"The app changed its own folder: {', '.join(path for path, _, _ in changed[:5])}.")


def _listing(folder: Path) -> set[tuple[str, int, int]]:
    return {(str(path), (status := path.lstat()).st_size, status.st_mtime_ns) for path in folder.rglob("*")}


def _set_writable(folder: Path, *, writable: bool) -> None:
    if sys.platform == "win32":  # there a folder's permission bits have no effect
        return
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | stat.S_IWUSR if writable else mode & ~0o222)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _restrictions() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The prefix that cuts a command off the network and drops root's privileges, and notes about both."""
    parts: list[str] = []
    notes: list[str] = []
    cut = (_tool("unshare"), "--net") if _is_root() else (_tool("unshare"), "--user", "--map-current-user", "--net")
    if _works([*cut, _tool("true")]):
        parts += cut
        notes.append("no network")
    else:
        notes.append("with network, as it cannot be cut off here")
    drop = (_tool("setpriv"), f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs")
    if _is_root():
        if not _works([*drop, _tool("true")]):
            raise ProofFailed("Root can write in a read-only folder, and there is no setpriv to become nobody.")
        parts += drop
        notes.append("as nobody")
    notes.append("read-only install folder, no HOME, non-ASCII paths, empty PATH")
    return tuple(parts), tuple(notes)


def _tool(name: str) -> str:
    """The full path of a command: the sandbox has no PATH to look it up."""
    return shutil.which(name) or name


def _works(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
