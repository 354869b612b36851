"""The tables of the store, and how older ones become newer."""

import sqlite3

_FIRST = (
    """CREATE TABLE samples (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        label INTEGER NOT NULL CHECK (label BETWEEN 0 AND 10),
        image BLOB NOT NULL CHECK (length(image) = 784),
        writer TEXT NOT NULL,
        source TEXT NOT NULL,
        answered INTEGER,
        model TEXT NOT NULL,
        kept_at REAL NOT NULL,
        ink_form TEXT NOT NULL,
        ink BLOB NOT NULL
    )""",
    """CREATE TABLE embeddings (
        sample INTEGER NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
        model TEXT NOT NULL,
        vector BLOB NOT NULL,
        PRIMARY KEY (model, sample)
    ) WITHOUT ROWID""",
)
_COUNTED = ("CREATE INDEX samples_by_writer ON samples (writer, label)",)
"""Samples are counted without reading the pages that hold their ink."""

STEPS: tuple[tuple[str, ...], ...] = (_FIRST, _COUNTED)
"""The statements that lead from each version of the tables to the next; a new store takes all steps.

Steps are never changed: stores that took them exist.
"""

COLUMNS = {
    "samples": "id, label, image, writer, source, answered, model, kept_at, ink_form, ink",
    "embeddings": "sample, model, vector",
}
"""What is read and written of each table."""


def newest_version() -> int:
    """The version of the tables that this DigitPad uses."""
    return len(STEPS)


def version_of(database: sqlite3.Connection) -> int:
    """The version of the tables in a database; 0 for an empty one."""
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def is_foreign(database: sqlite3.Connection) -> bool:
    """Whether a database holds tables, but none of DigitPad's: whatever its version says, it is another program's."""
    names = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    tables = {name for name in names if not str(name).startswith("sqlite_")}
    return bool(tables) and not any(table in tables and _is_ours(database, table) for table in COLUMNS)


def _is_ours(database: sqlite3.Connection, table: str) -> bool:
    """Whether a table has at least half of our columns: it may be damaged, or of another version."""
    found = {name for (name,) in database.execute("SELECT name FROM pragma_table_info(?)", (table,))}
    ours = set(COLUMNS[table].split(", "))
    return 2 * len(ours & found) >= len(ours)


def upgrade(database: sqlite3.Connection) -> None:
    """Bring the tables to the newest version, all steps in one transaction."""
    if version_of(database) == newest_version():
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[version_of(database) :]:  # asked again: another process may have just done it
            for statement in step:
                database.execute(statement)
        database.execute(f"PRAGMA user_version = {newest_version()}")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")
