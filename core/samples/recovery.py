"""Set a damaged store aside, and save what can be read of it into a new one."""

import os
import shutil
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from core.digits.arrays import SIDE
from core.samples.database import PAGE_BYTES, connect, database_errors, identity, open_file, recovered_path, store_lock
from core.samples.rows import PUT_BACK, Row, content_of, sample_of
from core.samples.schema import COLUMNS
from core.system.safe_files import new_folder_aside, remove_leftovers, storage_errors
from core.wording.messages import Message
from core.wording.sample_messages import SampleNote
from core.wording.sample_problems import SampleProblem

_BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a database, by the end of its name."""
_MOST_TRIED = 1_000_000
"""Samples that are looked for one by one where the order of the rows is lost."""
_IDS_OF_EACH = 10
"""Ids that are tried for each sample that the file can hold: those of removed samples are missing."""
_READ = f"SELECT {COLUMNS['samples']} FROM samples"


def recover(path: Path, seen: tuple[int, int] | None) -> Message | None:
    """Put a new store with all that can be read in the place of the damaged one at `path`, which is set aside.

    Parameters
    ----------
    seen
        The `identity` of the damaged file: when another process has put a new store in its place, nothing is done.

    Returns
    -------
    What to tell the user; None when nothing was done.

    Raises
    ------
    StorageError
        When that is impossible; the damaged file is then where it was.
    """
    errors = storage_errors(path.parent, SampleProblem.CANNOT_KEEP)
    with store_lock(path), errors, database_errors(path), _unchanged(path):
        if identity(path) != seen:
            return None
        with new_folder_aside(path.parent) as aside:
            copy = aside / path.name
            for end in ("", *_BESIDE[:1]):
                with suppress(FileNotFoundError):
                    shutil.copyfile(f"{path}{end}", f"{copy}{end}")
            count = _save_rows(copy, aside / "recovered.sqlite")
            (aside / "recovered.sqlite").replace(recovered_path(path))
        remove_leftovers(path.parent)
        kept = _free_name(path)
        for end in ("", *_BESIDE):
            with suppress(FileNotFoundError):
                Path(f"{path}{end}").rename(f"{kept}{end}")
        recovered_path(path).rename(path)
    return SampleNote.RECOVERED(count=count, where=kept)


@contextmanager
def _unchanged(path: Path) -> Iterator[None]:
    """Let no other process write to the damaged file meanwhile, as far as it still can be locked."""
    if os.name == "nt":  # which renames no open file
        yield
        return
    with closing(open_file(path)) as database:
        with suppress(sqlite3.Error):
            database.execute("BEGIN IMMEDIATE")
        yield


def _free_name(path: Path) -> Path:
    """A name for the damaged file, with the date."""
    stem = f"{path.stem}-damaged-{date.today().isoformat()}"
    number, name = 1, path.with_name(f"{stem}{path.suffix}")
    while name.exists():
        number += 1
        name = path.with_name(f"{stem}-{number}{path.suffix}")
    return name


def _save_rows(damaged: Path, new: Path) -> int:
    """Copy all samples that can be read into a new store, and return how many there are."""
    with closing(connect(new)) as store:
        readable = _readable(damaged, new)
        store.execute("BEGIN")
        if readable is not None:
            with closing(readable):
                rows = _intact(_rows(readable))
                store.executemany(PUT_BACK, rows)
        count = store.execute("SELECT count(*) FROM samples").fetchone()[0]
        store.execute("COMMIT")
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return int(count)


def _readable(damaged: Path, new: Path) -> sqlite3.Connection | None:
    """A connection to the damaged database; where its first page is no longer one, with that of a new store."""
    for mend in (_leave, lambda: _transplant_first_page(new, damaged)):
        mend()
        database = open_file(damaged)
        try:
            database.execute("PRAGMA writable_schema = ON")  # or SQLite refuses a file that was cut short
            database.execute(f"{_READ} LIMIT 0")
        except sqlite3.Error:
            database.close()
        else:
            return database
    return None


def _leave() -> None:
    """Change nothing."""


def _transplant_first_page(new: Path, damaged: Path) -> None:
    """Give a file the first page of a new store: the tables of all stores begin at the same pages."""
    with closing(sqlite3.connect(new)) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    first = bytearray(new.read_bytes()[:PAGE_BYTES])
    pages = max(damaged.stat().st_size // PAGE_BYTES, 1)
    first[28:32] = pages.to_bytes(4, "big")
    with damaged.open("r+b") as file:
        file.write(first)
    for end in _BESIDE:
        with suppress(FileNotFoundError):
            Path(f"{damaged}{end}").unlink()  # it is about the page that was lost


def _rows(database: sqlite3.Connection) -> Iterator[Row]:
    """All rows that can be read: from the front until there is damage, from the back, and one by one between them."""
    first, is_whole = yield from _until_damage(database, "ORDER BY id", above=0)
    if is_whole:
        return
    last, _ = yield from _until_damage(database, "ORDER BY id DESC", above=first or 0)
    begin, end = (first or 0) + 1, last or _last_id(database) + 1
    for id_ in range(begin, min(end, begin + _MOST_TRIED)):
        with suppress(sqlite3.Error):
            if row := database.execute(f"{_READ} WHERE id = ?", (id_,)).fetchone():
                yield row


def _until_damage(
    database: sqlite3.Connection, order: str, *, above: int
) -> Generator[Row, None, tuple[int | None, bool]]:
    """Yield the rows in `order` until there is damage; return the last one's id, and whether there was none.

    Rows with ids that come again, as in a damaged tree of pages, or that are not `above` the given one, end it, too.
    """
    seen: int | None = None
    try:
        for row in database.execute(f"{_READ} {order}"):
            is_next = seen is None or (row[0] > seen) == (order == "ORDER BY id")
            if not is_next or row[0] == seen or row[0] <= above:
                return seen, False
            seen = row[0]
            yield row
    except sqlite3.Error:
        return seen, False
    return seen, True


def _last_id(database: sqlite3.Connection) -> int:
    """The largest id that any sample had, as far as that can be read; else a multiple of what the file can hold."""
    with suppress(sqlite3.Error, TypeError):
        return int(database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'samples'").fetchone()[0])
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    return int(pages * PAGE_BYTES // (SIDE * SIDE) * _IDS_OF_EACH)


def _intact(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows that are samples with their ink."""
    for row in rows:
        sample = sample_of(row)
        if sample is not None and content_of(*row[8:]) is not None:
            yield (
                *(sample.id, sample.label, row[2], sample.writer, sample.source, sample.answered, sample.model),
                *(sample.kept_at, *row[8:]),
            )
