"""The least friendly computer that the app must still run on, as far as this one can play it.

No network, no home, nothing on the PATH, a user who may write nowhere but in one folder, and letters beyond ASCII.
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

FOLDER = "Größe – 数字 €"
NOBODY = 65534
PATIENCE_SECONDS = 3600
"""For one command; the training of the self-test takes the longest."""


class Unproved(Exception):
    """The app did not do what it must; the text says what."""


@dataclass(frozen=True, slots=True)
class HardPlace:
    """Where and how commands are run.

    Attributes
    ----------
    folder
        The one folder in which they may write.
    prefix
        What is put before each command.
    notes
        What is hard here, and what could not be had: sentences.
    """

    folder: Path
    prefix: tuple[str, ...]
    notes: tuple[str, ...]

    def run(
        self, command: Sequence[str | Path], told: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run `command` to its end, without standard input; `told` is added to its environment."""
        return subprocess.run(
            [*self.prefix, *map(str, command)],
            cwd=self.folder,
            env=environment(self.folder) | dict(told or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="backslashreplace",
            timeout=PATIENCE_SECONDS,
            check=False,
        )


@contextmanager
def hard_place() -> Iterator[tuple[HardPlace, Path]]:
    """A place to run in, and beside it a folder to install in; both are gone afterwards."""
    with TemporaryDirectory(prefix="digitpad-proof-") as root:
        Path(root).chmod(0o755)
        writable, install = Path(root, f"{FOLDER} data"), Path(root, FOLDER)
        writable.mkdir()
        install.mkdir()
        prefix, notes = _prefix()
        if _is_root():
            os.chown(writable, NOBODY, NOBODY)
        yield HardPlace(writable, prefix, notes), install


def environment(folder: Path) -> dict[str, str]:
    """All that a command is told: where temporary files go, and on Windows where Windows is."""
    told = {name: str(folder) for name in ("TMPDIR", "TEMP", "TMP")}
    if sys.platform == "win32":
        root = os.environ["SYSTEMROOT"]
        return told | {"SYSTEMROOT": root, "PATH": str(Path(root, "System32"))}
    return told | {"PATH": "/nonexistent"}


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody may write in `folder` during the block. Raises Unproved when something in it has changed afterwards."""
    before = _listing(folder)
    _set_writable(folder, writable=False)
    try:
        yield
    finally:
        _set_writable(folder, writable=True)
    changed = sorted(before.symmetric_difference(_listing(folder)))
    if changed:
        raise Unproved(f"The app changed its own folder: {', '.join(path for path, _, _ in changed[:5])}.")


def _listing(folder: Path) -> set[tuple[str, int, int]]:
    return {(str(path), (told := path.lstat()).st_size, told.st_mtime_ns) for path in folder.rglob("*")}


def _set_writable(folder: Path, *, writable: bool) -> None:
    if sys.platform == "win32":  # there the bits of a folder forbid nothing
        return
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | stat.S_IWUSR if writable else mode & ~0o222)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _prefix() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What cuts a command off the network, and takes root's rights from it; and sentences about both."""
    parts: list[str] = []
    notes: list[str] = []
    cut = (_tool("unshare"), "--net") if _is_root() else (_tool("unshare"), "--user", "--map-current-user", "--net")
    if _works([*cut, _tool("true")]):
        parts += cut
        notes.append("no network")
    else:
        notes.append("the network could not be cut off here")
    drop = (_tool("setpriv"), f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs")
    if _is_root():
        if not _works([*drop, _tool("true")]):
            raise Unproved("A read-only folder proves nothing to root, and there is no setpriv to become nobody.")
        parts += drop
        notes.append("as nobody")
    notes.append("read-only install folder, no HOME, letters beyond ASCII, nothing on the PATH")
    return tuple(parts), tuple(notes)


def _tool(name: str) -> str:
    """Where a command lies: it is not looked for where there is no PATH."""
    return shutil.which(name) or name


def _works(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
