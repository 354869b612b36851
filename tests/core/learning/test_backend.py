"""Loading TensorFlow: only when asked, once, from any thread, and without a word on the terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]

LOAD_TWICE = """
import os, sys, threading
import core.learning.exporting
import core.learning.run
import core.learning.opening
assert not {"tensorflow", "keras", "h5py"} & set(sys.modules)

from core.learning.backend import load_tensorflow
loaded = []
def load():
    load_tensorflow()
    import keras
    loaded.append(keras.backend.backend())
threads = [threading.Thread(target=load) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
import tensorflow as tf
tf.constant(1) + 1
assert loaded == ["tensorflow"] * 2, loaded
os.write(2, b"heard again")
"""

LOAD_WATCHED = """
import gc, threading
from core.learning.backend import load_tensorflow

class Stopped(Exception):
    pass

def stop():
    raise Stopped

try:
    load_tensorflow(checkpoint=stop)
except Stopped:
    stages = []
went_on = threading.Event()
waiting = threading.Event()

def tell(stage):
    stages.append(stage)
    if stage == "importing it":
        went_on.wait()

def wait():
    try:
        load_tensorflow(checkpoint=stop)
    except Stopped:
        waiting.set()

loader = threading.Thread(target=load_tensorflow, args=(tell,))
loader.start()
impatient = threading.Thread(target=wait)
impatient.start()
impatient.join()
assert waiting.is_set()
went_on.set()
loader.join()
assert stages == ["opening its libraries", "importing it", "importing Keras"], stages
assert gc.isenabled()
assert gc.get_freeze_count() > 100_000
load_tensorflow(tell, checkpoint=stop)
assert len(stages) == 3
"""

LOAD_WITHOUT_TERMINAL = """
import sys
assert sys.stderr is None
from core.learning.backend import load_tensorflow
load_tensorflow()
import keras
print(keras.backend.backend())
"""


def run(code: str, **settings: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-c", code], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, check=False, **settings
    )


def test_tensorflow_loads_late_once_and_quietly() -> None:
    result = run(LOAD_TWICE, stderr=subprocess.PIPE)
    assert result.stderr == "heard again"
    assert result.returncode == 0


def test_loading_says_what_it_does_and_can_be_left_between_its_stages() -> None:
    result = run(LOAD_WATCHED, stderr=subprocess.PIPE)
    assert result.stderr == ""
    assert result.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes a descriptor")
def test_tensorflow_loads_without_a_terminal() -> None:
    command = ["sh", "-c", 'exec "$0" -c "$1" 2>&-', sys.executable, LOAD_WITHOUT_TERMINAL]
    result = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "tensorflow\n")


LOAD_AND_TELL = """
import os
def settings():
    return {name: value for name, value in os.environ.items() if name.startswith(("KERAS_", "TF_", "ABSL_"))}
before = settings()
from core.learning.backend import load_tensorflow
load_tensorflow()
assert settings() == before
import keras
import tensorflow as tf
network = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
network.compile(loss="mse")
epochs = network.fit(tf.zeros((8, 2)), tf.zeros((8, 1)), batch_size=2, epochs=3, verbose=0).epoch
print(keras.config.floatx(), keras.config.epsilon(), keras.config.image_data_format(), len(epochs))
"""


@pytest.mark.parametrize("settings", [None, '{"floatx": "float16", "image_data_format": "channels_first"}', "[no json"])
def test_what_a_user_of_keras_set_for_other_programs_stays_theirs(settings: str | None, tmp_path: Path) -> None:
    home = tmp_path / ".keras"
    if settings is not None:
        home.mkdir()
        (home / "keras.json").write_text(settings)
    environment = {**os.environ, "HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "KERAS_MAX_EPOCHS": "1"}
    environment.pop("KERAS_HOME", None)
    result = run(LOAD_AND_TELL, env=environment)
    assert (result.returncode, result.stdout) == (0, "float32 1e-07 channels_last 3\n")
    if settings is None:
        assert not home.exists()
    else:
        assert [path.name for path in home.iterdir()] == ["keras.json"]
        assert (home / "keras.json").read_text() == settings


def test_an_order_of_channels_that_was_set_for_it_is_honoured(tmp_path: Path) -> None:
    (tmp_path / "keras.json").write_text('{"floatx": "float16", "epsilon": 0.1, "image_data_format": "channels_first"}')
    result = run(LOAD_AND_TELL, env={**os.environ, "KERAS_HOME": str(tmp_path)})
    assert (result.returncode, result.stdout) == (0, "float32 1e-07 channels_first 3\n")
