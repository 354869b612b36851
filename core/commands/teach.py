"""`teach`: teach a model the user's own digits."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.commands.train import ctrl_c_stops
from core.models.library import ModelLibrary
from core.training.control import TrainingControl
from core.training.events import StageBegan, event_record
from core.training.teaching import Comparison, Taught, TeachingEvent, TeachingProgress, TeachingRequest


def run(request: TeachingRequest, library: ModelLibrary, store: Path, *, as_json: bool) -> int:
    """Teach as `request` says. Ctrl+C ends it, and nothing is kept.

    Raises
    ------
    TrainingError, ModelError, StorageError, SampleError, DataSetError
        When that is impossible.
    """
    from core.learning.teach import teach

    control = TrainingControl()
    with ctrl_c_stops(control):
        taught = teach(request, control, _print_json if as_json else _print, library, store)
    if taught is None:
        print("Stopped; nothing was kept.", file=sys.stderr)
        return 1
    return 0


def _print(event: TeachingEvent) -> None:
    match event:
        case StageBegan():
            print(f"{event.text} …", flush=True)
        case Taught():
            print(f"Saved as “{event.name}” ({event.model}), in {event.seconds:.0f} s.")
            print(event.verdict)
            for text in (event.own.how, event.recommendation.why_not, *event.notes):
                if text is not None:
                    print(text)


def _print_json(event: TeachingEvent) -> None:
    print(json.dumps(_record(event)), flush=True)


def _record(event: TeachingEvent) -> dict[str, Any]:
    """`event` as one JSON object."""
    match event:
        case StageBegan():
            return event_record(event)
        case TeachingProgress():
            return {"event": "progress", **asdict(event)}
        case Taught():
            return {
                "event": "taught",
                "model": event.model,
                "name": event.name,
                "own": {**_compared(event.own), "how": "" if event.own.how is None else str(event.own.how)},
                "others": _compared(event.others),
                "changed": [asdict(sample) for sample in event.changed],
                "recommended": event.recommendation.is_given,
                "verdict": str(event.verdict),
                "notes": [str(note) for note in event.notes],
                "seconds": round(event.seconds, 2),
            }


def _compared(comparison: Comparison) -> dict[str, Any]:
    """Both shares in percent; null where there was nothing to measure."""

    def percent(right: int) -> float | None:
        return round(100 * right / comparison.images, 2) if comparison.images else None

    return {
        "before": percent(comparison.right_before),
        "after": percent(comparison.right_after),
        "of": comparison.images,
    }
