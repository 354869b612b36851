"""The third-party libraries in the packages' wheels, and where to find the licence of each.

They are separate files, or linked into the package's own. Some wheels include their licences too; for the others the
texts are in licences/.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path


class LicenceMissing(Exception):
    """Something would be shipped without its licence; the text says what."""


@dataclass(frozen=True, slots=True)
class Part:
    """A work with a licence of its own, in one or more library files.

    Attributes
    ----------
    name
        Its name.
    files
        A glob pattern of the library files that are it or contain it.
    phrase
        A phrase by which its licence is found in the licence texts of the shipped packages; "" if none has it.
    text
        The file in licences/ with its licence, if no package has it.
    """

    name: str
    files: str
    phrase: str = ""
    text: str = ""


_APACHE = "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"  # the text names no author
_QT = "is used under the GNU Lesser General Public License, version 3"
_OF_LITE = "XNNPACK, cpuinfo, pthreadpool, ruy, fft2d"
_OF_GCC = (
    Part("GCC’s Fortran runtime library", "libgfortran*", phrase="Name: GCC runtime library"),
    Part("GCC’s quad-precision maths library", "libquadmath*", phrase="Name: libquadmath"),
    Part("GCC’s quad-precision maths library, full licence text", "libquadmath*", text="LGPL-2.1.txt"),
)
PARTS: dict[str, tuple[Part, ...]] = {
    "ai-edge-litert": (
        Part("LiteRT", "libpywrap_litert_common.so", phrase=_APACHE),
        Part(_OF_LITE, "libpywrap_litert_common.so", text="parts-of-litert.txt"),
    ),
    "h5py": (
        Part("HDF5", "libhdf5*", phrase="HDF5 (Hierarchical Data Format 5) Software Library and Utilities"),
        Part("libaec", "libaec*", text="libaec.txt"),
        Part("libaec", "libsz*", text="libaec.txt"),
    ),
    "numpy": (
        Part("OpenBLAS and LAPACK", "libscipy_openblas*", phrase="Name: OpenBLAS"),
        *_OF_GCC,
    ),
    "opencv-python-headless": (
        Part("libavif", "libavif*", phrase="libavif library"),
        Part("libaom", "libaom*", phrase="aom library"),
        Part("libpng", "libpng*", phrase="libpng is redistributed within all opencv-python"),
        Part("OpenBLAS and LAPACK", "libopenblas*", phrase="Name: OpenBLAS"),
        *_OF_GCC,
        Part("OpenJPEG", "cv2.*", phrase="OpenJPEG library is redistributed"),
        Part("libtiff", "cv2.*", phrase="TIFF library is redistributed"),
        Part("OpenEXR", "cv2.*", phrase="OpenEXR library is redistributed"),
        Part("libjpeg-turbo", "cv2.*", phrase="Libjpeg-turbo is redistributed"),
        Part("libwebp", "cv2.*", phrase="libwebp and libwebpmux are redistributed"),
        Part("Protobuf", "cv2.*", phrase="Protobuf library is redistributed"),
        Part("Intel IPP", "cv2.*", phrase="Intel(R) IPP ICV library statically linked"),
    ),
    "pyside6-essentials": (
        Part("Qt, Qt for Python", "lib*Qt6*", phrase=_QT),
        Part("Qt, Qt for Python", "libpyside6*", phrase=_QT),
        Part("Qt plug-ins", "libq*", phrase=_QT),
        Part("Qt plug-ins", "lib*platforminputcontextplugin.so", phrase=_QT),
        Part("Qt plug-ins", "libadwaita.so", phrase=_QT),
        Part("Qt plug-ins", "libbradient.so", phrase=_QT),
        Part("Qt plug-ins", "libxdg-shell.so", phrase=_QT),
        Part("PCRE2, HarfBuzz, FreeType, libpng, libjpeg, libwebp and others", "libQt6*", text="parts-of-qt.txt"),
        Part("ICU", "libicu*", text="icu.txt"),
    ),
    "shiboken6": (Part("Shiboken", "libshiboken6*", phrase=_QT),),
    "tensorflow-cpu": (
        Part("TensorFlow", "libtensorflow*", phrase="== Eigen"),
        Part("TensorFlow", "lib_pywrap*", phrase="== Eigen"),
        Part("TensorFlow Lite", "libpywrap_tflite_common.so", phrase="== Flatbuffers"),
        Part(_OF_LITE, "libtensorflow_cc*", text="parts-of-litert.txt"),
    ),
}
"""By package, as on Linux; on other systems the libraries have other names."""


def package_key(name: str) -> str:
    """A package's name as written in `PARTS`."""
    return name.lower().replace("_", "-").replace(".", "-")


def is_shared_library(file: Path) -> bool:
    """Whether `file` is a shared library by its name on Linux, and not a Python extension module."""
    return ".so" in file.name and (file.name.startswith("lib") or file.parent.name.endswith(".libs"))


def check_covered(package: str, files: Iterable[Path]) -> None:
    """Raise LicenceMissing when `PARTS` lacks one of the shared libraries among the `files` of `package`."""
    parts = PARTS.get(package_key(package), ())
    libraries = sorted(file.name for file in files if is_shared_library(file))
    unknown = [name for name in libraries if not any(fnmatch(name, part.files) for part in parts)]
    if unknown:
        raise LicenceMissing(
            f"{package} contains {', '.join(unknown)}, which bundled_parts.py does not list with a licence."
        )


def describe_parts(packages: Mapping[str, Iterable[Path]], texts: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """A line for each part of the `packages` about where to find its licence, and the files in licences/ to add.

    Parameters
    ----------
    packages
        The shipped files of each package, by its name.
    texts
        All licence texts collected so far, by their heading.

    Raises
    ------
    LicenceMissing
        When a part's phrase is in none of the texts.
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
    """The heading over the licence of `part`, if possible that of its own package."""
    found = [heading for heading, text in texts.items() if part.phrase in text]
    if not found:
        raise LicenceMissing(f"The licence of {part.name} is missing: no package’s texts contain “{part.phrase}”.")
    return next((heading for heading in found if heading.startswith(f"{package} ")), found[0])
