"""Make a Debian package of the app with Debian's own tools."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from elf import elf_files
from product import COMMAND, ICONS, NAME, REPOSITORY, SUMMARY, VERSION, debian_architecture, debian_file

APP = f"opt/{COMMAND}"
"""Where the app is installed."""
TOOLS = ("dpkg-deb", "dpkg-shlibdeps")
COMPRESSION = ("-Zzstd", "-z15")
"""The default level, 3, is for speed; this one takes about as long as the archive does."""

BESIDE_LIBRARIES = ("fontconfig",)
"""A dependency that no library names: the package that makes and keeps the system's font cache.

Without it a user who cannot have a font cache of their own, such as a service, gets a warning at every start. Debian's
own Qt depends on it too.
"""

LOCAL_SHLIBS = """\
libX11-xcb 1 libx11-xcb1
libzstd 1 libzstd1
"""
"""Overrides for dpkg-shlibdeps, as in debian/shlibs.local.

These packages have no list of symbols, only a rule that asks for the version on the build system. Qt's wheel was linked
elsewhere and works with older ones: the rule would only keep the app off systems where it runs.
"""

DESKTOP_ENTRY = f"""[Desktop Entry]
Type=Application
Version=1.5
Name={NAME}
GenericName=Digit recogniser
GenericName[de]=Ziffernerkennung
Comment={SUMMARY}
Comment[de]=Ziffern zeichnen, und ein neuronales Netz erkennt sie dabei
Exec={COMMAND}
Icon={COMMAND}
Terminal=false
Categories=Education;Science;ArtificialIntelligence;Qt;
Keywords=digit;handwriting;MNIST;neural network;machine learning;
StartupWMClass={NAME}
"""

COPYRIGHT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: {name}
Comment: /{app} holds the work of many people; all its licences are in
 /{app}/_internal/assets/licences.txt

Files: *
{holders}License: Expat

License: Expat
{text}
"""


class PackageFailed(Exception):
    """One of Debian's tools failed; the text says why."""


def write_package(bundle: Path) -> Path:
    """Pack the app in the folder `bundle`; returns the file. Raises PackageFailed."""
    file = debian_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        tree, aside = Path(folder, "tree"), Path(folder, file.name)
        make_tree(tree, bundle)
        control = control_text(installed_kibibytes(tree), depends(tree))
        (tree / "DEBIAN" / "md5sums").write_text(md5sums(tree), encoding="utf-8")
        (tree / "DEBIAN" / "control").write_text(control, encoding="utf-8")
        _output_of(["dpkg-deb", "--root-owner-group", *COMPRESSION, "--build", str(tree), str(aside)])
        aside.replace(file)
    return file


def make_tree(tree: Path, bundle: Path) -> None:
    """Make the folder `tree` with everything that the package installs, and an empty folder for its control files."""
    share = tree / "usr" / "share"
    icons = share / "icons" / "hicolor"
    for folder in (tree / "DEBIAN", tree / "usr" / "bin", share / "applications", share / "doc" / COMMAND):
        folder.mkdir(parents=True)
    (tree / "usr" / "bin" / COMMAND).symlink_to(f"/{APP}/{COMMAND}")
    (share / "applications" / f"{COMMAND}.desktop").write_text(DESKTOP_ENTRY, encoding="utf-8")
    (share / "doc" / COMMAND / "copyright").write_text(copyright_text(), encoding="utf-8")
    (icons / "scalable" / "apps").mkdir(parents=True)
    shutil.copyfile(REPOSITORY / "assets" / "icons" / "digitpad.svg", icons / "scalable" / "apps" / f"{COMMAND}.svg")
    for picture in ICONS.glob("*.png"):
        folder = icons / f"{picture.stem}x{picture.stem}" / "apps"
        folder.mkdir(parents=True)
        shutil.copyfile(picture, folder / f"{COMMAND}.png")
    shutil.copytree(bundle, tree / APP, symlinks=True)
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def copyright_text() -> str:
    """DigitPad's own licence, in Debian's form."""
    _, *lines = (REPOSITORY / "LICENSE").read_text(encoding="utf-8").strip().splitlines()
    holders = "".join(
        f"{line.replace('Copyright', 'Copyright:', 1)}\n" for line in lines if line.startswith("Copyright")
    )
    rest = [line for line in lines if not line.startswith("Copyright")]
    while rest and not rest[0]:
        rest.pop(0)
    return COPYRIGHT.format(name=NAME, app=APP, holders=holders, text="\n".join(f" {line or '.'}" for line in rest))


def control_text(kibibytes: int, dependencies: str) -> str:
    """The package's control file."""
    return f"""Package: {COMMAND}
Version: {VERSION}
Architecture: {debian_architecture()}
Maintainer: The DigitPad maintainers <maintainers@digitpad.invalid>
Installed-Size: {kibibytes}
Depends: {dependencies}
Section: education
Priority: optional
Description: {SUMMARY}
 DigitPad says which digit you are drawing while you are still drawing it, how
 sure it is, and what the network saw. A page of its own retrains the network
 and shows it learning. Python and all libraries that it needs are inside.
"""


def md5sums(tree: Path) -> str:
    """The sums by which dpkg finds files that were changed after the installation."""
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    names = {path: path.relative_to(tree).as_posix() for path in files}
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {name}\n"
        for path, name in names.items()
        if not name.startswith("DEBIAN/")
    )


def installed_kibibytes(tree: Path) -> int:
    files = (path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) // 1024 + 1


def depends(tree: Path) -> str:
    """The packages that the app in `tree` needs, as a control file lists them.

    Raises
    ------
    PackageFailed
        When no package installed here provides one of the system libraries.
    """
    files = elf_files(tree / APP)
    source = tree.parent / "debian"  # dpkg-shlibdeps runs in a source package
    source.mkdir(exist_ok=True)
    (source / "control").write_text(f"Source: {COMMAND}\n\nPackage: {COMMAND}\nArchitecture: any\n", encoding="utf-8")
    (source / "shlibs.local").write_text(LOCAL_SHLIBS, encoding="utf-8")
    # PyInstaller's loader searches the first of these folders; the others are those that libraries name themselves.
    output = _output_of(["dpkg-shlibdeps", "-O", f"-l/{APP}/_internal", *map(str, files)], folder=tree.parent)
    return ", ".join([output.strip().removeprefix("shlibs:Depends="), *BESIDE_LIBRARIES])


def _output_of(command: list[str], folder: Path | None = None) -> str:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"LC_ALL": "C.UTF-8"}, capture_output=True, text=True, check=False
    )
    # for a library without a version in its name dpkg-shlibdeps only warns
    if done.returncode or "cannot find library" in done.stderr:
        raise PackageFailed(f"{command[0]} failed:\n{done.stderr}")
    return done.stdout
