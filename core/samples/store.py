"""The store of the user's own digits: one SQLite file, shared by windows and commands.

Every change is one transaction that is on the disk before the method returns. A store belongs to the thread that opened
it; another thread opens its own.
"""

import sqlite3
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from core.digits.arrays import SIDE, Images
from core.ink.drawing import Drawing
from core.ink.inkml import read_inkml, write_inkml
from core.pad.archive import read_archive, write_archive
from core.pad.content import Content
from core.samples.sample import LABELS, NewSample, Sample

SCHEMA_VERSION = 1
_WAIT_SECONDS = 5.0
_SCHEMA = """
CREATE TABLE samples (
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
);
CREATE TABLE embeddings (
    sample INTEGER NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (model, sample)
) WITHOUT ROWID;
"""
_COLUMNS = "id, label, image, writer, source, answered, model, kept_at"


class SampleStore:
    """The user's samples, in the order in which they were kept."""

    def __init__(self, path: Path) -> None:
        """Open the store at `path`, and make it where there is none."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._database = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self._database.execute(f"PRAGMA {pragma}")
        with self._change():
            if self._database.execute("PRAGMA user_version").fetchone()[0] == 0:
                for statement in _SCHEMA.split(";"):
                    self._database.execute(statement)
                self._database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def close(self) -> None:
        self._database.close()

    @property
    def version(self) -> tuple[int, int]:
        """Changes whenever anything in the store was changed, by this store or by another process."""
        return self._database.execute("PRAGMA data_version").fetchone()[0], self._database.total_changes

    def keep(self, *new: NewSample) -> list[Sample]:
        """Keep samples; they are on the disk when this returns."""
        with self._change():
            ids = [self._insert(one) for one in new]
        return self.samples(ids)

    def remove(self, ids: Collection[int]) -> None:
        """Remove samples, and what was remembered about them."""
        with self._change():
            self._database.executemany("DELETE FROM samples WHERE id = ?", [(one,) for one in ids])

    def relabel(self, ids: Collection[int], label: int) -> None:
        with self._change():
            self._database.executemany("UPDATE samples SET label = ? WHERE id = ?", [(label, one) for one in ids])

    def set_writer(self, ids: Collection[int], writer: str) -> None:
        with self._change():
            self._database.executemany("UPDATE samples SET writer = ? WHERE id = ?", [(writer, one) for one in ids])

    def samples(self, ids: Collection[int] | None = None, *, writer: str | None = None) -> list[Sample]:
        """The samples with these `ids` or of this `writer`, oldest first; by default all."""
        where, values = ("WHERE writer = ?", (writer,)) if writer is not None else ("", ())
        rows = self._database.execute(f"SELECT {_COLUMNS} FROM samples {where} ORDER BY id", values)
        wanted = None if ids is None else set(ids)
        return [_sample(row) for row in rows if wanted is None or row[0] in wanted]

    def content(self, sample: int) -> Content:
        """The ink of a sample."""
        form, ink = self._database.execute("SELECT ink_form, ink FROM samples WHERE id = ?", (sample,)).fetchone()
        return read_inkml(ink) if form == "inkml" else read_archive(ink)

    def counts(self, *, writer: str | None = None) -> tuple[int, ...]:
        """How many samples there are of each label: eleven numbers."""
        where, values = ("WHERE writer = ?", (writer,)) if writer is not None else ("", ())
        found = dict(self._database.execute(f"SELECT label, count(*) FROM samples {where} GROUP BY label", values))
        return tuple(found.get(label, 0) for label in range(LABELS))

    def writers(self) -> dict[str, int]:
        """The number of samples of each writer, by name."""
        return dict(self._database.execute("SELECT writer, count(*) FROM samples GROUP BY writer ORDER BY writer"))

    def embeddings(self, model: str) -> dict[int, np.ndarray]:
        """What is remembered of a model: its embedding of each sample, float32 `(e,)`, by the sample's id.

        `model` is the hash of the model's file: another network of the same name has other embeddings.
        """
        rows = self._database.execute("SELECT sample, vector FROM embeddings WHERE model = ?", (model,))
        return {sample: np.frombuffer(vector, np.float32) for sample, vector in rows}

    def remember_embeddings(self, model: str, vectors: dict[int, np.ndarray]) -> None:
        """Remember a model's embeddings of samples, float32 `(e,)` by id; of samples that are gone nothing is."""
        rows = [(one, model, vector.astype(np.float32).tobytes(), one) for one, vector in vectors.items()]
        with self._change():
            self._database.executemany(
                "INSERT OR REPLACE INTO embeddings SELECT ?, ?, ? WHERE EXISTS (SELECT 1 FROM samples WHERE id = ?)",
                rows,
            )

    def _insert(self, new: NewSample) -> int:
        form, ink = _ink_bytes(new.content)
        kept_at = time.time() if new.kept_at is None else new.kept_at
        values = (new.label, new.image.tobytes(), new.writer, new.source, new.answered, new.model, kept_at, form, ink)
        columns = "label, image, writer, source, answered, model, kept_at, ink_form, ink"
        cursor = self._database.execute(f"INSERT INTO samples ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    @contextmanager
    def _change(self) -> Iterator[None]:
        """One transaction, whole or not at all."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")


def images_of(samples: Sequence[Sample]) -> Images:
    """The images of samples, uint8 `(n, 28, 28)`."""
    images = [sample.image for sample in samples]
    return np.stack(images) if images else np.zeros((0, SIDE, SIDE), np.uint8)


def _ink_bytes(content: Content) -> tuple[str, bytes]:
    return ("inkml", write_inkml(content)) if isinstance(content, Drawing) else ("archive", write_archive(content))


def _sample(row: tuple[Any, ...]) -> Sample:
    id_, label, image, writer, source, answered, model, kept_at = row
    pixels = np.frombuffer(image, np.uint8).reshape(SIDE, SIDE)
    return Sample(id_, label, pixels, writer, source, answered, model, kept_at)
