"""The product: its names, version and platform, and the folders and files of a build."""

import platform
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
if str(REPOSITORY) not in sys.path:
    sys.path.append(str(REPOSITORY))

from core import __version__  # noqa: E402 - needs the path above

NAME = "DigitPad"
VERSION = __version__
COMMAND = "digitpad"
SUMMARY = "Draw a digit or a number and watch a convolutional network recognise it"

BUILD = REPOSITORY / "build" / "package"
OUTPUT = REPOSITORY / "dist"
WORK = BUILD / "work"
ICONS = BUILD / "icons"

WATCHED = "DIGITPAD_WATCHED"
"""The environment variable that asks for a second program beside the app, by which its start is measured."""

ON_LINUX = sys.platform.startswith("linux")
ON_MAC = sys.platform == "darwin"
ON_WINDOWS = sys.platform == "win32"


def platform_name() -> str:
    """The system and processor that the build is for: "linux-x86_64"."""
    system = "macos" if ON_MAC else "windows" if ON_WINDOWS else platform.system().lower()
    machine = platform.machine().lower()
    return f"{system}-{'x86_64' if machine == 'amd64' else machine}"


def bundle_folder() -> Path:
    """The built app: a folder, on macOS an app bundle."""
    return BUILD / "app" / (f"{NAME}.app" if ON_MAC else NAME)


def contents_folder(bundle: Path) -> Path:
    """The folder of `bundle` that holds Python and everything else."""
    return bundle / "Contents" / "Frameworks" if bundle.suffix == ".app" else bundle / "_internal"


def executable(bundle: Path) -> Path:
    """The program in `bundle`; on Windows the one with a terminal, for commands."""
    if bundle.suffix == ".app":
        return bundle / "Contents" / "MacOS" / NAME
    return bundle / (f"{COMMAND}-command.exe" if ON_WINDOWS else COMMAND)


def archive_file() -> Path:
    return OUTPUT / f"{NAME}-{VERSION}-{platform_name()}.tar.zst"


def debian_file() -> Path:
    return OUTPUT / f"{COMMAND}_{VERSION}_{debian_architecture()}.deb"


def debian_architecture() -> str:
    """Debian's name of this processor."""
    machine = platform.machine().lower()
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(machine, machine)


if __name__ == "__main__":  # for the installers
    print(VERSION)
