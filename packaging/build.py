"""Build the standalone app, pack it, and prove that it works: `make package`, or step by step.

    build/package/venv/bin/python packaging/build.py [STEP...]

It runs in an environment with the packages in packaging/requirements.txt, and no others.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping

import product
from archive import write_archive
from bundle_check import BundleProblem, check_archive, check_bundle, size_report
from bundled_parts import LicenceMissing
from debian import TOOLS, PackageFailed, write_package
from elf import elf_files, strip
from icons import write_icons
from proof import prove_archive, prove_bundle, prove_package
from sandbox import ProofFailed

STRIPPED = ("ai_edge_litert", "tensorflow")
"""The packages whose libraries can be stripped; it breaks NumPy's and OpenCV's, which were patched after linking."""


class BuildFailed(Exception):
    """PyInstaller failed; the text says where to look."""


def make_app(variables: Mapping[str, str] | None = None) -> None:
    """Run PyInstaller, with `variables` added to its environment."""
    write_icons()
    shutil.rmtree(product.bundle_folder().parent, ignore_errors=True)
    log = product.BUILD / "pyinstaller.log"
    folders = ["--distpath", str(product.bundle_folder().parent), "--workpath", str(product.WORK)]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", *folders]
    environment = os.environ | {"PYINSTALLER_CONFIG_DIR": str(product.BUILD / "cache"), "PYTHONHASHSEED": "0"}
    environment |= dict(variables or {})
    with log.open("w", encoding="utf-8") as output:
        spec = str(product.REPOSITORY / "packaging" / "digitpad.spec")
        done = subprocess.run([*command, spec], stdout=output, stderr=output, env=environment, check=False)
    if done.returncode:
        raise BuildFailed(f"PyInstaller failed; the reason is in {log}.")
    if product.ON_LINUX:
        for library in STRIPPED:
            strip(elf_files(product.contents_folder(product.bundle_folder()) / library))


def make_watched_app() -> None:
    """Make the app, and in the build folder a program by which benchmarks/speed/frozen_start.py measures its start."""
    make_app({product.WATCHED: "1"})


def check() -> None:
    """Measure the app, and look for what must not be in it."""
    print(size_report(product.bundle_folder()), flush=True)
    print(check_bundle(product.bundle_folder()), flush=True)


def pack() -> None:
    """Pack the app: an archive, and a Debian package."""
    if not product.ON_LINUX:
        return
    root = f"{product.NAME}-{product.VERSION}"
    write_archive(product.bundle_folder(), product.archive_file(), root)
    print(check_archive(product.archive_file()), flush=True)
    if all(map(shutil.which, TOOLS)):
        print(check_archive(write_package(product.bundle_folder())), flush=True)


def prove() -> None:
    """Run the app as it is shipped."""
    if not product.ON_LINUX:
        prove_bundle(product.bundle_folder())
        return
    prove_archive(product.archive_file())
    if product.debian_file().exists():
        prove_package(product.debian_file())


RELEASE = {"app": make_app, "check": check, "pack": pack, "prove": prove}
STEPS = {**RELEASE, "watched": make_watched_app}
"""By default only those of a release are done."""
FAILURES = (BuildFailed, BundleProblem, LicenceMissing, PackageFailed, ProofFailed)


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the standalone app, pack it, and prove that it works.")
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"only these of: {', '.join(STEPS)}")
    chosen = parser.parse_args().steps or list(RELEASE)
    if not set(chosen) <= set(STEPS):
        parser.error(f"the steps are {', '.join(STEPS)}")
    for name in chosen:
        print(f"== {name}", flush=True)
        began = time.monotonic()
        try:
            STEPS[name]()
        except FAILURES as failure:
            print(failure, file=sys.stderr)
            return 1
        print(f"   ({time.monotonic() - began:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
