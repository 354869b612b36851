"""Load TensorFlow so that the window stays alive and the terminal clean."""

import ctypes
import importlib.util
import os
import sys
import threading
from pathlib import Path

from core.native_noise import quiet_native_stderr

_ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "ABSL_MIN_LOG_LEVEL": "3",
}

_LIBRARIES = {
    "linux": ("libtensorflow_framework.so.2", "libtensorflow_cc.so.2"),
    "darwin": ("libtensorflow_framework.2.dylib", "libtensorflow_cc.2.dylib"),
    "win32": ("python/_pywrap_tensorflow_common.dll",),
}

_loading = threading.Lock()
_loaded = False


def load_tensorflow() -> None:
    """Import TensorFlow and Keras, once; every later call returns at once. Any thread may call it.

    The shared libraries of TensorFlow are opened first, through a foreign function call, which releases the GIL: the
    gigabyte takes up to two seconds to map, and `import` would hold the GIL all the while and freeze the window.
    """
    global _loaded
    with _loading:
        if _loaded:
            return
        os.environ.update(_ENVIRONMENT)
        with quiet_native_stderr():
            _open_libraries()
            import keras  # noqa: F401
            import tensorflow as tf

            tf.get_logger().setLevel("ERROR")
        _loaded = True


def _open_libraries() -> None:
    """Map TensorFlow's libraries into the process where they are; a wheel laid out otherwise imports all the same."""
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
