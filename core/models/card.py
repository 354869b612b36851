"""The model card, `card.json` in a bundle: how a model was made, how good it is, and when to trust it."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from core.digits.arrays import CLASSES
from core.digits.normalize import RECIPE_VERSION
from core.errors import ModelError
from core.system.json_files import read_at_most
from core.system.safe_files import reading_errors
from core.wording.model_problems import ModelProblem
from core.wording.names import printable_line

CARD_FILE = "card.json"
CARD_FORMAT = 1
MAX_CARD_BYTES = 4_000_000
MAX_NAME_LENGTH = 60
MAX_SOURCE_LENGTH = 300
MAX_SOURCES = 20

TEMPERATURES = (0.01, 100.0)
MAX_COUNT = 1e15
MAX_INK = 1000.0
REACHES = (1e-6, 2.0)


@dataclass(frozen=True, slots=True)
class Score:
    """The result of a test on digits that the model had not seen.

    `confusion[truth][guess]` counts images; `accuracy` is the share of right answers.
    """

    data: str
    images: int
    mistakes: int
    accuracy: float
    confusion: list[list[int]]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When an answer is not trusted. No threshold is set on test digits.

    Attributes
    ----------
    unsure_below
        Below this calibrated confidence, the two best digits are named instead of one: a constant.
    reject_below
        Below this calibrated confidence, the answer is “not a digit”: a constant, or less for a network so weak that
        it would reject more than one in a thousand of the validation digits.
    ink_range
        Smallest and largest mean brightness (0-255) of a normalised image of a digit: constants, or a wider range when
        the digits of the training data are thinner or bolder.
    no_digit_above
        Above this probability of “no digit”, the answer is “not a digit”; only for networks with that class. A
        constant, or more when that would reject more than one in 200 of the validation digits.
    doubt_above
        Above this probability of “no digit”, the answer is unsure; at most `no_digit_above`. A constant, or more when
        that would doubt more than three in 100 of the validation digits.
    """

    unsure_below: float = 0.80
    reject_below: float = 0.45
    ink_range: tuple[float, float] = (6.0, 110.0)
    no_digit_above: float = 0.15
    doubt_above: float = 0.04


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The facts about a model, in the order of `card.json`.

    `test` is the result on the test digits of the data set; for a data set of the user's own, `others` is the result
    on MNIST's test set. `reach` is how far the user's own digits correct its answers
    (`core.recognition.instant.find_reach`); None where that was not measured.
    """

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
    others: Score | None = None
    temperature: float = 1.0
    thresholds: Thresholds = field(default_factory=Thresholds)
    reach: float | None = None
    recipe_version: int = RECIPE_VERSION
    libraries: dict[str, str] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)
    format: int = CARD_FORMAT

    @property
    def common_score(self) -> Score | None:
        """The result to compare with other models: on MNIST's test set, if this model was tested on it."""
        return self.others or self.test


def clean_name(name: str) -> str:
    """`name` on one line, without control characters. Raises ModelError when nothing is left or it is too long."""
    cleaned = printable_line(name)
    if not cleaned:
        raise ModelError(ModelProblem.NO_NAME)
    if len(cleaned) > MAX_NAME_LENGTH:
        raise ModelError(ModelProblem.NAME_TOO_LONG, limit=MAX_NAME_LENGTH)
    return cleaned


def ink_sources(data: dict[str, Any]) -> list[str]:
    """The sources of real ink that a model learned from, according to its card's `data`, without duplicates: of its own
    run, and of the models that it continued or learned from.

    Cards are untrusted and may hold any JSON: long texts are cut, other values are ignored.
    """
    real_ink, start, teachers = data.get("real_ink"), data.get("start"), data.get("teachers")
    sources = [real_ink.get("source") or "of unknown origin"] if isinstance(real_ink, dict) else []
    for ancestor in (start, *(teachers if isinstance(teachers, list) else ())):
        known = ancestor.get("ink_sources") if isinstance(ancestor, dict) else None
        sources += known if isinstance(known, list) else []
    texts = [printable_line(source)[:MAX_SOURCE_LENGTH] for source in sources if isinstance(source, str)]
    return [text for text in dict.fromkeys(texts) if text][:MAX_SOURCES]


def read_card(folder: Path) -> ModelCard:
    """Read the card of the bundle in `folder`. Raises ModelError when it is missing or damaged."""
    path = folder / CARD_FILE
    with reading_errors(ModelError, ModelProblem.UNREADABLE, folder=folder):
        try:
            content = read_at_most(path, MAX_CARD_BYTES)
        except FileNotFoundError:
            raise ModelError(ModelProblem.NO_CARD, folder=folder, file=CARD_FILE) from None
    if content is None:
        raise ModelError(ModelProblem.CARD_TOO_LARGE, folder=folder, file=CARD_FILE)
    try:
        card = _card_from_json(json.loads(content))
    except (ModelError, ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ModelError(ModelProblem.CARD_DAMAGED, folder=folder, file=CARD_FILE) from error
    if card.format > CARD_FORMAT:
        raise ModelError(ModelProblem.NEWER_FORMAT, folder=folder)
    return card


def card_bytes(card: ModelCard) -> bytes:
    """`card` as the content of its file."""
    # escaped to ASCII: UTF-8 cannot hold every file name, and a long training must not fail here
    return (json.dumps(asdict(card), indent=1) + "\n").encode("ascii")


# --- reading: every value is of its type and in its range, or there is no card ----------------------------


def _card_from_json(values: dict[str, Any]) -> ModelCard:
    return ModelCard(**{key: read(values[key]) for key, read in _READERS.items() if key in values})


def _text(value: Any) -> str:
    return str(_instance(value, str))


def _name(value: Any) -> str:
    return clean_name(_text(value))


def _count(value: Any) -> int:
    return int(_within(_instance(value, int), 0, MAX_COUNT))


def _counts(value: Any) -> list[int]:
    """A list of what `_count` takes, in one go: a confusion matrix has a hundred of them."""
    numbers: list[int] = list(_instance(value, list))
    if not all(type(number) is int and 0 <= number <= MAX_COUNT for number in numbers):
        raise ValueError("a number that counts nothing stands where one is expected")
    return numbers


def _share(value: Any) -> float:
    return _within(value, 0, 1)


def _within(value: Any, low: float, high: float) -> float:
    number = float(_instance(value, (int, float)))
    if not low <= number <= high:  # nor is NaN
        raise ValueError(f"{number} is not between {low} and {high}")
    return number


def _object(value: Any) -> dict[str, Any]:
    return dict(_instance(value, dict))


def _texts(value: Any) -> dict[str, str]:
    return {key: _text(item) for key, item in _object(value).items()}


def _history(value: Any) -> list[dict[str, Any]]:
    return [_object(item) for item in _instance(value, list)]


def _score(value: Any) -> Score | None:
    if value is None:
        return None
    score = Score(**_known(Score, value))
    images, mistakes = _count(score.images), _count(score.mistakes)
    confusion = [_counts(row) for row in _instance(score.confusion, list)]
    if not 0 < images >= mistakes or [len(row) for row in confusion] != [CLASSES] * CLASSES:
        raise ValueError("no result of a test")
    return Score(_text(score.data), images, mistakes, _share(score.accuracy), confusion)


def _thresholds(value: Any) -> Thresholds:
    limits = Thresholds(**_known(Thresholds, value))
    least, most = (_within(limit, 0, MAX_INK) for limit in limits.ink_range)
    return Thresholds(
        unsure_below=_share(limits.unsure_below),
        reject_below=_share(limits.reject_below),
        no_digit_above=_share(limits.no_digit_above),
        doubt_above=_share(limits.doubt_above),
        ink_range=(least, most),
    )


def _known(kind: type, value: Any) -> dict[str, Any]:
    """Of an object, what a dataclass has fields for: a card of a later version may have more."""
    names = {known.name for known in fields(kind)}
    return {key: item for key, item in _object(value).items() if key in names}


def _instance(value: Any, kinds: type | tuple[type, ...]) -> Any:
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise TypeError(f"a {type(value).__name__} stands where none is expected")
    return value


_READERS: dict[str, Callable[[Any], Any]] = {
    "name": _name,
    "created": _text,
    "preset": _text,
    "parameters": _count,
    "data": _object,
    "seed": _count,
    "epochs": _count,
    "settings": _object,
    "history": _history,
    "test": _score,
    "others": _score,
    "temperature": lambda value: _within(value, *TEMPERATURES),
    "thresholds": _thresholds,
    "reach": lambda value: None if value is None else _within(value, *REACHES),
    "recipe_version": _count,
    "libraries": _texts,
    "sha256": _texts,
    "format": _count,
}
