"""What goes into the standalone app, and what stays out."""

from pathlib import Path

import pytest
from wanted_files import is_wanted_file
from wanted_modules import is_wanted_module


@pytest.mark.parametrize(
    "module",
    [
        "core.learning.run",
        "gui.self_test.self_test",
        "keras.src.backend.tensorflow.core",
        "keras.src.testing",
        "tensorflow.python.framework.test_util",
        "tensorflow._api.v2.test",
        "unittest.case",
        "PySide6.QtTest",
        "numpy.testing",
        "latest",
    ],
)
def test_wanted_modules(module: str) -> None:
    assert is_wanted_module(module)


def test_all_of_our_own_modules_are_wanted() -> None:
    repository = Path(__file__).resolve().parents[2]
    files = [path.relative_to(repository) for name in ("core", "gui") for path in (repository / name).rglob("*.py")]
    modules = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in files]
    assert len(modules) > 200
    assert [module for module in modules if not is_wanted_module(module)] == []


@pytest.mark.parametrize(
    "module",
    [
        "keras.src.backend.torch",
        "keras.src.backend.jax.core",
        "keras.src.layers.core.dense_test",
        "numpy.tests.test_ctypeslib",
        "numpy._core._multiarray_tests",
        "tensorflow.python.autograph.impl.testing.pybind_for_testing",
        "tensorflow.python.kernel_tests.signal.test_util",
        "h5py.tests",
        "PySide6.QtQml",
        "tkinter.ttk",
        "readline",
    ],
)
def test_unwanted_modules(module: str) -> None:
    assert not is_wanted_module(module)


@pytest.mark.parametrize(
    "file",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui",
        "PySide6/QtCore.abi3.so",
        "tensorflow/libtensorflow_cc.so.2",
        "assets/samples/7.inkml",
        "numpy-2.4.6.dist-info/METADATA",
        "cv2/config.py",
    ],
)
def test_wanted_files(file: str) -> None:
    assert is_wanted_file(file)


@pytest.mark.parametrize(
    "file",
    [
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt6Qml.dll",
        "PySide6/Qt/lib/QtPdf.framework/Versions/A/QtPdf",
        "PySide6\\translations\\qtbase_de.qm",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "tensorflow/include/tensorflow/core/public/session.h",
        "ai_edge_litert/libLiteRtWebGpuAccelerator.so",
        "numpy/tests/test_ctypeslib.py",
        "numpy/_core/_multiarray_tests.cpython-311-x86_64-linux-gnu.so",
        "numpy-2.4.6.dist-info/RECORD",
        "numpy-2.4.6.dist-info/direct_url.json",
    ],
)
def test_unwanted_files(file: str) -> None:
    assert not is_wanted_file(file)


def test_what_every_desktop_has_is_left_to_the_system() -> None:
    assert not is_wanted_file("libstdc++.so.6", from_system=True)
    assert not is_wanted_file("libX11.so.6", from_system=True)
    assert is_wanted_file("libxcb-cursor.so.0", from_system=True)
    assert is_wanted_file("libstdc++.so.6", from_system=False)
