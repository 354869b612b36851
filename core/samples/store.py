"""The store of the user's own digits: one SQLite file, shared by windows and commands.

Every change is one transaction that is on the disk before the method returns. A store belongs to the thread that opened
it; another thread opens its own. A damaged file is set aside, and what can be read of it is saved into a new one.
"""

import functools
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

import numpy as np

from core.digits.arrays import SIDE, Images
from core.errors import SampleError, StorageError
from core.pad.content import Content
from core.samples.database import DamagedError, connect, database_errors, identity, is_writable
from core.samples.recovery import recover
from core.samples.rows import INK_FORMS, INSERT, PUT_BACK, WITHOUT_INK, Row, content_of, row_of, sample_of
from core.samples.sample import LABELS, NewSample, Sample
from core.samples.schema import COLUMNS
from core.wording.messages import Message
from core.wording.sample_problems import SampleProblem

_AMONG = "id IN (SELECT value FROM json_each(?))"

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class TakenOut:
    """Samples that were taken out of the store, with all that is needed to put them back."""

    rows: tuple[Row, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(row[0] for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class _ReplacedError(Exception):
    """Another process has put a recovered store in the place of the one that is open."""


def _guarded(method: Callable[Concatenate["SampleStore", P], T]) -> Callable[Concatenate["SampleStore", P], T]:
    """A method that opens the store again when it was replaced or damaged, and then does its work again."""

    @functools.wraps(method)
    def guarded(self: "SampleStore", /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            with database_errors(self.path):
                self._require_current()
                return method(self, *args, **kwargs)
        except _ReplacedError:
            self._open()
        except DamagedError:
            self._recover()
        try:
            with database_errors(self.path):
                return method(self, *args, **kwargs)
        except (DamagedError, _ReplacedError) as error:
            raise StorageError(SampleProblem.DAMAGED_AGAIN, where=self.path) from error

    return guarded


class SampleStore:
    """The user's samples, in the order in which they were kept.

    All methods raise StorageError where the file cannot be read or changed.

    Attributes
    ----------
    recovered
        What to tell the user where a damaged file was set aside; None otherwise.
    """

    def __init__(self, path: Path) -> None:
        """Open the store at `path`, and make it where there is none.

        Raises
        ------
        StorageError
            When it cannot be opened.
        SampleError
            When it belongs to a newer DigitPad or another program.
        """
        self.path = path
        self.recovered: Message | None = None
        self._database: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._opened = 0
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        if self._database is not None:
            self._database.close()
            self._database = None

    @property
    def version(self) -> tuple[int, int, int]:
        """Changes whenever anything in the store was changed, by this store or by another process."""
        return self._version()

    @_guarded
    def keep(self, *new: NewSample) -> list[Sample]:
        """Keep samples; they are on the disk when this returns."""
        with self._change() as database:
            ids = [database.execute(INSERT, row_of(one)).lastrowid for one in new]
        return self._read_samples(_AMONG, json.dumps(ids))

    @_guarded
    def remove(self, ids: Collection[int]) -> None:
        """Remove samples, and what was remembered about them."""
        with self._change() as database:
            database.execute(f"DELETE FROM samples WHERE {_AMONG}", (_listed(ids),))

    @_guarded
    def take_out(self, ids: Collection[int]) -> TakenOut:
        """Remove samples in such a way that `put_back` can bring them back."""
        with self._change() as database:
            query = f"SELECT {COLUMNS['samples']} FROM samples WHERE {_AMONG} ORDER BY id"
            rows = database.execute(query, (_listed(ids),)).fetchall()
            database.execute(f"DELETE FROM samples WHERE {_AMONG}", (_listed(ids),))
        return TakenOut(tuple(rows))

    @_guarded
    def put_back(self, taken: TakenOut) -> None:
        """Bring samples back with their ids; those that are there already stay as they are."""
        with self._change() as database:
            database.executemany(PUT_BACK, taken.rows)

    @_guarded
    def relabel(self, ids: Collection[int], label: int) -> None:
        """Give samples another label; those that are gone are ignored."""
        with self._change() as database:
            database.execute(f"UPDATE samples SET label = ? WHERE {_AMONG}", (label, _listed(ids)))

    @_guarded
    def set_writer(self, ids: Collection[int], writer: str) -> None:
        """Give samples another writer; those that are gone are ignored."""
        with self._change() as database:
            database.execute(f"UPDATE samples SET writer = ? WHERE {_AMONG}", (writer, _listed(ids)))

    @_guarded
    def samples(self, ids: Collection[int] | None = None, *, writer: str | None = None) -> list[Sample]:
        """The samples with these `ids`, those of this `writer`, or both; oldest first, by default all."""
        conditions = {_AMONG: None if ids is None else _listed(ids), "writer = ?": writer}
        given = {condition: value for condition, value in conditions.items() if value is not None}
        return self._read_samples(" AND ".join(given), *given.values())

    def content(self, sample: int) -> Content:
        """The ink of a sample. Raises SampleError when it is gone, or its ink is damaged."""
        content = content_of(*self.ink(sample))
        if content is None:
            raise SampleError(SampleProblem.INK_DAMAGED, id=sample)
        return content

    @_guarded
    def ink(self, sample: int) -> tuple[str, bytes]:
        """The ink of a sample as a file: its form, "inkml" or "archive", and its content. Raises SampleError."""
        row = self._connection.execute("SELECT ink_form, ink FROM samples WHERE id = ?", (sample,)).fetchone()
        if row is None:
            raise SampleError(SampleProblem.GONE, id=sample)
        form, ink = row
        if form not in INK_FORMS or not isinstance(ink, bytes):
            raise SampleError(SampleProblem.INK_DAMAGED, id=sample)
        return form, ink

    @_guarded
    def counts(self, *, writer: str | None = None) -> tuple[int, ...]:
        """How many samples there are of each label: eleven numbers."""
        where, values = ("WHERE writer = ?", (writer,)) if writer is not None else ("", ())
        found = dict(self._connection.execute(f"SELECT label, count(*) FROM samples {where} GROUP BY label", values))
        return tuple(found.get(label, 0) for label in range(LABELS))

    @_guarded
    def writers(self) -> dict[str, int]:
        """The number of samples of each writer, by name."""
        return dict(self._connection.execute("SELECT writer, count(*) FROM samples GROUP BY writer ORDER BY writer"))

    @_guarded
    def embeddings(self, model: str) -> dict[int, np.ndarray]:
        """What is remembered of a model: its embedding of each sample, float32 `(e,)`, by the sample's id.

        `model` is the hash of the model's file: another network of the same name has other embeddings.
        """
        rows = self._connection.execute("SELECT sample, vector FROM embeddings WHERE model = ?", (model,))
        return {sample: np.frombuffer(vector, np.float32) for sample, vector in rows if _is_vector(vector)}

    @_guarded
    def remember_embeddings(self, model: str, vectors: dict[int, np.ndarray]) -> None:
        """Remember a model's embeddings of samples, float32 `(e,)` by id; of samples that are gone nothing is.

        Nor is anything in a store that cannot be written.
        """
        if not is_writable(self.path):
            return
        rows = [(one, model, vector.astype(np.float32).tobytes(), one) for one, vector in vectors.items()]
        with self._change() as database:
            database.executemany(
                "INSERT OR REPLACE INTO embeddings SELECT ?, ?, ? WHERE EXISTS (SELECT 1 FROM samples WHERE id = ?)",
                rows,
            )

    @_guarded
    def _version(self) -> tuple[int, int, int]:
        database = self._connection
        return self._opened, database.execute("PRAGMA data_version").fetchone()[0], database.total_changes

    @property
    def _connection(self) -> sqlite3.Connection:
        assert self._database is not None, "`_guarded` opens it"
        return self._database

    def _read_samples(self, condition: str, *values: object) -> list[Sample]:
        where = f"WHERE {condition}" if condition else ""
        rows = self._connection.execute(f"SELECT {WITHOUT_INK} FROM samples {where} ORDER BY id", values)
        return [sample for sample in map(sample_of, rows) if sample is not None]

    def _open(self) -> None:
        self.close()
        seen = identity(self.path)
        try:
            self._database = connect(self.path)
        except DamagedError:
            self._recover(seen or identity(self.path))  # it may have come since
            return
        self._identity = identity(self.path)
        self._opened += 1

    def _recover(self, seen: tuple[int, int] | None = None) -> None:
        """Put a new store in the place of the damaged one, unless another process has just done so, and open it."""
        self.close()
        self.recovered = recover(self.path, seen or self._identity) or self.recovered
        try:
            self._database = connect(self.path)
        except DamagedError as error:
            raise StorageError(SampleProblem.DAMAGED_AGAIN, where=self.path) from error
        self._identity = identity(self.path)
        self._opened += 1

    def _require_current(self) -> None:
        if self._database is None or identity(self.path) != self._identity:
            raise _ReplacedError

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        """One transaction, whole or not at all."""
        database = self._connection
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:  # SQLite has ended it after some errors
                database.execute("ROLLBACK")
            raise
        self._require_current()  # or the change is in a file that was set aside


def images_of(samples: Sequence[Sample]) -> Images:
    """The images of samples, uint8 `(n, 28, 28)`."""
    images = [sample.image for sample in samples]
    return np.stack(images) if images else np.zeros((0, SIDE, SIDE), np.uint8)


def _listed(ids: Iterable[int]) -> str:
    return json.dumps([int(one) for one in ids])


def _is_vector(vector: object) -> bool:
    return isinstance(vector, bytes) and len(vector) > 0 and len(vector) % np.dtype(np.float32).itemsize == 0
