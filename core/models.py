"""Model bundles on disk, and the library of them.

A bundle is a folder with `model.keras` (the network), `model.tflite` (compiled from it, what recognises) and
`card.json` (what it is, how it was made, how good it is, and the hashes of the other two). Bundles are written
aside and renamed into place, so one that is listed is whole or says what is wrong with it.
"""

import hashlib
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import ModelError, StorageError
from core.model_card import CARD_FILE, ModelCard, card_bytes, clean_name, read_card
from core.model_slugs import is_slug, slugs
from core.normalize import RECIPE_VERSION
from core.safe_files import new_folder_aside, place_folder, remove_leftovers, storage_errors, write_file

KERAS_FILE = "model.keras"
COMPILED_FILE = "model.tflite"
MODEL_FILES = (KERAS_FILE, COMPILED_FILE)

SHIPPED_MODEL = "digitpad"
"""Slug of the model in `assets/models/`."""

ROOM_FOR_A_BUNDLE = 40_000_000


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


def read_bundle(folder: Path, *, is_shipped: bool = False) -> ModelBundle:
    """Read and verify the bundle in `folder`.

    Raises
    ------
    ModelError
        When a file is missing, damaged or does not belong to the card, or the model was trained with another
        version of the normalisation.
    """
    card = read_card(folder)
    if card.recipe_version != RECIPE_VERSION:
        raise ModelError(
            f"The model “{card.name}” was made for version {card.recipe_version} of the digit normalisation; "
            f"this DigitPad uses version {RECIPE_VERSION}."
        )
    for name in MODEL_FILES:
        path = folder / name
        if not _is_file(path):
            raise ModelError(f"The model “{card.name}” is incomplete: {name} is missing in {folder}.")
        if _sha256(path) != card.sha256.get(name):
            raise ModelError(f"The model “{card.name}” is damaged: {name} is not the file that was saved with it.")
    return ModelBundle(folder, card, is_shipped)


class ModelLibrary:
    """The shipped model and the user's own.

    Several windows may share one library: nothing is cached, and every change is one rename.
    """

    def __init__(self, folder: Path, shipped: Path) -> None:
        """`folder` holds the user's bundles (it need not exist yet), `shipped` those that came with the app."""
        self.folder = folder
        self.shipped = shipped

    def entries(self) -> list[ModelBundle | DamagedBundle]:
        """Shipped models first, then the user's, newest first; damaged ones at the end.

        Raises
        ------
        ModelError
            When a folder of models exists but may not be read.
        """
        shipped = [_try_bundle(path, is_shipped=True) for path in _bundle_folders(self.shipped)]
        own = [_try_bundle(path, is_shipped=False) for path in _bundle_folders(self.folder)]
        whole = [entry for entry in own if isinstance(entry, ModelBundle)]
        damaged = [entry for entry in own if isinstance(entry, DamagedBundle)]
        whole.sort(key=lambda bundle: bundle.card.created, reverse=True)
        return [*shipped, *whole, *damaged]

    def shipped_bundle(self) -> ModelBundle:
        """The model that DigitPad comes with. Raises ModelError when the installation is damaged."""
        return read_bundle(self.shipped / SHIPPED_MODEL, is_shipped=True)

    def find(self, name: str) -> ModelBundle:
        """The bundle whose slug or name is `name`, or that stands in the folder `name`. Raises ModelError."""
        for root in (self.folder, self.shipped):
            if is_slug(name) and _is_file(root / name / CARD_FILE):
                return read_bundle(root / name, is_shipped=root == self.shipped)
        entries = self.entries()
        for entry in entries:
            if isinstance(entry, ModelBundle) and entry.card.name.casefold() == name.casefold():
                return entry
        if _is_folder(Path(name)):
            return read_bundle(Path(name).absolute())
        known = ", ".join(entry.slug for entry in entries) or "none"
        raise ModelError(f"There is no model “{name}”; there are: {known}.")

    def require_room(self) -> None:
        """Make sure that a new bundle could be saved now, and clear away what crashes left. Raises StorageError."""
        with new_folder_aside(self.folder):
            for folder in (self.folder, *_bundle_folders(self.folder)):
                remove_leftovers(folder)
        if shutil.disk_usage(self.folder).free < ROOM_FOR_A_BUNDLE:
            raise StorageError(f"Cannot save models in {self.folder}: the disk is full.")

    def save(self, card: ModelCard, write_model_files: Callable[[Path], None]) -> ModelBundle:
        """Make a new bundle.

        `write_model_files` is given an empty folder and must leave `model.keras` and `model.tflite` in it. Hashes are
        added to the card here. Raises StorageError, and leaves nothing behind, when it cannot be written.
        """
        with new_folder_aside(self.folder) as aside:
            with storage_errors(self.folder):
                write_model_files(aside)
            hashes = {name: _sha256(aside / name) for name in MODEL_FILES}
            card = replace(card, name=clean_name(card.name), sha256=hashes)
            write_file(aside / CARD_FILE, card_bytes(card))
            for slug in slugs(card.name):
                if (self.shipped / slug).exists():
                    continue
                if place_folder(aside, self.folder / slug):
                    return ModelBundle(self.folder / slug, card)
        raise AssertionError("unreachable: there is always another slug")

    def rename(self, bundle: ModelBundle, name: str) -> ModelBundle:
        """Give the user's own `bundle` another name; its folder stays.

        Raises
        ------
        ModelError
            For a name that is none, for a shipped model, and when another window deleted the bundle meanwhile.
        StorageError
            When it cannot be written.
        """
        self._require_own(bundle, "renamed")
        card = replace(bundle.card, name=clean_name(name))
        if _is_gone(bundle):
            raise ModelError(f"The model “{bundle.card.name}” was deleted meanwhile.")
        write_file(bundle.folder / CARD_FILE, card_bytes(card), make_parent=False)
        return replace(bundle, card=card)

    def delete(self, entry: ModelBundle | DamagedBundle) -> None:
        """Remove one of the user's own models; one that another window deleted meanwhile needs no removing.

        Raises ModelError for a shipped one, StorageError.
        """
        self._require_own(entry, "deleted")
        if isinstance(entry, ModelBundle) and _is_gone(entry):
            return
        with (
            new_folder_aside(self.folder) as grave,
            storage_errors(entry.folder, "delete"),
            suppress(FileNotFoundError),
        ):
            entry.folder.rename(grave / entry.slug)  # gone from every list at once, even if removing is cut short

    def _require_own(self, entry: ModelBundle | DamagedBundle, what: str) -> None:
        if entry.folder.parent != self.folder:
            raise ModelError(f"“{entry.slug}” comes with DigitPad and cannot be {what}.")


def _bundle_folders(root: Path) -> list[Path]:
    try:
        return sorted(path for path in root.iterdir() if not path.name.startswith(".") and path.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ModelError(f"The models in {root} cannot be read: {error.strerror}.") from error


def _try_bundle(folder: Path, *, is_shipped: bool) -> ModelBundle | DamagedBundle:
    try:
        return read_bundle(folder, is_shipped=is_shipped)
    except ModelError as error:
        return DamagedBundle(folder, str(error))


def _is_gone(bundle: ModelBundle) -> bool:
    """Whether `bundle` was deleted since it was read, perhaps with another model saved in its place."""
    if not _is_folder(bundle.folder):
        return True
    with suppress(ModelError):  # one that got damaged is still that model
        return read_card(bundle.folder).sha256 != bundle.card.sha256
    return False


def _is_file(path: Path) -> bool:
    with suppress(OSError):  # a name too long, or a folder that may not be entered
        return path.is_file()
    return False


def _is_folder(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir()
    return False


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}.") from error
