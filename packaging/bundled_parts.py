"""What the shared libraries inside the packages are, and where the licence of each stands.

A package's wheel brings libraries of others, as files of their own or inside its own. Some wheels bring the licences of
those too, others do not; for the latter the texts lie in licences/.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path


class LicenceMissing(Exception):
    """Something would be shipped without its licence; the text says what."""


@dataclass(frozen=True, slots=True)
class Part:
    """Work that a library is or holds.

    Attributes
    ----------
    name
        What it is called.
    files
        The libraries, as a pattern of their names.
    said
        Words in the licence texts of some package that is shipped by which its own is known; "" where there are none.
    text
        The file in licences/ with its licence where no package has it.
    """

    name: str
    files: str
    said: str = ""
    text: str = ""


_APACHE = "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"  # its text names nobody
_QT = "is used under the GNU Lesser General Public License, version 3"
_OF_LITE = "XNNPACK, cpuinfo, pthreadpool, ruy, fft2d"
_OF_GCC = (
    Part("GCC’s library for Fortran", "libgfortran*", said="Name: GCC runtime library"),
    Part("GCC’s library for long numbers", "libquadmath*", said="Name: libquadmath"),
    Part("GCC’s library for long numbers, its whole licence", "libquadmath*", text="LGPL-2.1.txt"),
)
PARTS: dict[str, tuple[Part, ...]] = {
    "ai-edge-litert": (
        Part("LiteRT", "libpywrap_litert_common.so", said=_APACHE),
        Part(_OF_LITE, "libpywrap_litert_common.so", text="parts-of-litert.txt"),
    ),
    "h5py": (
        Part("HDF5", "libhdf5*", said="HDF5 (Hierarchical Data Format 5) Software Library and Utilities"),
        Part("libaec", "libaec*", text="libaec.txt"),
        Part("libaec", "libsz*", text="libaec.txt"),
    ),
    "numpy": (
        Part("OpenBLAS and LAPACK", "libscipy_openblas*", said="Name: OpenBLAS"),
        *_OF_GCC,
    ),
    "opencv-python-headless": (
        Part("libavif", "libavif*", said="libavif library"),
        Part("libaom", "libaom*", said="aom library"),
        Part("libpng", "libpng*", said="libpng is redistributed within all opencv-python"),
        Part("OpenBLAS and LAPACK", "libopenblas*", said="Name: OpenBLAS"),
        *_OF_GCC,
        Part("OpenJPEG", "cv2.*", said="OpenJPEG library is redistributed"),
        Part("libtiff", "cv2.*", said="TIFF library is redistributed"),
        Part("OpenEXR", "cv2.*", said="OpenEXR library is redistributed"),
        Part("libjpeg-turbo", "cv2.*", said="Libjpeg-turbo is redistributed"),
        Part("libwebp", "cv2.*", said="libwebp and libwebpmux are redistributed"),
        Part("Protobuf", "cv2.*", said="Protobuf library is redistributed"),
        Part("Intel IPP", "cv2.*", said="Intel(R) IPP ICV library statically linked"),
    ),
    "pyside6-essentials": (
        Part("Qt, Qt for Python", "lib*Qt6*", said=_QT),
        Part("Qt, Qt for Python", "libpyside6*", said=_QT),
        Part("plug-ins of Qt", "libq*", said=_QT),
        Part("plug-ins of Qt", "lib*platforminputcontextplugin.so", said=_QT),
        Part("plug-ins of Qt", "libadwaita.so", said=_QT),
        Part("plug-ins of Qt", "libbradient.so", said=_QT),
        Part("plug-ins of Qt", "libxdg-shell.so", said=_QT),
        Part("PCRE2, HarfBuzz, FreeType, libpng, libjpeg, libwebp and others", "libQt6*", text="parts-of-qt.txt"),
        Part("ICU", "libicu*", text="icu.txt"),
    ),
    "shiboken6": (Part("Shiboken", "libshiboken6*", said=_QT),),
    "tensorflow-cpu": (
        Part("TensorFlow", "libtensorflow*", said="== Eigen"),
        Part("TensorFlow", "lib_pywrap*", said="== Eigen"),
        Part("TensorFlow Lite", "libpywrap_tflite_common.so", said="== Flatbuffers"),
        Part(_OF_LITE, "libtensorflow_cc*", text="parts-of-litert.txt"),
    ),
}
"""By package; on other systems the libraries have other names."""


def package_key(name: str) -> str:
    """A package's name as in `PARTS`."""
    return name.lower().replace("_", "-").replace(".", "-")


def is_shared_library(file: Path) -> bool:
    """Whether `file` is a library of its own rather than a module of Python, as Linux names them."""
    return ".so" in file.name and (file.name.startswith("lib") or file.parent.name.endswith(".libs"))


def check_covered(package: str, files: Iterable[Path]) -> None:
    """Raise LicenceMissing where `PARTS` does not know one of the shared libraries among the `files` of `package`."""
    parts = PARTS.get(package_key(package), ())
    libraries = sorted(file.name for file in files if is_shared_library(file))
    unknown = [name for name in libraries if not any(fnmatch(name, part.files) for part in parts)]
    if unknown:
        raise LicenceMissing(
            f"{package} brings {', '.join(unknown)}; bundled_parts.py does not say where the licence stands."
        )


def told_parts(packages: Mapping[str, Iterable[Path]], texts: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """A line for each part of the `packages` about where its licence stands, and the files in licences/ to add.

    Parameters
    ----------
    packages
        The files that are shipped of each package, by its name.
    texts
        All licence texts that are gathered, by the heading that they stand under.

    Raises
    ------
    LicenceMissing
        When no text has the words that a part's licence is known by.
    """
    lines, added = [], []
    for package, files in packages.items():
        names = [file.name for file in files]
        for part in PARTS.get(package_key(package), ()):
            inside = sorted(name for name in names if fnmatch(name, part.files))
            if not inside:
                continue
            if part.text:
                added.append(part.text)
            place = part.text or _heading(part, package, texts)
            lines.append(f"{package}, {', '.join(inside)}: {part.name}; see “{place}”")
    return lines, list(dict.fromkeys(added))


def _heading(part: Part, package: str, texts: Mapping[str, str]) -> str:
    """Where the licence of `part` stands, under its own package where that has it."""
    found = [heading for heading, text in texts.items() if part.said in text]
    if not found:
        raise LicenceMissing(f"No package has the licence of {part.name} any more: none says “{part.said}”.")
    return next((heading for heading in found if heading.startswith(f"{package} ")), found[0])
