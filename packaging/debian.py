"""Make a Debian package of the app: nothing but Python, and the system's own list of what is installed."""

import hashlib
import io
import shutil
import tarfile
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

from archive import compressed, write_tar
from debian_depends import depends
from elf import demands, elf_files
from product import COMMAND, ICONS, NAME, REPOSITORY, SUMMARY, VERSION, debian_architecture, debian_file

INSTALLED = f"opt/{COMMAND}"

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
Comment: What is below /{installed} holds work of many people; all its licences are in
 /{installed}/_internal/assets/licences.txt

Files: *
{holders}License: Expat

License: Expat
{text}
"""


def write_package(bundle: Path) -> Path:
    """Pack the app in the folder `bundle`; returns the file. Raises LibraryUnknown."""
    file = debian_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        place = Path(folder)
        tree = place / "tree"
        make_tree(tree)
        data = place / "data.tar.zst"
        with data.open("wb") as target, compressed(target) as stream:
            write_tar(stream, [(tree, "."), (bundle, f"./{INSTALLED}")])
        files = {path.relative_to(tree).as_posix(): path for path in _files(tree)}
        files |= {f"{INSTALLED}/{path.relative_to(bundle).as_posix()}": path for path in _files(bundle)}
        size = sum(path.stat().st_size for path in files.values())
        control = control_text(size // 1024 + 1, depends(demands(elf_files(bundle))))
        members = {"control": control.encode(), "md5sums": md5sums(files).encode()}
        aside = place / file.name
        with aside.open("wb") as target, data.open("rb") as source:
            write_ar(
                target,
                {"debian-binary": io.BytesIO(b"2.0\n"), "control.tar.gz": control_tar(members), "data.tar.zst": source},
            )
        aside.replace(file)
    return file


def make_tree(tree: Path) -> None:
    """Make what the package installs beside the app itself."""
    share = tree / "usr" / "share"
    icons = share / "icons" / "hicolor"
    for folder in (tree / "opt", tree / "usr" / "bin", share / "applications", share / "doc" / COMMAND):
        folder.mkdir(parents=True)
    (tree / "usr" / "bin" / COMMAND).symlink_to(f"/{INSTALLED}/{COMMAND}")
    (share / "applications" / f"{COMMAND}.desktop").write_text(DESKTOP_ENTRY, encoding="utf-8")
    (share / "doc" / COMMAND / "copyright").write_text(copyright_text(), encoding="utf-8")
    (icons / "scalable" / "apps").mkdir(parents=True)
    shutil.copyfile(REPOSITORY / "assets" / "icons" / "digitpad.svg", icons / "scalable" / "apps" / f"{COMMAND}.svg")
    for picture in ICONS.glob("*.png"):
        folder = icons / f"{picture.stem}x{picture.stem}" / "apps"
        folder.mkdir(parents=True)
        shutil.copyfile(picture, folder / f"{COMMAND}.png")


def copyright_text() -> str:
    """DigitPad's own licence, in Debian's form."""
    _, *lines = (REPOSITORY / "LICENSE").read_text(encoding="utf-8").strip().splitlines()
    holders = "".join(
        f"{line.replace('Copyright', 'Copyright:', 1)}\n" for line in lines if line.startswith("Copyright")
    )
    rest = [line for line in lines if not line.startswith("Copyright")]
    while rest and not rest[0]:
        rest.pop(0)
    return COPYRIGHT.format(
        name=NAME, installed=INSTALLED, holders=holders, text="\n".join(f" {line or '.'}" for line in rest)
    )


def control_text(kibibytes: int, needed: list[str]) -> str:
    """What the package says of itself."""
    return f"""Package: {COMMAND}
Version: {VERSION}
Architecture: {debian_architecture()}
Maintainer: The DigitPad maintainers <maintainers@digitpad.invalid>
Installed-Size: {kibibytes}
Depends: {", ".join(needed)}
Section: education
Priority: optional
Description: {SUMMARY}
 DigitPad says which digit you are drawing while you are still drawing it, how
 sure it is, and what the network saw. A page of its own retrains the network
 and shows it learning. Python and all libraries that it needs are inside.
"""


def md5sums(files: dict[str, Path]) -> str:
    """The sums that `dpkg --verify` compares with."""
    lines = []
    for name, path in sorted(files.items()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False))
        lines.append(f"{digest.hexdigest()}  {name}\n")
    return "".join(lines)


def control_tar(members: dict[str, bytes]) -> BinaryIO:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz", format=tarfile.GNU_FORMAT) as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(f"./{name}")
            entry.size, entry.mtime = len(content), int(time.time())
            archive.addfile(entry, io.BytesIO(content))
    stream.seek(0)
    return stream


def write_ar(target: BinaryIO, members: dict[str, BinaryIO]) -> None:
    """Write the kind of archive that a Debian package is; see `man 5 deb`."""
    target.write(b"!<arch>\n")
    for name, source in members.items():
        size = source.seek(0, io.SEEK_END)
        source.seek(0)
        header = f"{name:<16}{int(time.time()):<12}{0:<6}{0:<6}{'100644':<8}{size:<10}`\n"
        target.write(header.encode("ascii"))
        shutil.copyfileobj(source, target, 1 << 20)
        target.write(b"\n" * (size % 2))


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
