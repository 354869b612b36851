"""What several tests of digit sets need."""

import mmap

import numpy as np
import pytest

from core.datasets import large_arrays
from core.datasets.mnist import load_mnist
from core.datasets.sources import find_source
from core.errors import DataSetError


@pytest.fixture(scope="session")
def some():
    """The first 70 digits of MNIST."""
    return load_mnist().train.take(slice(70))


@pytest.fixture
def nothing_fits_in_memory(monkeypatch):
    """Every array of more than 100 bytes is a large one."""
    monkeypatch.setattr(large_arrays, "LARGEST_IN_MEMORY", 100)


@pytest.fixture
def is_mapped():
    """A function that tells whether an array lies in a file."""

    def check(array) -> bool:
        while isinstance(array, np.ndarray):
            array = array.base
        return isinstance(array.obj if isinstance(array, memoryview) else array, mmap.mmap)

    return check


@pytest.fixture
def problem_of():
    """A function for the sentence that a source is refused with, by the form's check and by loading alike."""

    def find(source) -> str:
        with pytest.raises(DataSetError) as loading:
            find_source(str(source)).load()
        with pytest.raises(DataSetError) as checking:
            find_source(str(source)).check()
        assert str(loading.value) == str(checking.value)
        sentence = str(loading.value)
        assert sentence.endswith(".") and "\n" not in sentence
        return sentence

    return find


@pytest.fixture
def ends_everywhere():
    """A function that ends some work at its first, middle and last checkpoint, and sees that nothing goes on."""

    class Ended(Exception):
        pass

    def check(work, *, at_least: int) -> None:
        def run(until: int | None) -> int:
            calls = 0

            def checkpoint() -> None:
                nonlocal calls
                calls += 1
                if calls == until:
                    raise Ended

            if until is None:
                work(checkpoint)
            else:
                with pytest.raises(Ended):
                    work(checkpoint)
            return calls

        total = run(None)
        assert total >= at_least
        for until in (1, total // 2, total):
            assert run(until) == until

    return check
