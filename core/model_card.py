"""What is known about a model: how it was made, how good it is, when to trust it. `card.json` in its bundle."""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from core.errors import ModelError
from core.normalize import RECIPE_VERSION

CARD_FILE = "card.json"
CARD_FORMAT = 1
MAX_CARD_BYTES = 4_000_000
MAX_NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Score:
    """How a model did on digits it had not seen.

    `confusion[truth][guess]` counts images; `accuracy` is the share that is right.
    """

    data: str
    images: int
    mistakes: int
    accuracy: float
    confusion: list[list[int]]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When an answer is not trusted. All were set on digits kept out of training, never on a test set.

    Attributes
    ----------
    unsure_below
        Confidence under which the two best digits are named instead of one.
    reject_below
        Confidence under which it is no digit.
    ink_range
        Smallest and largest mean brightness (0-255) of a normalised image that is a digit.
    """

    unsure_below: float = 0.80
    reject_below: float = 0.45
    ink_range: tuple[float, float] = (6.0, 110.0)


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known about a model, in the order in which `card.json` shows it."""

    name: str
    created: str
    preset: str
    parameters: int
    data: dict[str, Any]
    seed: int
    epochs: int
    settings: dict[str, Any] = field(default_factory=dict)
    history: list[dict[str, Any]] = field(default_factory=list)
    test: Score | None = None
    temperature: float = 1.0
    thresholds: Thresholds = field(default_factory=Thresholds)
    recipe_version: int = RECIPE_VERSION
    libraries: dict[str, str] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)
    format: int = CARD_FORMAT


def clean_name(name: str) -> str:
    """`name` on one line, without control characters. Raises ModelError when nothing is left or it is too long."""
    printable = "".join(c if c.isprintable() else " " for c in name)
    cleaned = " ".join(printable.split())
    if not cleaned:
        raise ModelError("A model needs a name.")
    if len(cleaned) > MAX_NAME_LENGTH:
        raise ModelError(f"A model's name may have at most {MAX_NAME_LENGTH} characters.")
    return cleaned


def read_card(folder: Path) -> ModelCard:
    """Read the card of the bundle in `folder`. Raises ModelError when there is none, or it is damaged."""
    path = folder / CARD_FILE
    try:
        if path.stat().st_size > MAX_CARD_BYTES:
            raise ModelError(f"The model in {folder} is damaged: {CARD_FILE} is too large.")
        values = json.loads(path.read_bytes())
        return _card_from_json(values)
    except FileNotFoundError:
        raise ModelError(f"There is no model in {folder}: {CARD_FILE} is missing.") from None
    except OSError as error:
        raise ModelError(f"The model in {folder} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ModelError(f"The model in {folder} is damaged: {CARD_FILE} is not a model card.") from error


def _card_from_json(values: dict[str, Any]) -> ModelCard:
    known = {item.name for item in fields(ModelCard)}
    chosen = {key: value for key, value in values.items() if key in known}
    if chosen.get("test") is not None:
        chosen["test"] = Score(**chosen["test"])
    if "thresholds" in chosen:
        limits = dict(chosen["thresholds"])
        low, high = map(float, limits.pop("ink_range"))
        chosen["thresholds"] = Thresholds(**{key: float(value) for key, value in limits.items()}, ink_range=(low, high))
    card = ModelCard(**chosen)
    if not (isinstance(card.name, str) and isinstance(card.sha256, dict) and float(card.temperature) > 0):
        raise ValueError("wrong types in the card")
    return card


def card_bytes(card: ModelCard) -> bytes:
    """`card` as the content of its file."""
    return (json.dumps(asdict(card), indent=1, ensure_ascii=False) + "\n").encode()
