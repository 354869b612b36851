"""Prove that the app works as people get it: every command, in a hard place, without one unexpected line."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from digit_pictures import write_pictures
from hard_place import FOLDER, HardPlace, Unproved, hard_place, read_only
from product import COMMAND, NAME, VERSION, contents_folder, executable
from x_server import x_server

from gui.self_test.steps import Step

STEPS = tuple(Step)
"""What the self-test must have done, by name."""
DIGITS = 2000


def prove_archive(file: Path) -> None:
    """Unpack `file` where nobody may write, and prove the app there. Raises Unproved."""
    from archive import read_archive

    with hard_place() as (place, install):
        read_archive(file, install)
        print(f"From the unpacked {file.name} ({', '.join(place.notes)}):", flush=True)
        _prove_folder(next(install.iterdir()), place)


def prove_bundle(bundle: Path) -> None:
    """Copy the app in `bundle` to where nobody may write, and prove it there. Raises Unproved."""
    with hard_place() as (place, install):
        copy = install / bundle.name
        shutil.copytree(bundle, copy, symlinks=True)
        print(f"From a copy of {bundle.name} ({', '.join(place.notes)}):", flush=True)
        _prove_folder(copy, place)


def _prove_folder(bundle: Path, place: HardPlace) -> None:
    with read_only(bundle):
        prove(Frozen(executable(bundle), contents_folder(bundle) / "assets" / "samples", place))


def prove(app: "Frozen") -> None:
    """Try everything that the app answers to, and print a line for each."""
    steps = (app.version, app.wrong_usage, app.predict, app.predict_pictures, app.self_test, app.self_test_on_screen)
    for step in (*steps, app.train, app.evaluate):
        print(f"  {step()}", flush=True)


class Frozen:
    """The app behind the file `program`; each method does one thing with it and returns a line about it."""

    def __init__(self, program: Path, samples: Path, place: HardPlace) -> None:
        self._program = program
        self._samples = samples
        self._place = place
        self._data = place.folder / "models"

    def version(self) -> str:
        said = self._run("--version")
        _require(said == f"{NAME} {VERSION}\n", f"--version says {said!r}")
        return f"--version: {said.strip()}"

    def wrong_usage(self) -> str:
        done = self._place.run([self._program, "paint"])
        _require(
            done.returncode == 2 and not done.stdout, f"a wrong command ends with {done.returncode}: {done.stdout}"
        )
        first = done.stderr.partition("\n")[0]
        expected = f"usage: {self._program.name.removesuffix('.exe')} "
        _require(first.startswith(expected) and "Traceback" not in done.stderr, f"a wrong command says {done.stderr!r}")
        return f"wrong usage: exit code 2, “{first}”"

    def predict(self) -> str:
        folder = self._place.folder / f"{FOLDER} ink"
        shutil.copytree(self._samples, folder, dirs_exist_ok=True)
        digits = [answer["digit"] for answer in self._lines("predict", folder, "--json")]
        _require(digits == list(range(10)), f"the samples are read as {digits}")
        return f"predict: {digits}"

    def predict_pictures(self) -> str:
        folder = self._place.folder / f"{FOLDER} pictures"
        write_pictures(folder)
        digits = [answer["digit"] for answer in self._lines("predict", folder, "--json")]
        _require(digits == list(range(10)), f"the pictures are read as {digits}")
        return f"predict, PNG: {digits}"

    def self_test(self) -> str:
        return f"self-test: {self._self_test(self._place.folder / 'pictures')}"

    def self_test_on_screen(self) -> str:
        """The same on a real X server: with Qt's plug-in for one, and the libraries of the system that it takes."""
        with x_server() as screen:
            if screen is None:
                return "self-test on X11: left out, because Xvfb is not installed here"
            return f"self-test on X11: {self._self_test(self._place.folder / 'pictures on X11', screen)}"

    def _self_test(self, pictures: Path, told: Mapping[str, str] | None = None) -> str:
        steps = self._lines("self-test", "--json", "--screenshots", pictures, told=told)
        for step in steps:
            _require(step["passed"], f"“{step['step']}” failed: {step['detail']}")
            if told is None:
                print(f"    {step['step']}: {step['detail']}", flush=True)
        missing = [name for name in STEPS if name not in {step["step"] for step in steps}]
        _require(not missing, f"the self-test left out: {', '.join(missing)}")
        count = len(list(pictures.glob("*.png")))
        _require(count > 0, "the self-test left no pictures")
        return f"{len(steps)} steps passed, {count} pictures taken"

    def train(self) -> str:
        options = ("--preset", "dense", "--data", f"mnist:{DIGITS}", "--epochs", "1", "--name", FOLDER)
        events = self._lines("train", *options, "--data-dir", self._data, "--json")
        models = [path.name for path in (self._data / "models").iterdir() if (path / "model.keras").is_file()]
        _require(len(models) == 1, f"training left {models}")
        return f"train: {len(events)} events, the model “{FOLDER}” in {models[0]}"

    def evaluate(self) -> str:
        (told,) = self._lines("evaluate", "--model", FOLDER, "--data-dir", self._data, "--json")
        return f"evaluate: {told['mistakes']:,} mistakes in {told['images']:,} digits of {told['data']}"

    def _lines(self, *arguments: str | Path, told: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
        """What a command prints as JSON, line by line; anything else it says is unexpected."""
        lines = self._run(*arguments, told=told).splitlines()
        try:
            return [json.loads(line) for line in lines]
        except ValueError as error:
            raise Unproved(f"{arguments[0]} printed an unexpected line: {error}\n" + "\n".join(lines)) from error

    def _run(self, *arguments: str | Path, told: Mapping[str, str] | None = None) -> str:
        done = self._place.run([self._program, *arguments], told)
        said = f"{done.stdout}{done.stderr}"
        _require(done.returncode == 0, f"{arguments[0]} ended with {done.returncode}:\n{said}")
        _require(not done.stderr, f"{arguments[0]} wrote to stderr:\n{done.stderr}")
        return done.stdout


def prove_package(file: Path) -> None:
    """Install the Debian package `file`, prove what was installed, and remove it again. Raises Unproved."""
    with hard_place() as (place, install):
        root = Path("/") if _may_install() else install
        installed, remove = _install(file, root)
        try:
            print(f"From the installed {file.name} ({', '.join(place.notes)}; {installed}):", flush=True)
            bundle = root / "opt" / COMMAND
            program = root / "usr" / "bin" / COMMAND if root == Path("/") else executable(bundle)
            with read_only(bundle):
                prove(Frozen(program, contents_folder(bundle) / "assets" / "samples", place))
        finally:
            remove()


def _may_install() -> bool:
    """Whether this is root's Debian, and nobody has installed DigitPad on it."""
    question = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", COMMAND]
    told = subprocess.run(question, capture_output=True, text=True, check=False).stdout
    return os.geteuid() == 0 and told in {"", "not-installed"}


def _install(file: Path, root: Path) -> tuple[str, Callable[[], None]]:
    """Install `file` below `root`; returns how that was done, and what takes it away again."""
    if root != Path("/"):
        subprocess.run(["dpkg-deb", "--extract", str(file), str(root)], check=True)
        return "unpacked by dpkg-deb, not installed: that takes root, and no other DigitPad installed", lambda: None

    def remove() -> None:
        _quietly(["dpkg", "--purge", COMMAND])
        _require(not Path("/opt", COMMAND).exists(), "the package left something behind when it was removed")

    try:
        _quietly(["dpkg", "--install", str(file)])
    except Unproved:
        remove()
        raise
    return "installed by dpkg", remove


def _quietly(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    _require(done.returncode == 0, f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _require(condition: object, otherwise: str) -> None:
    if not condition:
        raise Unproved(otherwise)
