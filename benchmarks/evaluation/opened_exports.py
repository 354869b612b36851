"""Open what was exported, with whichever Keras is installed here, and print how far its answers differ: a line of JSON.

Run as a script by `benchmarks.evaluation.exports`; of the project it knows nothing. Its argument is a folder with
`images.npy`, float32 `(n, 28, 28, 1)`, and a folder for each model: the exports, and `answers.npy`, the answers due.
"""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np


def open_keras(folder: Path) -> Any:
    return keras.models.load_model(folder / "model.keras")


def open_pair(folder: Path) -> Any:
    pair = folder / "pair"  # Keras 3.4 removes a “model.weights.h5” that stands beside a file that it opens
    network = keras.models.model_from_json((pair / "model.json").read_text(encoding="utf-8"))
    network.load_weights(pair / "model.weights.h5")
    return network


def open_compiled(folder: Path) -> Callable[[Any], Any]:
    from ai_edge_litert.interpreter import Interpreter

    ask = Interpreter(str(folder / "model.tflite")).get_signature_runner()

    def answer(image: Any) -> Any:
        said = ask(image=image[np.newaxis])
        digits, none = said["probabilities"], said.get("no_digit")
        return digits if none is None else np.hstack([digits * (1 - none), none])

    return lambda images: np.concatenate([answer(image) for image in images])


FORMATS = {".keras": open_keras, "JSON + HDF5": open_pair, ".tflite": open_compiled}


def differences(root: Path) -> Iterator[dict[str, Any]]:
    """How far each export of each model is from its answers at most, or why it does not open."""
    images = np.load(root / "images.npy")
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        wanted = np.load(folder / "answers.npy")
        for kind, opened in FORMATS.items():
            found = {"keras": keras.__version__, "model": folder.name, "format": kind}
            try:
                found["difference"] = float(np.abs(np.asarray(opened(folder)(images)) - wanted).max())
            except Exception as error:  # an old Keras raises anything
                found["error"] = str(error).strip().splitlines()[-1][:200]
            yield found


if __name__ == "__main__":
    for one in differences(Path(sys.argv[1])):
        print(json.dumps(one), flush=True)
