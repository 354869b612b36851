"""The shipped model, digits to test it on, and places of their own for what tests keep."""

from pathlib import Path

import pytest

from core.datasets.digit_sets import DigitSet
from core.datasets.mnist import load_mnist_test
from core.judging.model_tests import ModelTest, Places, run_test
from core.models.library import ModelBundle, ModelLibrary
from core.system.paths import assets_folder

COUNT = 300


@pytest.fixture(scope="session")
def shipped_bundle() -> ModelBundle:
    return ModelLibrary(assets_folder() / "none", assets_folder() / "models").shipped_bundle()


@pytest.fixture(scope="session")
def digits() -> DigitSet:
    return load_mnist_test(COUNT).digits


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "models", tmp_path / "digits.sqlite", tmp_path / "tests")


@pytest.fixture(scope="session")
def whole_test(shipped_bundle: ModelBundle, tmp_path_factory: pytest.TempPathFactory) -> ModelTest:
    """The shipped model on the first 1,500 test digits of MNIST, of which it reads some wrongly."""
    folder = tmp_path_factory.mktemp("whole")
    return run_test("mnist:1500", shipped_bundle, None, Places(folder, folder / "digits.sqlite", folder / "tests"))
