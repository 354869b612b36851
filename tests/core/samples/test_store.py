"""The store of the user's own digits: what is kept stays, also for others who use it at the same time."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from core.errors import SampleError, StorageError
from core.ink.drawing import Drawing
from core.pad.content import PictureInk
from core.samples import database, schema
from core.samples.sample import NO_DIGIT
from core.samples.schema import newest_version
from core.samples.store import SampleStore, images_of
from core.system.paths import NOWHERE
from tests.core.samples.kept_digits import drawn, drawn_sample, filled_store, pictured_sample

UNPRIVILEGED = (
    ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.name != "nt" and os.geteuid() == 0 else []
)
"""Before a command: it may write only what others may, too, who do not own the machine."""

READ_AND_KEEP = """
import sys
from pathlib import Path
from core.errors import StorageError
from core.samples.store import SampleStore
from tests.core.samples.kept_digits import drawn_sample
import numpy as np
with SampleStore(Path(sys.argv[1])) as store:
    samples = store.samples()
    store.remember_embeddings("hash", {samples[0].id: np.zeros(3)})
    try:
        store.keep(drawn_sample(9))
    except StorageError as error:
        print(len(store.samples()), [len(store.content(2).strokes[0].points)], error)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "digits.sqlite"


def test_strokes_come_back_with_time_and_pressure(path: Path) -> None:
    with SampleStore(path) as store:
        [sample] = store.keep(drawn_sample(7, writer="Ada"))
    with SampleStore(path) as store:
        [read] = store.samples()
        content = store.content(sample.id)
    assert (read.label, read.writer, read.answered, read.model, read.kept_at) == (7, "Ada", 3, "digitpad", 1e9 + 7)
    np.testing.assert_array_equal(read.image, drawn_sample(7).image)
    assert isinstance(content, Drawing)
    for name in ("points", "pressures", "times"):
        np.testing.assert_array_equal(getattr(content.strokes[0], name), getattr(drawn(7).strokes[0], name))


def test_ink_of_a_picture_comes_back(path: Path) -> None:
    new = pictured_sample(1)
    with SampleStore(path) as store:
        [sample] = store.keep(new)
        content = store.content(sample.id)
    assert isinstance(content, PictureInk) and isinstance(new.content, PictureInk)
    np.testing.assert_array_equal(content.ink, new.content.ink)


def test_samples_are_found_by_id_and_writer(path: Path) -> None:
    with SampleStore(path) as store:
        kept = store.keep(drawn_sample(1, writer="a"), drawn_sample(2, writer="b"), drawn_sample(3, writer="a"))
        first, _, third = (sample.id for sample in kept)
        assert [sample.id for sample in store.samples(writer="a")] == [first, third]
        assert [sample.id for sample in store.samples([third, 999], writer="a")] == [third]
        assert store.samples([]) == []
        assert store.writers() == {"a": 2, "b": 1}
        assert store.counts(writer="a") == (0, 1, 0, 1, *(0,) * 7)
        assert images_of(store.samples()).shape == (3, 28, 28)


def test_what_is_taken_out_is_put_back_as_it_was(path: Path) -> None:
    with SampleStore(path) as store:
        kept = store.keep(*(drawn_sample(seed) for seed in range(400)))
        taken = store.take_out([sample.id for sample in kept[::2]])
        assert len(taken) == 200 and len(store.samples()) == 200
        [later] = store.keep(drawn_sample(5_000))
        store.put_back(taken)
        store.put_back(taken)
        assert [sample.id for sample in store.samples()] == [*(sample.id for sample in kept), later.id]
        np.testing.assert_array_equal(images_of(store.samples()[:-1]), images_of(kept))
        content = store.content(taken.ids[3])
    assert isinstance(content, Drawing)
    np.testing.assert_array_equal(content.strokes[0].points, drawn(6).strokes[0].points)


def test_changes_of_samples_that_are_gone_are_ignored(path: Path) -> None:
    with SampleStore(path) as store:
        one, other = store.keep(drawn_sample(1), drawn_sample(2))
        store.remove([one.id])
        store.relabel([one.id, other.id], NO_DIGIT)
        store.set_writer([one.id, other.id], "Ada")
        assert [(sample.id, sample.label, sample.writer) for sample in store.samples()] == [(other.id, 10, "Ada")]
        with pytest.raises(SampleError, match=f"There is no digit {one.id}."):
            store.content(one.id)


def test_an_id_is_never_used_again(path: Path) -> None:
    with SampleStore(path) as store:
        [first] = store.keep(drawn_sample(1))
        store.remove([first.id])
        [second] = store.keep(drawn_sample(1))
    assert second.id > first.id


def test_embeddings_are_forgotten_with_their_samples(path: Path) -> None:
    with SampleStore(path) as store:
        one, other = store.keep(drawn_sample(1), drawn_sample(2))
        store.remember_embeddings("hash", {one.id: np.ones(4), other.id: np.zeros(4), 999: np.ones(4)})
        store.remove([one.id])
        assert list(store.embeddings("hash")) == [other.id] and not store.embeddings("another")


def test_a_wrong_label_is_refused_and_changes_nothing(path: Path) -> None:
    with SampleStore(path) as store:
        with pytest.raises(sqlite3.IntegrityError):
            store.keep(drawn_sample(1), drawn_sample(2, label=11))
        assert store.samples() == []


def test_two_stores_see_each_others_changes(path: Path) -> None:
    with SampleStore(path) as one, SampleStore(path) as other:
        before = other.version
        one.keep(drawn_sample(1))
        assert other.version != before and len(other.samples()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_only_its_user_may_read_it(path: Path) -> None:
    with SampleStore(path) as store:
        store.keep(drawn_sample(1))
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert set(modes.values()) == {0o600} and len(modes) == 3
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_store_of_the_first_version_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", schema.STEPS[:1])
        ids = filled_store(path, 20)
    with closing(sqlite3.connect(path)) as old:
        assert schema.version_of(old) == 1
        assert not old.execute("SELECT * FROM sqlite_master WHERE name = 'samples_by_writer'").fetchall()
    with SampleStore(path) as store:
        assert [sample.id for sample in store.samples()] == ids
    with closing(sqlite3.connect(path)) as new:
        assert schema.version_of(new) == newest_version() > 1
        assert new.execute("SELECT * FROM sqlite_master WHERE name = 'samples_by_writer'").fetchall()


def test_a_step_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled_store(path, 3)
    steps = ("ALTER TABLE samples ADD COLUMN mood TEXT", "INSERT INTO samples (id) VALUES ('no number')")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", (*schema.STEPS, steps))
        with pytest.raises(sqlite3.IntegrityError):
            SampleStore(path)
    with closing(sqlite3.connect(path)) as old:
        assert schema.version_of(old) == newest_version()
        assert "mood" not in {column[1] for column in old.execute("PRAGMA table_info(samples)")}


def test_a_newer_store_is_left_untouched(path: Path) -> None:
    filled_store(path, 3)
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(SampleError, match="kept by a newer DigitPad"):
        SampleStore(path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*damaged*"))


@pytest.mark.parametrize("version", [0, 1, 2, 99])
@pytest.mark.parametrize("table", ["bookmarks (title TEXT)", "samples (id INTEGER, sound BLOB)"])
def test_a_database_of_another_program_is_left_untouched(path: Path, table: str, version: int) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"CREATE TABLE {table}")
        other.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    with pytest.raises(SampleError, match="database of another program"):
        SampleStore(path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*damaged*"))


def test_a_lock_that_another_program_keeps_is_one_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.2)
    with SampleStore(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="Another program has been using your digits"):
            store.keep(drawn_sample(1))
        other.execute("ROLLBACK")
        assert len(store.keep(drawn_sample(1))) == 1


def test_a_full_disk_is_one_sentence_and_loses_nothing(path: Path) -> None:
    with SampleStore(path) as store:
        store.keep(drawn_sample(1))
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages + 5}")  # as SQLite reports a full disk
        with pytest.raises(StorageError, match="the disk is full"):
            store.keep(*(drawn_sample(seed) for seed in range(50)))
        assert len(store.samples()) == 1


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="who may write everywhere sees no such folder")
def test_a_read_only_folder_is_one_sentence(path: Path) -> None:
    path.parent.mkdir(mode=0o500)
    with pytest.raises(StorageError, match="permission denied"):
        SampleStore(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such folders")
@pytest.mark.parametrize(
    ("folder", "file", "is_open"),
    [
        *((0o500, 0o600, False), (0o500, 0o400, False), (0o700, 0o400, False)),
        *((0o500, 0o400, True), (0o700, 0o400, True)),  # with a log
    ],
)
def test_a_store_that_cannot_be_written_can_be_read(path: Path, folder: int, file: int, is_open: bool) -> None:
    store = SampleStore(path)
    store.keep(*(drawn_sample(seed) for seed in range(3)))
    if not is_open:
        store.close()
    path.chmod(file)
    path.parent.chmod(folder)
    try:
        done = subprocess.run(
            [*UNPRIVILEGED, sys.executable, "-c", READ_AND_KEEP, path], capture_output=True, text=True
        )
    finally:
        path.parent.chmod(0o700)
        store.close()
    assert (done.stdout, done.stderr) == (f"3 [12] Cannot keep digits in {path.parent}: permission denied.\n", "")


def test_a_file_in_the_way_of_the_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(StorageError, match="a file is in the way"):
        SampleStore(tmp_path / "data" / "digits.sqlite")


def test_a_folder_of_its_name_is_one_sentence(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StorageError, match="it is a folder"):
        SampleStore(path)


def test_no_home_is_one_sentence() -> None:
    with pytest.raises(StorageError, match="There is no home folder"):
        SampleStore(NOWHERE / "digits.sqlite")


def test_values_that_cannot_be_are_left_out(path: Path) -> None:
    """A hostile database may hold anything, whatever its tables say."""
    first, second, third, fourth = filled_store(path, 4)
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA ignore_check_constraints = ON")
        other.execute("UPDATE samples SET label = 77 WHERE id = ?", (first,))
        other.execute("UPDATE samples SET image = x'00' WHERE id = ?", (second,))
        other.execute(
            "UPDATE samples SET writer = ?, source = x'fffe', answered = 'seven', kept_at = 9e999, ink = x'00'"
            " WHERE id = ?",
            ("long" * 1_000, third),
        )
        other.execute("INSERT INTO embeddings VALUES (?, 'hash', 'no vector')", (fourth,))
        other.commit()
    with SampleStore(path) as store:
        read = {sample.id: sample for sample in store.samples()}
        assert set(read) == {third, fourth}
        assert (len(read[third].writer), read[third].source, read[third].answered) == (64, "", None)
        assert read[third].kept_at == 0.0
        assert store.embeddings("hash") == {}
        with pytest.raises(SampleError, match=f"The ink of digit {third} is damaged."):
            store.content(third)
        assert store.counts() == (0, 1, 1, 1, *(0,) * 7)
