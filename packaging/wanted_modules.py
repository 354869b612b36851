"""Which Python modules belong into the app."""

import re

UNUSED = (
    # backends of Keras beside TensorFlow's
    "keras.src.backend.jax",
    "keras.src.backend.numpy",
    "keras.src.backend.openvino",
    "keras.src.backend.torch",
    # TensorFlow's headers and sources, and libraries of 50 MB that neither training nor exporting opens
    "tensorflow.compiler.mlir.stablehlo",
    "tensorflow.compiler.tf2xla.ops._xla_ops",
    "tensorflow.include",
    "tensorflow.python.framework.lib_native_proto_caster",
    "tensorflow.xla_aot_runtime_src",
    "tensorflow.python.kernel_tests",
    # what only tests import
    "numpy._core._multiarray_tests",
    "numpy.testing.print_coercion_tables",
    "tensorflow.python.autograph.core.converter_testing",
    "tensorflow.python.autograph.impl.testing",
    "tensorflow.python.autograph.pyct.testing",
    "tensorflow.python.autograph.utils.testing",
)
STAND_INS = {
    "PySide6.QtOpenGL": "qt_opengl.py",
    "PySide6.QtOpenGLWidgets": "qt_opengl_widgets.py",
    "tensorflow.python.profiler.internal._pywrap_profiler_plugin": "profiler_plugin.py",
}
"""Large libraries that others import without using them, and what is put in the place of each, in stand_ins/."""

ELSEWHERE = (
    # what only builds, installs, tests or documents
    *("PyInstaller", "_pytest", "clang", "distutils", "ensurepip", "idlelib", "lib2to3", "pip", "pkg_resources"),
    *("pytest", "setuptools", "sitecustomize", "usercustomize", "wheel", "zstandard"),
    # other toolkits, and what a library would use if it were there
    *(
        "IPython",
        "OpenGL",
        "PIL",
        "grpc",
        "jax",
        "matplotlib",
        "openvino",
        "pandas",
        "scipy",
        "tensorboard",
        "tkinter",
        "torch",
    ),
    # Qt beyond windows
    *("PySide6.QtDesigner", "PySide6.QtNetwork", "PySide6.QtPrintSupport", "PySide6.QtQml", "PySide6.QtQuick"),
    *("PySide6.QtSql", "PySide6.QtUiTools", "PySide6.QtXml"),
    # parts of Python's library that drag in libraries of the system, one of them under the GPL
    *("_curses", "_dbm", "_gdbm", "_sqlite3", "curses", "dbm", "nis", "readline", "sqlite3"),
    # pieces of libraries that are for developers
    *("numpy.distutils", "numpy.f2py", "pyqtgraph.examples", "pyqtgraph.jupyter", "pyqtgraph.opengl"),
)
"""What is left out together with everything below it."""

# DigitPad proves itself by one; TensorFlow's public interfaces import the others, whatever their names say.
_NOT_TESTS = re.compile(
    r"(^|\.)(self_test|test_(case|combinations|log_pb2|mode|ops|util|utils)|_test_metrics_util|multi_worker_test_base)$"
)
_TESTS = re.compile(r"(^|\.)(tests|_tests|kernel_tests|conftest|test_[^.]*|[^.]*_test)(\.|$)")


def excluded_modules() -> list[str]:
    """What PyInstaller is told to leave out."""
    return [*UNUSED, *ELSEWHERE, *STAND_INS]


def is_test(module: str) -> bool:
    """Whether `module`, in its dotted name, only tests others."""
    return _TESTS.search(module) is not None and _NOT_TESTS.search(module) is None


def is_wanted_module(module: str) -> bool:
    """Whether `module`, in its dotted name, belongs into the app."""
    return not is_test(module) and not any(f"{module}.".startswith(f"{name}.") for name in excluded_modules())
