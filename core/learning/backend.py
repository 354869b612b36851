"""Load TensorFlow without freezing the window or writing to the terminal."""

import ctypes
import importlib.util
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.system.gc_pause import nothing_collected
from core.system.native_noise import quiet_native_stderr
from core.system.paths import NOWHERE

_ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "ABSL_MIN_LOG_LEVEL": "3",
}

_FOREIGN = ("KERAS_MAX_EPOCHS", "KERAS_MAX_STEPS_PER_EPOCH", "KERAS_NNX_ENABLED")
"""Variables that end a training early, or change how a network stores its weights."""

_LIBRARIES = {
    "linux": ("libtensorflow_framework.so.2", "libtensorflow_cc.so.2"),
    "darwin": ("libtensorflow_framework.2.dylib", "libtensorflow_cc.2.dylib"),
    "win32": ("python/_pywrap_tensorflow_common.dll",),
}

_loading = threading.Lock()
_loaded = False
_WAIT_SECONDS = 0.05


def load_tensorflow(
    tell: Callable[[str], None] = lambda stage: None, checkpoint: Callable[[], None] = lambda: None
) -> None:
    """Import TensorFlow and Keras once; later calls return at once. Any thread may call it.

    The shared libraries of TensorFlow are opened first, with a foreign function call, which releases the GIL: the
    gigabyte takes up to two seconds to map, and `import` would hold the GIL and freeze the window meanwhile.

    Parameters
    ----------
    tell
        Called in this thread with what comes next, in a few words.
    checkpoint
        Called between the steps, and repeatedly while another thread is loading; an exception that it raises ends the
        waiting.
    """
    global _loaded
    while not _loading.acquire(timeout=_WAIT_SECONDS):
        checkpoint()
    try:
        if _loaded:
            return
        with _own_environment(), nothing_collected():
            for stage, step in _STEPS.items():
                tell(stage)
                with quiet_native_stderr():
                    step()
                checkpoint()
        _loaded = True
    finally:
        _loading.release()


@contextmanager
def _own_environment() -> Iterator[None]:
    """Neither read nor write the user's own settings of Keras, in ~/.keras or the environment.

    The exception is a `KERAS_HOME` with another order of channels, which all networks here support. Afterwards the
    environment is restored: TensorFlow and Keras have read it, and other programs must not inherit it.
    """
    before = {name: os.environ.get(name) for name in (*_ENVIRONMENT, *_FOREIGN, "KERAS_HOME")}
    os.environ.update(_ENVIRONMENT)
    os.environ.setdefault("KERAS_HOME", str(NOWHERE / "keras"))
    for name in _FOREIGN:
        os.environ.pop(name, None)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _open_libraries() -> None:
    """Map TensorFlow's libraries into the process, if found; with another layout of the wheel, the import does it."""
    spec = importlib.util.find_spec("tensorflow")
    if spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent
    for name in _LIBRARIES.get(sys.platform, ()):
        path = folder / name
        if path.is_file():
            _open_library(path)


def _open_library(path: Path) -> None:
    if sys.platform == "win32":
        load = ctypes.WinDLL("kernel32").LoadLibraryExW
        load.argtypes = (ctypes.c_wchar_p, ctypes.c_void_p, ctypes.c_uint32)
        load.restype = ctypes.c_void_p
        beside_the_library = 0x8  # LOAD_WITH_ALTERED_SEARCH_PATH
        load(str(path), None, beside_the_library)
    else:
        load = ctypes.CDLL(None).dlopen
        load.argtypes = (ctypes.c_char_p, ctypes.c_int)
        load.restype = ctypes.c_void_p
        load(os.fsencode(path), os.RTLD_LAZY | os.RTLD_LOCAL)


def _import_tensorflow() -> None:
    import tensorflow as tf

    tf.get_logger().setLevel("ERROR")


def _import_keras() -> None:
    import keras

    keras.config.set_floatx("float32")  # another is chosen by measuring, in `engine_choice`
    keras.config.set_epsilon(1e-7)


_STEPS = {
    "opening its libraries": _open_libraries,
    "importing it": _import_tensorflow,
    "importing Keras": _import_keras,
}
