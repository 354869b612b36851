"""A damaged store is set aside, and what can be read of it is in the new one."""

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.samples.database import PAGE_BYTES, recovered_path
from core.samples.store import SampleStore
from tests.core.samples.kept_digits import drawn_sample, filled_store

COUNT = 120


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "digits.sqlite"


@pytest.fixture
def ids(path: Path) -> list[int]:
    return filled_store(path, COUNT)


def damaged_files(path: Path) -> list[Path]:
    return sorted(path.parent.glob("digits-damaged-20*.sqlite"))


def recovered_ids(path: Path) -> list[int]:
    """What a new store finds, after checking that it can be read whole and that the user is told."""
    with SampleStore(path) as store:
        found = [sample.id for sample in store.samples()]
        for id_ in found:
            store.content(id_)
        told = str(store.recovered)
        [kept] = store.keep(drawn_sample(999))
        assert kept.id not in found
    [aside] = damaged_files(path)
    assert told == (
        f"The file of your digits was damaged. {len(found):,} could be saved; the damaged file is now {aside}."
    )
    with SampleStore(path) as store:
        assert store.recovered is None
        assert [sample.id for sample in store.samples()] == [*found, kept.id]
    return found


@pytest.mark.usefixtures("ids")
def test_a_file_that_is_no_database(path: Path) -> None:
    path.write_bytes(b"This is no database at all. " * 1_000)
    assert recovered_ids(path) == []
    assert damaged_files(path)[0].read_bytes().startswith(b"This is no database")


def test_a_file_that_was_cut_short(path: Path, ids: list[int]) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3 + 100])
    found = recovered_ids(path)
    assert len(found) > COUNT // 2 and set(found) <= set(ids)


@pytest.mark.parametrize("count", [16, 100, PAGE_BYTES])
def test_a_lost_beginning_loses_no_digit(path: Path, ids: list[int], count: int) -> None:
    with path.open("r+b") as file:
        file.write(bytes(count))
    if count == 100:
        with path.open("r+b") as file:
            file.write(b"SQLite format 3\0")
    assert recovered_ids(path) == ids


def test_lost_pages_lose_only_their_digits(path: Path, ids: list[int]) -> None:
    content = bytearray(path.read_bytes())
    pages = len(content) // PAGE_BYTES
    for page in (pages // 3, pages // 2, pages - 10):
        content[page * PAGE_BYTES : (page + 1) * PAGE_BYTES] = bytes([0xA5]) * PAGE_BYTES
    path.write_bytes(content)
    with SampleStore(path) as store:
        found = [sample.id for sample in store.samples()]  # damage in the midst is found when it is read
        assert store.recovered is not None
    assert COUNT - 20 < len(found) < COUNT and set(found) <= set(ids)


@pytest.mark.parametrize("seed", range(8))
def test_flipped_bytes_never_crash(path: Path, ids: list[int], seed: int) -> None:
    rng = random.Random(seed)
    content = bytearray(path.read_bytes())
    for _ in range(200):
        content[rng.randrange(100, len(content))] ^= 1 << rng.randrange(8)
    path.write_bytes(content)
    with SampleStore(path) as store:
        found = [sample.id for sample in store.samples()]
        store.counts()
        store.keep(drawn_sample(999))
        store.remove(found[:3])
    assert len(set(found) & set(ids)) > COUNT // 4


def test_what_was_only_in_the_log_is_saved(path: Path) -> None:
    store = SampleStore(path)
    ids = [store.keep(drawn_sample(seed))[0].id for seed in range(20)]
    copy = path.with_name("copy.sqlite")
    for end in ("", "-wal"):
        Path(f"{copy}{end}").write_bytes(Path(f"{path}{end}").read_bytes())
    store.close()
    with closing(sqlite3.connect(copy)) as found:
        found.execute("DROP TABLE embeddings")  # in the log, too: its tables are not as they were made
        found.commit()
        for end in ("", "-wal"):
            Path(f"{path}{end}").write_bytes(Path(f"{copy}{end}").read_bytes())
    assert recovered_ids(path) == ids


def test_an_open_store_that_is_damaged_goes_on(path: Path, ids: list[int]) -> None:
    with SampleStore(path) as store, SampleStore(path) as other:
        assert len(other.samples()) == COUNT
        other.close()
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2])
        [kept] = other.keep(drawn_sample(500))
        assert other.recovered is not None
        assert kept.id in {sample.id for sample in store.samples()}, "it sees that another file is in its place"
        [late] = store.keep(drawn_sample(501))
        assert late.id in {sample.id for sample in other.samples()}
        assert set(ids) & {sample.id for sample in store.samples()}


def test_a_recovery_that_was_killed_at_its_end_is_finished(path: Path, ids: list[int]) -> None:
    path.rename(recovered_path(path))  # between setting the damaged file aside and putting this in its place
    with SampleStore(path) as store:
        assert [sample.id for sample in store.samples()] == ids
    assert not recovered_path(path).exists()


def test_many_processes_recover_once(path: Path, ids: list[int]) -> None:
    with path.open("r+b") as file:
        file.write(bytes(PAGE_BYTES))
    code = (
        "import sys; from pathlib import Path; from core.samples.store import SampleStore\n"
        "from tests.core.samples.kept_digits import drawn_sample\n"
        "store = SampleStore(Path(sys.argv[1])); [kept] = store.keep(drawn_sample(int(sys.argv[2])))\n"
        "print(kept.id, store.recovered is not None)"
    )
    command = [sys.executable, "-c", code, str(path)]
    running = [subprocess.Popen([*command, str(n)], stdout=subprocess.PIPE, text=True) for n in range(4)]
    said = [process.communicate(timeout=120)[0].split() for process in running]
    assert [process.returncode for process in running] == [0] * 4
    assert sorted(told for _, told in said) == ["False"] * 3 + ["True"]
    with SampleStore(path) as store:
        assert {sample.id for sample in store.samples()} == {*ids, *(int(id_) for id_, _ in said)}
    assert len(damaged_files(path)) == 1
    assert not list(path.parent.glob("*.lock")) and not list(path.parent.glob(".aside-*"))


def test_a_recovered_file_that_was_left_waiting_and_is_damaged(path: Path) -> None:
    recovered_path(path).write_bytes(b"This is no database at all. " * 1_000)
    assert recovered_ids(path) == []
