"""What was said to be kept is kept, whatever ends the process that kept it, and however many use the store."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.samples.store import SampleStore
from tests.core.samples.kept_digits import drawn_sample, filled_store

KILLS = 10
KEEPER = """
import sys
from pathlib import Path
from core.samples.store import SampleStore
from tests.core.samples.kept_digits import drawn_sample
new = [drawn_sample(seed) for seed in range(20)]
store = SampleStore(Path(sys.argv[1]))
print("ready", flush=True)
for turn in range(int(sys.argv[2])):
    for sample in store.keep(*new[: turn % 3 + 1]):
        print(sample.id, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "digits.sqlite"


def start_keeper(path: Path, turns: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", KEEPER, str(path), str(turns)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def whole_ids(said: str) -> list[int]:
    """The ids that were printed, without one that was cut off."""
    return [int(line) for line in said.splitlines(keepends=True) if line.endswith("\n")]


def test_a_kill_at_any_moment_loses_nothing(path: Path) -> None:
    rng = random.Random(18)
    printed: list[int] = []
    for _ in range(KILLS):
        process = start_keeper(path, 100_000)
        time.sleep(rng.uniform(0.0, 0.15))
        process.kill()
        printed += whole_ids(process.communicate(timeout=60)[0])
        with SampleStore(path) as store:
            assert store.recovered is None
            found = {sample.id for sample in store.samples()}
            assert set(printed) <= found
            assert len(store.keep(drawn_sample(1))) == 1
    assert len(printed) == len(set(printed)) > KILLS


def test_a_kill_during_a_recovery_loses_nothing(path: Path) -> None:
    ids = filled_store(path, 200)
    content = bytes(100) + path.read_bytes()[100:]
    code = (
        "import sys; from pathlib import Path; from core.samples.store import SampleStore\n"
        "print('ready', flush=True); SampleStore(Path(sys.argv[1])); print('done', flush=True)"
    )
    for turn in range(6):
        for old in path.parent.iterdir():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        path.write_bytes(content)
        process = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        time.sleep(turn * 0.02)
        process.kill()
        process.communicate(timeout=60)
        with SampleStore(path) as store:
            assert [sample.id for sample in store.samples()] == ids


def test_two_processes_and_a_reader_at_once(path: Path) -> None:
    turns = 60
    writing = [start_keeper(path, turns) for _ in range(2)]
    lengths = []
    with SampleStore(path) as store:
        while any(process.poll() is None for process in writing):
            lengths.append(len(store.samples()))
            time.sleep(0.01)
        said = [whole_ids(process.communicate(timeout=60)[0]) for process in writing]
        assert sorted(id_ for ids in said for id_ in ids) == [sample.id for sample in store.samples()]
    assert lengths == sorted(lengths)
    assert [len(ids) for ids in said] == [2 * turns] * 2
