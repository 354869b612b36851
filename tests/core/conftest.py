"""What several tests of digit sets need."""

import pytest

from core.datasets.loading import check_source, load_digits
from core.datasets.mnist import load_mnist
from core.errors import DataSetError


@pytest.fixture(scope="session")
def some():
    """The first 70 digits of MNIST."""
    return load_mnist().train.take(slice(70))


@pytest.fixture
def problem_of():
    """A function for the sentence that a source is refused with, by the form's check and by loading alike."""

    def find(source) -> str:
        with pytest.raises(DataSetError) as loading:
            load_digits(str(source))
        with pytest.raises(DataSetError) as checking:
            check_source(str(source))
        assert str(loading.value) == str(checking.value)
        sentence = str(loading.value)
        assert sentence.endswith(".") and "\n" not in sentence
        return sentence

    return find
