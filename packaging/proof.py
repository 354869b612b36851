"""Prove that the app works as it is shipped: every command, in a sandbox, without one unexpected line of output."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from archive import read_archive
from digit_pictures import write_pictures
from product import COMMAND, NAME, VERSION, contents_folder, executable
from sandbox import NON_ASCII_NAME, ProofFailed, Sandbox, read_only, sandbox
from x_server import x_server

from gui.self_test.steps import Step

DIGITS = 2000
"""How many digits of MNIST are trained on."""


def prove_archive(file: Path) -> None:
    """Unpack `file` into a read-only folder, and prove the app there. Raises ProofFailed."""
    with sandbox() as (box, install):
        read_archive(file, install)
        print(f"From the unpacked {file.name} ({', '.join(box.notes)}):", flush=True)
        _prove_folder(next(install.iterdir()), box)


def prove_bundle(bundle: Path) -> None:
    """Copy the app in `bundle` into a read-only folder, and prove it there. Raises ProofFailed."""
    with sandbox() as (box, install):
        copy = install / bundle.name
        shutil.copytree(bundle, copy, symlinks=True)
        print(f"From a copy of {bundle.name} ({', '.join(box.notes)}):", flush=True)
        _prove_folder(copy, box)


def _prove_folder(bundle: Path, box: Sandbox) -> None:
    with read_only(bundle):
        prove(FrozenApp(executable(bundle), contents_folder(bundle) / "assets" / "samples", box))


def prove(app: "FrozenApp") -> None:
    """Run every command of the app, and print a line for each."""
    steps = (app.version, app.wrong_usage, app.predict, app.predict_pictures, app.self_test, app.self_test_on_x11)
    for step in (*steps, app.train, app.evaluate):
        print(f"  {step()}", flush=True)


class FrozenApp:
    """The app started by `program`; each method runs one of its commands and returns a line about the result."""

    def __init__(self, program: Path, samples: Path, box: Sandbox) -> None:
        self._program = program
        self._samples = samples
        self._box = box
        self._data = box.folder / "models"

    def version(self) -> str:
        output = self._run("--version")
        _require(output == f"{NAME} {VERSION}\n", f"--version prints {output!r}")
        return f"--version: {output.strip()}"

    def wrong_usage(self) -> str:
        done = self._box.run([self._program, "paint"])
        _require(done.returncode == 2, f"a wrong command exits with {done.returncode}")
        _require(not done.stdout, f"a wrong command prints {done.stdout!r}")
        first = done.stderr.partition("\n")[0]
        expected = f"usage: {self._program.name.removesuffix('.exe')} "
        _require(
            first.startswith(expected) and "Traceback" not in done.stderr, f"a wrong command prints {done.stderr!r}"
        )
        return f"wrong usage: exit code 2, “{first}”"

    def predict(self) -> str:
        folder = self._box.folder / f"{NON_ASCII_NAME} ink"
        shutil.copytree(self._samples, folder, dirs_exist_ok=True)
        digits = [answer["digit"] for answer in self._json_lines("predict", folder, "--json")]
        _require(digits == list(range(10)), f"the samples are read as {digits}")
        return f"predict: {digits}"

    def predict_pictures(self) -> str:
        folder = self._box.folder / f"{NON_ASCII_NAME} pictures"
        write_pictures(folder)
        digits = [answer["digit"] for answer in self._json_lines("predict", folder, "--json")]
        _require(digits == list(range(10)), f"the pictures are read as {digits}")
        return f"predict, PNG: {digits}"

    def self_test(self) -> str:
        return f"self-test: {self._self_test(self._box.folder / 'pictures', verbose=True)}"

    def self_test_on_x11(self) -> str:
        """The same on a real X server, which loads Qt's X11 plug-in and the system libraries that it needs."""
        with x_server() as variables:
            if variables is None:
                return "self-test on X11: skipped, as Xvfb is not installed here"
            return f"self-test on X11: {self._self_test(self._box.folder / 'pictures on X11', variables)}"

    def _self_test(self, pictures: Path, variables: Mapping[str, str] | None = None, *, verbose: bool = False) -> str:
        steps = self._json_lines("self-test", "--json", "--screenshots", pictures, variables=variables)
        for step in steps:
            _require(step["passed"], f"“{step['step']}” failed: {step['detail']}")
            if verbose:
                print(f"    {step['step']}: {step['detail']}", flush=True)
        missing = [name for name in Step if name not in {step["step"] for step in steps}]
        _require(not missing, f"the self-test skipped: {', '.join(missing)}")
        count = len(list(pictures.glob("*.png")))
        _require(count > 0, "the self-test saved no pictures")
        return f"{len(steps)} steps passed, {count} pictures saved"

    def train(self) -> str:
        options = ("--preset", "dense", "--data", f"mnist:{DIGITS}", "--epochs", "1", "--name", NON_ASCII_NAME)
        events = self._json_lines("train", *options, "--data-dir", self._data, "--json")
        models = [path.name for path in (self._data / "models").iterdir() if (path / "model.keras").is_file()]
        _require(len(models) == 1, f"training saved {models}")
        return f"train: {len(events)} events, the model “{NON_ASCII_NAME}” in {models[0]}"

    def evaluate(self) -> str:
        (result,) = self._json_lines("evaluate", "--model", NON_ASCII_NAME, "--data-dir", self._data, "--json")
        return f"evaluate: {result['mistakes']:,} mistakes in {result['images']:,} digits of {result['data']}"

    def _json_lines(self, *arguments: str | Path, variables: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
        """What a command prints, parsed line by line; anything but JSON is unexpected."""
        lines = self._run(*arguments, variables=variables).splitlines()
        try:
            return [json.loads(line) for line in lines]
        except ValueError as error:
            raise ProofFailed(f"{arguments[0]} printed an unexpected line: {error}\n" + "\n".join(lines)) from error

    def _run(self, *arguments: str | Path, variables: Mapping[str, str] | None = None) -> str:
        done = self._box.run([self._program, *arguments], variables)
        _require(done.returncode == 0, f"{arguments[0]} exited with {done.returncode}:\n{done.stdout}{done.stderr}")
        _require(not done.stderr, f"{arguments[0]} wrote to stderr:\n{done.stderr}")
        return done.stdout


def prove_package(file: Path) -> None:
    """Install the Debian package `file`, prove what was installed, and remove it again. Raises ProofFailed."""
    with sandbox() as (box, install):
        root = Path("/") if _can_install() else install
        method, remove = _install(file, root)
        try:
            print(f"From the installed {file.name} ({', '.join(box.notes)}; {method}):", flush=True)
            bundle = root / "opt" / COMMAND
            program = root / "usr" / "bin" / COMMAND if root == Path("/") else executable(bundle)
            with read_only(bundle):
                prove(FrozenApp(program, contents_folder(bundle) / "assets" / "samples", box))
        finally:
            remove()


def _can_install() -> bool:
    """Whether this runs as root on a Debian system without DigitPad."""
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", COMMAND]
    status = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    return os.geteuid() == 0 and status in {"", "not-installed"}


def _install(file: Path, root: Path) -> tuple[str, Callable[[], None]]:
    """Install `file` below `root`; returns how that was done, and a function that removes it."""
    if root != Path("/"):
        subprocess.run(["dpkg-deb", "--extract", str(file), str(root)], check=True)
        return "unpacked by dpkg-deb; installing takes root, and no other DigitPad installed", lambda: None

    def remove() -> None:
        _run_quietly(["dpkg", "--purge", COMMAND])
        _require(not Path("/opt", COMMAND).exists(), "removing the package left files behind")

    try:
        _run_quietly(["dpkg", "--install", str(file)])
    except ProofFailed:
        remove()
        raise
    return "installed by dpkg", remove


def _run_quietly(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    _require(done.returncode == 0, f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _require(condition: object, message: str) -> None:
    if not condition:
        raise ProofFailed(message)
