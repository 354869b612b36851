"""Train as the window does, but without it, and time it. Prints one line of JSON."""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.command_line import training_parser
from core.learning.run import fit
from core.models.library import ModelLibrary
from core.training.control import TrainingControl
from core.training.events import EpochDone, Event, RunStarted
from core.training.spec import TrainingSpec


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the options say, and print what it took."""
    parser = training_parser("speed.plain_training", __doc__.splitlines()[0], "keras-cnn")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    events: list[Event] = []
    spec = TrainingSpec(options.preset, options.data, epochs=options.epochs, seed=options.seed)
    with tempfile.TemporaryDirectory(prefix="digitpad-benchmark-") as folder:
        fit(spec, TrainingControl(), events.append, ModelLibrary(Path(folder), Path(folder)))
    [started] = [event for event in events if isinstance(event, RunStarted)]
    told = {
        "epoch_seconds": [event.seconds for event in events if isinstance(event, EpochDone)],
        "images": started.train_images,
        "engine": started.engine,
    }
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
