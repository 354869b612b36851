"""Which Python modules belong in the app."""

import re

UNUSED = (
    # Keras backends other than TensorFlow
    "keras.src.backend.jax",
    "keras.src.backend.numpy",
    "keras.src.backend.openvino",
    "keras.src.backend.torch",
    # TensorFlow's headers and sources, and 50 MB of libraries that neither training nor exporting loads
    "tensorflow.compiler.mlir.stablehlo",
    "tensorflow.compiler.tf2xla.ops._xla_ops",
    "tensorflow.include",
    "tensorflow.python.framework.lib_native_proto_caster",
    "tensorflow.xla_aot_runtime_src",
    "tensorflow.python.kernel_tests",
    # imported by tests only
    "numpy._core._multiarray_tests",
    "numpy.testing.print_coercion_tables",
    "tensorflow.python.autograph.core.converter_testing",
    "tensorflow.python.autograph.impl.testing",
    "tensorflow.python.autograph.pyct.testing",
    "tensorflow.python.autograph.utils.testing",
)
STAND_INS = {
    "tensorflow.python.profiler.internal._pywrap_profiler_plugin": "profiler_plugin.py",
}
"""Large libraries that are imported but never used, and the module in stand_ins/ that replaces each."""

ELSEWHERE = (
    # for building, installing, testing or documenting only
    *("PyInstaller", "_pytest", "clang", "distutils", "ensurepip", "idlelib", "lib2to3", "pip", "pkg_resources"),
    *("pytest", "setuptools", "sitecustomize", "usercustomize", "wheel", "zstandard"),
    # other toolkits, and optional dependencies of libraries
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
    # parts of Qt other than windows
    *("PySide6.QtDesigner", "PySide6.QtNetwork", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets"),
    *("PySide6.QtPrintSupport", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSql", "PySide6.QtUiTools"),
    "PySide6.QtXml",
    # parts of the standard library that pull in system libraries, one of them under the GPL
    *("_curses", "_dbm", "_gdbm", "_sqlite3", "curses", "dbm", "nis", "readline", "sqlite3"),
    # parts of libraries for developers
    *("numpy.distutils", "numpy.f2py"),
)
"""Left out with all their submodules."""

OUR_PACKAGES = ("core", "gui")

# Modules that TensorFlow's public API imports in spite of their names.
_NOT_TESTS = re.compile(
    r"(^|\.)(test_(case|combinations|log_pb2|mode|ops|util|utils)|_test_metrics_util|multi_worker_test_base)$"
)
_TESTS = re.compile(r"(^|\.)(tests|_tests|kernel_tests|conftest|test_[^.]*|[^.]*_test)(\.|$)")


def excluded_modules() -> list[str]:
    """The modules that PyInstaller leaves out."""
    return [*UNUSED, *ELSEWHERE, *STAND_INS]


def is_test(module: str) -> bool:
    """Whether the module with this dotted name is a test: nothing of DigitPad's own is, its self-test included."""
    if module.partition(".")[0] in OUR_PACKAGES:
        return False
    return _TESTS.search(module) is not None and _NOT_TESTS.search(module) is None


def is_wanted_module(module: str) -> bool:
    """Whether the module with this dotted name belongs in the app."""
    return not is_test(module) and not any(f"{module}.".startswith(f"{name}.") for name in excluded_modules())
