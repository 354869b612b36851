"""What the tests of explanations share: the shipped model, and digits of MNIST that it reads."""

from pathlib import Path
from typing import Any

import pytest

from core.explaining.explainer import Explainer
from core.models.library import ModelLibrary
from core.system.paths import assets_folder


@pytest.fixture(scope="package")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Explainer:
    library = ModelLibrary(tmp_path_factory.mktemp("models"), assets_folder() / "models")
    return Explainer(library.shipped_bundle())


@pytest.fixture
def digits(mnist: dict[str, Any]) -> Any:
    """Sixty training digits of MNIST."""
    return mnist["x_train"][1000:1060]


@pytest.fixture
def no_models(tmp_path: Path) -> ModelLibrary:
    return ModelLibrary(tmp_path / "models", tmp_path / "none")
