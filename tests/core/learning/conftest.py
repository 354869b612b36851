"""What the tests of training share: little data, a library of their own, and a record of what a run told."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from core.learning.run import fit
from core.models.card import ModelCard
from core.models.library import ModelBundle, ModelLibrary, read_bundle
from core.training.control import TrainingControl
from core.training.events import Emit, Event, RunStarted
from core.training.spec import TrainingSpec
from tests.conftest import reading_few_others, small_networks

E = TypeVar("E")


def trained(spec: TrainingSpec, library: ModelLibrary, emit: Emit = lambda event: None) -> ModelBundle:
    """What a run by `spec` leaves in `library`."""
    ended = fit(spec, TrainingControl(), emit, library)
    assert ended.model is not None
    return read_bundle(library.folder / ended.model)


def bundle_with(network: Any, folder: Path) -> ModelBundle:
    """A bundle called “Eve” in `folder` that holds nothing but `network`."""
    network.save(folder / "model.keras")
    return ModelBundle(folder, ModelCard("Eve", "", "quick", 1, {}, seed=1, epochs=1))


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    return ModelLibrary(tmp_path / "models", tmp_path / "shipped")


@pytest.fixture
def all_others() -> None:
    """Lets runs be tested with all that MNIST tests with."""


@pytest.fixture(autouse=True)
def few_others(request: pytest.FixtureRequest) -> Iterator[None]:
    with nullcontext() if "all_others" in request.fixturenames else reading_few_others():
        yield


@pytest.fixture
def small() -> Iterator[None]:
    """Makes networks small, for a test that is not about their layers."""
    with small_networks():
        yield


@pytest.fixture(scope="module")
def few_digits(tmp_path_factory: pytest.TempPathFactory, mnist: dict[str, Any]) -> str:
    """Path of an npz with 400 training and 200 test digits of MNIST."""
    path = tmp_path_factory.mktemp("digits") / "few.npz"
    np.savez(
        path,
        x_train=mnist["x_train"][:400],
        y_train=mnist["y_train"][:400],
        x_test=mnist["x_test"][:200],
        y_test=mnist["y_test"][:200],
    )
    return str(path)


class Record:
    """Collects a run's events; `react` may answer one on the spot."""

    def __init__(self, react: Callable[[Event], None] = lambda event: None) -> None:
        self.events: list[Event] = []
        self._react = react

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        self._react(event)

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def new_record() -> type[Record]:
    return Record


class ScriptedControl(TrainingControl):
    """Does `act` at one of the checkpoints of the training itself, counted from 1, as if the user had been that quick.

    It has to see the run's events: what is before the training has checkpoints too, which do not count.
    """

    def __init__(self, at: int, act: Callable[[TrainingControl], None]) -> None:
        super().__init__()
        self.checkpoints = 0
        self._at = at
        self._act = act
        self._began = False

    def see(self, event: Event) -> None:
        self._began |= isinstance(event, RunStarted)

    def checkpoint(self) -> None:
        self.checkpoints += self._began
        if self._began and self.checkpoints == self._at:
            self._act(self)
        super().checkpoint()


@pytest.fixture
def scripted_control() -> type[ScriptedControl]:
    return ScriptedControl
