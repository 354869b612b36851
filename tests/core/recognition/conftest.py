"""The shipped model, for tests of what is read with it."""

import pytest

from core.models.library import ModelLibrary
from core.recognition.recognizer import Recognizer
from core.system.paths import assets_folder


@pytest.fixture(scope="session")
def shipped() -> Recognizer:
    return Recognizer(ModelLibrary(assets_folder() / "none", assets_folder() / "models").shipped_bundle())
