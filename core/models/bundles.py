"""A model's bundle on disk, read and verified."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from core.digits.normalize import RECIPE_VERSION
from core.errors import ModelError
from core.models.card import CARD_FILE, ModelCard, read_card

KERAS_FILE = "model.keras"
COMPILED_FILE = "model.tflite"
MODEL_FILES = (KERAS_FILE, COMPILED_FILE)


@dataclass(frozen=True, slots=True)
class ModelBundle:
    """A whole, verified model."""

    folder: Path
    card: ModelCard
    is_shipped: bool = False

    @property
    def slug(self) -> str:
        return self.folder.name

    @property
    def title(self) -> str:
        """What people call it."""
        return self.card.name

    @property
    def keras_path(self) -> Path:
        return self.folder / KERAS_FILE

    @property
    def compiled_path(self) -> Path:
        return self.folder / COMPILED_FILE


@dataclass(frozen=True, slots=True)
class DamagedBundle:
    """A folder in the library that is not a usable model, and the sentence that says why."""

    folder: Path
    problem: str

    @property
    def slug(self) -> str:
        return self.folder.name

    @property
    def title(self) -> str:
        """What people call it: no more than its folder's name is known."""
        return self.folder.name


def read_bundle(folder: Path, *, is_shipped: bool = False, verify: Sequence[str] = MODEL_FILES) -> ModelBundle:
    """Read and verify the bundle in `folder`.

    Parameters
    ----------
    folder
        Where the bundle is.
    is_shipped
        Whether it came with the app.
    verify
        Which of its files to read and to compare with the card's hashes; all of them have to be there.

    Raises
    ------
    ModelError
        When a file is missing, one to verify is damaged or does not belong to the card, or the model was trained with
        another version of the normalisation.
    """
    card = read_card(folder)
    if card.recipe_version != RECIPE_VERSION:
        raise ModelError(
            f"The model “{card.name}” was made for version {card.recipe_version} of the digit normalisation; "
            f"this DigitPad uses version {RECIPE_VERSION}."
        )
    for name in MODEL_FILES:
        path = folder / name
        if not is_file_there(path):
            raise ModelError(f"The model “{card.name}” is incomplete: {name} is missing in {folder}.")
        if name in verify and file_hash(path) != card.sha256.get(name):
            raise ModelError(f"The model “{card.name}” is damaged: {name} is not the file that was saved with it.")
    return ModelBundle(folder, card, is_shipped)


class KnownBundle:
    """What stands in a folder of models, and the state that its files had when it was read.

    Attributes
    ----------
    entry
        The bundle, or what is wrong with it.
    """

    def __init__(self, folder: Path, *, is_shipped: bool, verify: Sequence[str]) -> None:
        """Read the bundle in `folder`, and compare its files in `verify` with the card's hashes."""
        self._states = _states(folder)
        self._verified = frozenset(verify)
        self.entry = _try_bundle(folder, is_shipped=is_shipped, verify=verify)

    def still_holds(self, verify: Sequence[str]) -> bool:
        """Whether no file has changed since, to the system's knowledge, and all in `verify` were verified."""
        return self._verified.issuperset(verify) and self._states == _states(self.entry.folder)


def _states(folder: Path) -> list[tuple[int, ...] | None]:
    """Of each file of a bundle what changes with its content; None for one that cannot be found."""
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
    """Whether there is a file at `path`, which may also be none that the system could find."""
    with suppress(OSError):  # a name too long, or a folder that may not be entered
        return path.is_file()
    return False


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal. Raises ModelError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}.") from error
