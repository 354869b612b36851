"""Whether exports open in older versions of Keras and answer the same there.

The shipped model and a shortly trained one of every preset are exported in every format. For each version of Keras a
fresh environment is made, with that version from the package index and everything else from this one, TensorFlow
among it; there all exports are opened and asked about real digits.
"""

import argparse
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.command_line import command_parser, run
from benchmarks.processes import BenchmarkError
from core.datasets.mnist import load_mnist_test
from core.learning import exporting, opening
from core.learning.run import fit
from core.models.compiled import as_input
from core.models.library import ModelBundle, ModelLibrary
from core.system.paths import assets_folder
from core.training.control import TrainingControl
from core.training.presets import PRESETS
from core.training.spec import TrainingSpec

VERSIONS = ("3.4.0", "3.5.0", "3.8.0", "3.10.0", "3.12.0", "3.14.1")
"""The oldest that exports are made for, and some up to the one that DigitPad itself uses."""
FORMATS = (".keras", "JSON + HDF5", ".tflite")
DIGITS = 200
TRAINED_ON = "mnist:600"
MOST_DIFFERENCE = 1e-4
"""As for the compiled network: what one library computes, another may round otherwise."""


def write_exports(root: Path, library: ModelLibrary, names: Sequence[str]) -> None:
    """Export the shipped model, and one of each preset in `names`, into folders below `root`, with their answers."""
    digits = load_mnist_test(DIGITS).digits
    np.save(root / "images.npy", as_input(digits.images))
    for name in names:
        spec = TrainingSpec(name, TRAINED_ON, epochs=1, name=name, synthesize=False, engine="float32")
        fit(spec, TrainingControl(), lambda event: None, library)
    _export(library.shipped_bundle(), root / "shipped")
    for name in names:
        _export(library.find(name), root / name)


def _export(bundle: ModelBundle, folder: Path) -> None:
    exporting.export_json_weights(bundle, folder / "pair")
    exporting.export_keras(bundle, folder / "model.keras")
    exporting.export_compiled(bundle, folder / "model.tflite")
    network = opening.load_network(bundle)
    np.save(folder / "answers.npy", network(np.load(folder.parent / "images.npy"), training=False).numpy())


def open_with(version: str, root: Path, folder: Path) -> list[dict[str, Any]]:
    """What `opened_exports` finds with that `version` of Keras, in a new environment in `folder`.

    Raises
    ------
    BenchmarkError
        When there is no such version, or it does not start.
    """
    builder = venv.EnvBuilder()
    context = builder.ensure_directories(folder)
    builder.create(folder)
    place = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))
    (place / "everything_else.pth").write_text(sysconfig.get_path("purelib") + "\n")  # comes after what is in the place
    _run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(place), f"keras=={version}"])
    script = Path(__file__).with_name("opened_exports.py")
    printed = _run([context.env_exe, str(script), str(root)])
    found = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    if {one["keras"] for one in found} != {version}:
        raise BenchmarkError(f"another Keras than {version} was used.")
    return found


def _run(command: list[str]) -> str:
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode != 0:
        raise BenchmarkError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def report(found: Sequence[dict[str, Any]]) -> str:
    """A line for each version and format: how far the worst model's answers differ, or what does not open."""
    lines = [f"{'Keras':<8} {'format':<12} {'models':>6}   answers differ by at most"]
    for version in dict.fromkeys(one["keras"] for one in found):
        for kind in FORMATS:
            row = [one for one in found if (one["keras"], one["format"]) == (version, kind)]
            lines.append(f"{version:<8} {kind:<12} {len(row):>6}   {_verdict(row)}")
    return "\n".join(lines)


def _verdict(row: Sequence[dict[str, Any]]) -> str:
    unopened = [f"{one['model']}: {one['error']}" for one in row if "error" in one]
    if unopened:
        return f"{len(unopened)} DO NOT OPEN; {unopened[0]}"
    worst = max(row, key=lambda one: one["difference"])
    return f"{worst['difference']:.1e} ({worst['model']})" + ("" if is_right(worst) else ": TOO MUCH")


def is_right(one: dict[str, Any]) -> bool:
    """Whether the export opened, and answers as it should."""
    return bool(one.get("difference", np.inf) <= MOST_DIFFERENCE)


def check(versions: Sequence[str], names: Sequence[str], folder: Path) -> str:
    """Make the exports, open them with all `versions` and report. Raises BenchmarkError where one is not right."""
    library = ModelLibrary(folder / "models", assets_folder() / "models")
    exports = folder / "exports"
    exports.mkdir()
    write_exports(exports, library, names)
    found = [one for version in versions for one in open_with(version, exports, folder / version)]
    told = report(found)
    if not all(map(is_right, found)):
        raise BenchmarkError(told)
    return told


def main(argv: Sequence[str] | None = None) -> int:
    title = "Open exports with older versions of Keras, each in an environment of its own."
    parser = command_parser("evaluation.exports", title)
    parser.add_argument("--keras", nargs="+", metavar="VERSION", help=f"default: {', '.join(VERSIONS)} and this one")
    parser.add_argument("--presets", nargs="*", default=list(PRESETS), help="default: all of them")

    def work(arguments: argparse.Namespace) -> str:
        from core.learning.backend import load_tensorflow

        load_tensorflow()
        import keras

        versions = arguments.keras or [*VERSIONS, keras.__version__]
        with tempfile.TemporaryDirectory() as folder:
            return check(versions, arguments.presets, Path(folder))

    return run(parser, argv, work)


if __name__ == "__main__":
    sys.exit(main())
