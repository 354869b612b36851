"""Empty libraries in place of those that are never used."""

import ctypes
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from elf import defined_symbols, needed_by
from empty_libraries import Binary, with_empty_libraries, write_empty_library

pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in ("as", "ld", "objdump")), reason="takes binutils"
)


def test_an_empty_library_can_be_loaded_and_has_its_symbols(tmp_path: Path) -> None:
    file = tmp_path / "libempty-1.so.62.28"
    write_empty_library(file, {"av_free@LIBAVUTIL_60", "av_malloc@LIBAVUTIL_60", "avio_open@LIBAVFORMAT_62"})
    library = ctypes.CDLL(str(file))
    assert library.av_free
    assert {"av_free@LIBAVUTIL_60", "avio_open@LIBAVFORMAT_62"} <= defined_symbols(file)
    assert not hasattr(library, "av_calloc")


def wheel_binaries() -> list[Binary]:
    """OpenCV's libraries, as PyInstaller lists them."""
    found = importlib.util.find_spec("cv2")
    assert found is not None
    assert found.origin
    site = Path(found.origin).parent.parent
    files = [*site.glob("cv2/*.so"), *site.glob("opencv_python_headless.libs/*")]
    return [(str(file.relative_to(site)), str(file), "BINARY") for file in files]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the wheels for other systems have other libraries")
def test_pictures_are_read_without_ffmpeg(tmp_path: Path) -> None:
    given = wheel_binaries()
    link = next(name for name, _, _ in given if "libvpx" in name)
    binaries = with_empty_libraries([*given, (Path(link).name, link, "SYMLINK")], tmp_path / "empty")
    left = {name for name, _, _ in binaries}
    assert not any("libvpx" in name or "libcrypto" in name for name in left)
    assert any("libaom" in name for name in left), "needed to read AVIF"
    for name, source, _ in binaries:
        place = tmp_path / "app" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(source)
        assert {library for library in needed_by(Path(source)) if "-" in library and ".so" in library} <= {
            *(Path(other).name for other in left),
            "ld-linux-x86-64.so.2",
        }
    code = f"""
import sys
sys.path[:0] = [{str(tmp_path / "app" / "cv2")!r}]
import cv2, numpy
assert {str(tmp_path)!r} in cv2.__file__
assert "libvpx" not in open("/proc/self/maps").read()
assert cv2.imdecode(cv2.imencode(".png", numpy.zeros((9, 9), "u1"))[1], 0).shape == (9, 9)
"""
    environment = {"LD_LIBRARY_PATH": str(tmp_path / "app" / "opencv_python_headless.libs")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
