"""Open the database of the store, and turn what SQLite reports into errors that people can act on."""

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from core.errors import SampleError, StorageError
from core.samples.schema import COLUMNS, is_foreign, newest_version, upgrade, version_of
from core.system.file_lock import FileLock
from core.system.paths import DATA_DIR_VARIABLE, NOWHERE
from core.system.safe_files import storage_errors
from core.wording.reasons import reason
from core.wording.sample_problems import SampleProblem
from core.wording.storage_problems import StorageProblem

WAIT_SECONDS = 5.0
"""How long another program's change is waited for."""
RECOVERY_SECONDS = 60.0
"""How long a recovery by another process is waited for."""
PAGE_BYTES = 4096

MAX_ROW_BYTES = 100_000_000

_SYSTEM_CODES = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_AUTH: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
_BUSY_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_DAMAGED_CODES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_TOOBIG}


class DamagedError(Exception):
    """The database is damaged. Never leaves this package."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the store at `path`, make it where there is none, and bring its tables to the newest version.

    One that this user cannot change is opened to be read.

    Raises
    ------
    DamagedError
        When there is a file that is no database, or a damaged one.
    SampleError
        When it belongs to a newer DigitPad, or to another program; it is left as it is.
    StorageError
        When it cannot be made or opened, or another program keeps it locked.
    """
    _make(path)
    try:
        return _connect(path, open_file, _prepare)
    except StorageError:
        if (readable := _connect_to_read(path)) is None:
            raise
        return readable


def _connect(
    path: Path, open_it: Callable[[Path], sqlite3.Connection], prepare: Callable[[sqlite3.Connection, Path], None]
) -> sqlite3.Connection:
    with database_errors(path):
        database = open_it(path)
        try:
            prepare(database, path)
        except BaseException:
            database.close()
            raise
    return database


def _connect_to_read(path: Path) -> sqlite3.Connection | None:
    """A connection to a store that cannot be written; None where there is none, or it cannot be read either."""
    if is_writable(path) or not path.is_file() or not path.stat().st_size:
        return None
    modes = ["mode=ro"]
    log = path.with_name(f"{path.name}-wal")
    if not log.exists() or not log.stat().st_size:
        modes.append("mode=ro&immutable=1")  # SQLite can make no index of the log there, and needs none: it is empty
    for mode in modes:
        try:
            return _connect(path, partial(open_file, mode=mode), _prepare_to_read)
        except StorageError:
            continue
    return None


def is_writable(path: Path) -> bool:
    """Whether this user may change the store at `path`: the file, and what SQLite keeps beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def open_file(path: Path, mode: str = "") -> sqlite3.Connection:
    """Open a database that may come from anywhere, in a `mode` of SQLite's URIs; nothing is read yet."""
    name = f"{path.absolute().as_uri()}?{mode}" if mode else path
    database = sqlite3.connect(name, timeout=WAIT_SECONDS, isolation_level=None, uri=bool(mode))
    database.text_factory = _text
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_ROW_BYTES)
    return database


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite in the block into `StorageError`, or `DamagedError` where the file is damaged."""
    try:
        yield
    except sqlite3.Error as error:
        code = _code(error)
        if code in _DAMAGED_CODES:
            raise DamagedError from error
        if code in _BUSY_CODES:
            raise StorageError(SampleProblem.BUSY, seconds=WAIT_SECONDS) from error
        if code not in _SYSTEM_CODES:
            raise  # a bug
        number = errno.EISDIR if path.is_dir() else _SYSTEM_CODES[code]
        why = reason(OSError(number, os.strerror(number)))
        raise StorageError(SampleProblem.CANNOT_KEEP, place=path.parent, reason=why) from error


@contextmanager
def store_lock(path: Path) -> Iterator[None]:
    """Let no other process make or recover the store at `path` meanwhile. Raises StorageError."""
    lock = FileLock(path.with_name(f"{path.name}.lock"))
    deadline = time.monotonic() + RECOVERY_SECONDS
    while not lock.try_lock():
        if not os.access(path.parent, os.W_OK):
            why = reason(PermissionError(errno.EACCES, ""))
            raise StorageError(SampleProblem.CANNOT_KEEP, place=path.parent, reason=why)
        if time.monotonic() > deadline:
            raise StorageError(SampleProblem.BUSY, seconds=RECOVERY_SECONDS)
        time.sleep(0.02)
    try:
        yield
    finally:
        lock.release()


def recovered_path(path: Path) -> Path:
    """Where a recovered store waits, complete, to take the place of the damaged one."""
    return path.with_name(f"{path.stem}-recovered{path.suffix}")


def identity(path: Path) -> tuple[int, int] | None:
    """What tells the file at `path` from any other that is put in its place; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _make(path: Path) -> None:
    """Make an empty file where there is none, which only this user may read."""
    if NOWHERE in path.parents:
        raise StorageError(StorageProblem.NO_HOME, variable=DATA_DIR_VARIABLE)
    with storage_errors(path.parent, SampleProblem.CANNOT_KEEP):
        if path.exists():
            return
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with store_lock(path):  # nor is it made while another process puts a recovered one in its place
            waiting = recovered_path(path)
            if not path.exists() and waiting.exists():  # a crash came between
                waiting.rename(path)
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    _check_owner(database, path)
    database.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    _use_write_ahead_log(database)
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("PRAGMA trusted_schema = OFF")
    with _table_errors():
        upgrade(database)
        _check_tables(database)


def _prepare_to_read(database: sqlite3.Connection, path: Path) -> None:
    _check_owner(database, path)
    database.execute("PRAGMA trusted_schema = OFF")
    with _table_errors():
        _check_tables(database)


def _check_owner(database: sqlite3.Connection, path: Path) -> None:
    if is_foreign(database):  # before the version: that of another program means something else
        raise SampleError(SampleProblem.FOREIGN, where=path)
    if version_of(database) > newest_version():
        raise SampleError(SampleProblem.NEWER, where=path)


def _check_tables(database: sqlite3.Connection) -> None:
    for table, columns in COLUMNS.items():
        database.execute(f"SELECT {columns} FROM {table} LIMIT 0")


@contextmanager
def _table_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if _code(error) == sqlite3.SQLITE_ERROR:  # tables that are not as they were made
            raise DamagedError from error
        raise


def _use_write_ahead_log(database: sqlite3.Connection) -> None:
    """SQLite does not wait for others here as it does elsewhere."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _code(error) not in _BUSY_CODES or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary code of an error; 0 for what Python's module reports by itself."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")
