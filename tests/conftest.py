"""What holds for every test: a home of its own, no display, and nothing left running."""

import gc
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

# Before anything imports Qt. Who sets it (QT_QPA_PLATFORM=xcb under xvfb-run, say) tests on that platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Tests that run side by side (pytest-xdist) share the cores already.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")

_hypothesis_home = tempfile.TemporaryDirectory(prefix="digitpad-hypothesis-")
set_hypothesis_home_dir(_hypothesis_home.name)
settings.register_profile(
    "digitpad",
    database=None,
    deadline=None,  # a busy machine is no failure
    derandomize=bool(os.environ.get("CI")),
    # The folders of `isolated_folders` are made once for all examples of a test, which is what such tests want.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("digitpad")

REPOSITORY = Path(__file__).resolve().parent.parent
SECONDS_TO_END = 5.0
"""How long a thread that was told to end may take to do so after its test."""
SLOW_TESTS = (
    # load TensorFlow or start whole processes
    *("benchmarks", "core/learning", "e2e", "packaging", "gui/models/test_models_dialog.py", "gui/test_screens.py"),
    # make or read thousands of digits
    *("core/datasets/test_orientation.py", "core/pictures/test_reading.py", "core/synthesis", "core/training"),
    *("core/judging", "gui/test", "gui/train"),
    # read hundreds of pictures
    *("core/recognition/test_picture_numbers.py", "core/recognition/test_pictures_without_digits.py"),
    # wait as people do, dress and lay out whole windows again and again
    *("gui/recognition/test_live_recognition.py", "gui/test_fitting.py", "gui/test_restyling.py"),
    "gui/test_text_size.py",
)
"""Folders and files that `make test-quick` leaves out, besides single tests that are marked `slow`."""
LONGEST_TEST = REPOSITORY / "tests" / "e2e" / "test_self_test.py"
"""It begins first: one process would otherwise be at it when all others have ended."""


def pytest_unconfigure() -> None:
    _hypothesis_home.cleanup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    slow = [REPOSITORY / "tests" / name for name in SLOW_TESTS]

    @cache  # there are twenty times as many tests as files
    def is_slow(path: Path) -> bool:
        return any(path.is_relative_to(place) for place in slow)

    for item in items:
        if is_slow(item.path):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: item.path != LONGEST_TEST)


@pytest.fixture(scope="session")
def users_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the folders of `isolated_folders` are."""
    return tmp_path_factory.mktemp("users")


@pytest.fixture(autouse=True)
def isolated_folders(users_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every place that DigitPad or a library takes for the user's is a fresh one; returns their common root."""
    # not by `mktemp`, which looks at the folders of all tests so far to find the next number
    root = Path(tempfile.mkdtemp(prefix="user-", dir=users_folder))
    home = root / "home"
    home.mkdir()
    monkeypatch.setenv("DIGITPAD_DATA_DIR", str(root / "data"))
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(home))
    for variable, folder in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "KERAS_HOME": ".keras",
    }.items():
        monkeypatch.setenv(variable, str(home / folder))
    return root


@pytest.fixture(scope="session")
def qapp() -> Iterator[Any]:
    """The application with its theme, as `main` makes it, for pytest-qt to use: there is one for all tests."""
    from PySide6.QtGui import QGuiApplication

    from gui.app import make_application

    yield make_application()
    # the offscreen platform keeps the clipboard until Python is gone, and destroying what Python made then crashes
    QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a Python thread or a running QThread behind."""
    before, system_threads = set(threading.enumerate()), _system_threads()
    yield
    leaked = [thread for thread in threading.enumerate() if thread not in before and _still_runs(thread)]
    # to search all objects takes longer than many a test, and no QThread runs without a thread of the system
    if {"qapp", "qtbot"} & set(request.fixturenames) and not _system_threads() <= system_threads:
        leaked += _running_qthreads()
    assert not leaked, f"left running: {leaked}"


def _still_runs(thread: threading.Thread) -> bool:
    # A thread of Qt or TensorFlow that calls Python gets a stand-in that outlives it; QThreads are looked for below.
    if isinstance(thread, threading._DummyThread):
        return False
    thread.join(SECONDS_TO_END)
    return thread.is_alive()


def _system_threads() -> set[str]:
    """Names of all threads of this process, Qt's too; something new each time where the system does not tell."""
    tasks = Path("/proc/self/task")
    return {task.name for task in tasks.iterdir()} if tasks.is_dir() else {str(uuid4())}


def _running_qthreads() -> list[Any]:
    from PySide6.QtCore import QThread
    from shiboken6 import isValid

    kinds = _with_subclasses(QThread)  # among a million objects, `isinstance` takes several times as long
    threads = [item for item in gc.get_objects() if type(item) in kinds and isValid(item)]
    others = [thread for thread in threads if thread is not QThread.currentThread()]
    return [thread for thread in others if not thread.wait(int(SECONDS_TO_END * 1000))]


def _with_subclasses(kind: type) -> set[type]:
    return {kind}.union(*map(_with_subclasses, kind.__subclasses__()))


@contextmanager
def reading_few_others() -> Iterator[None]:
    """Runs on one's own digits read few of others': seconds each, and most tests are not about that."""
    from core.learning.backend import load_tensorflow

    load_tensorflow()  # or the next line would import it in another way than DigitPad does
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("core.learning.finishing.MNIST_TEST_IMAGES", 100)
        yield


@contextmanager
def small_networks() -> Iterator[None]:
    """Some presets keep all their settings but get fewer and narrower layers, of the same kinds.

    To trace and to compile all layers takes most of the time of a small run, and most tests are not about the layers.
    """
    from core.learning.backend import load_tensorflow

    load_tensorflow()
    from core.learning import networks

    def quick(image: Any, in_training: bool) -> Any:
        x = networks._convolution(image, 1, 16, 2, size=5, normalized=False, in_training=in_training)
        x = networks._convolution(x, 2, 32, 2, normalized=True, in_training=in_training)
        return networks._probabilities(networks.layers.GlobalAveragePooling2D(name="embedding")(x))

    def keras_cnn(image: Any) -> Any:
        return networks._two_convolutions(image, 8, 16)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(networks, "_WIDTHS_AND_STRIDES", ((16, 2), (32, 2)))  # of “digitpad”
        monkeypatch.setattr(networks, "_NOT_NORMALIZED", 1)
        monkeypatch.setattr(networks, "_quick", quick)
        monkeypatch.setitem(networks._TUTORIALS, "keras-cnn", keras_cnn)
        yield


@pytest.fixture(scope="session")
def mnist() -> dict[str, npt.NDArray[np.uint8]]:
    """MNIST's arrays `x_train`, `y_train`, `x_test`, `y_test` as they ship, read-only."""
    with np.load(REPOSITORY / "assets" / "mnist.npz", allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    for array in arrays.values():
        array.flags.writeable = False
    return arrays
