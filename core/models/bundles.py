"""Read and verify the bundle of a model."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from core.digits.normalize import RECIPE_VERSION
from core.errors import ModelError
from core.models.card import CARD_FILE, ModelCard, read_card
from core.system.safe_files import reading_errors
from core.wording.model_problems import ModelProblem

KERAS_FILE = "model.keras"
COMPILED_FILE = "model.tflite"
MODEL_FILES = (KERAS_FILE, COMPILED_FILE)
EXPLANATION_FILE = "explain.npz"
"""Optional: a model without it answers as well, and explains less."""


@dataclass(frozen=True, slots=True)
class ModelBundle:
    """A complete, verified model."""

    folder: Path
    card: ModelCard
    is_shipped: bool = False

    @property
    def slug(self) -> str:
        return self.folder.name

    @property
    def title(self) -> str:
        """The model's name for people."""
        return self.card.name

    @property
    def keras_path(self) -> Path:
        return self.folder / KERAS_FILE

    @property
    def compiled_path(self) -> Path:
        return self.folder / COMPILED_FILE


@dataclass(frozen=True, slots=True)
class DamagedBundle:
    """A folder in the library that is not a usable model, and a sentence on why."""

    folder: Path
    problem: str

    @property
    def slug(self) -> str:
        return self.folder.name

    @property
    def title(self) -> str:
        """The name for people: only that of its folder is known."""
        return self.folder.name


def read_bundle(folder: Path, *, is_shipped: bool = False, verify: Sequence[str] = MODEL_FILES) -> ModelBundle:
    """Read and verify the bundle in `folder`.

    Parameters
    ----------
    folder
        The bundle's folder.
    is_shipped
        Whether it came with the app.
    verify
        The files to compare with the card's hashes; all files must exist in any case.

    Raises
    ------
    ModelError
        When a file is missing, a verified one is damaged or does not match the card, or the model was trained with
        another version of the normalisation.
    """
    card = read_card(folder)
    if card.recipe_version != RECIPE_VERSION:
        raise ModelError(ModelProblem.OTHER_RECIPE, name=card.name, version=card.recipe_version, ours=RECIPE_VERSION)
    for name in MODEL_FILES:
        path = folder / name
        if not is_file_there(path):
            raise ModelError(ModelProblem.INCOMPLETE, name=card.name, file=name, folder=folder)
        if name in verify and file_hash(path) != card.sha256.get(name):
            raise ModelError(ModelProblem.DAMAGED, name=card.name, file=name)
    return ModelBundle(folder, card, is_shipped)


class KnownBundle:
    """An entry of the library, and the state of its files when it was read.

    Attributes
    ----------
    entry
        The bundle, or why it cannot be used.
    """

    def __init__(self, folder: Path, *, is_shipped: bool, verify: Sequence[str]) -> None:
        """Read the bundle in `folder`, and compare its files in `verify` with the card's hashes."""
        self._states = _states(folder)
        self._verified = frozenset(verify)
        self.entry = _try_bundle(folder, is_shipped=is_shipped, verify=verify)

    def still_holds(self, verify: Sequence[str]) -> bool:
        """Whether no file has changed since, according to the system, and all files in `verify` were verified."""
        return self._verified.issuperset(verify) and self._states == _states(self.entry.folder)


def _states(folder: Path) -> list[tuple[int, ...] | None]:
    """For each file of a bundle, numbers that change with its content; None for a missing one."""
    return [_state(folder / name) for name in (CARD_FILE, *MODEL_FILES)]


def _state(path: Path) -> tuple[int, ...] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _try_bundle(folder: Path, *, is_shipped: bool, verify: Sequence[str]) -> ModelBundle | DamagedBundle:
    try:
        return read_bundle(folder, is_shipped=is_shipped, verify=verify)
    except ModelError as error:
        return DamagedBundle(folder, str(error))


def is_file_there(path: Path) -> bool:
    """Whether there is a file at `path`; False for paths that the system refuses."""
    with suppress(OSError):  # the name is too long, or the folder cannot be entered
        return path.is_file()
    return False


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal. Raises ModelError when it cannot be read."""
    with reading_errors(ModelError, ModelProblem.FILE_UNREADABLE, path=path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
