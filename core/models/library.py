"""Model bundles on disk, and the library of them.

A bundle is a folder with `model.keras` (the network), `model.tflite` (compiled from it, what recognises) and
`card.json` (what it is, how it was made, how good it is, and the hashes of the other two). Bundles are written
aside and renamed into place, so one that is listed is whole or says what is wrong with it.
"""

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from core.errors import ModelError, StorageError
from core.models.bundles import (
    COMPILED_FILE,
    KERAS_FILE,
    MODEL_FILES,
    DamagedBundle,
    KnownBundle,
    ModelBundle,
    file_hash,
    is_file_there,
    read_bundle,
)
from core.models.card import CARD_FILE, ModelCard, card_bytes, clean_name, read_card
from core.models.names import chosen_name, free_name, is_slug, name_key, namesakes, slugs
from core.system.checkpoints import Checkpoint, nothing
from core.system.safe_files import new_folder_aside, place_folder, remove_leftovers, storage_errors, write_file
from core.wording.names import shortened

__all__ = [
    "COMPILED_FILE",
    "KERAS_FILE",
    "MODEL_FILES",
    "ROOM_FOR_A_BUNDLE",
    "SHIPPED_MODEL",
    "DamagedBundle",
    "ModelBundle",
    "ModelLibrary",
    "read_bundle",
]

SHIPPED_MODEL = "digitpad"
"""Slug of the model in `assets/models/`."""

ROOM_FOR_A_BUNDLE = 40_000_000

_LONGEST_SHOWN = 200
"""Characters of a name that no model has: it may be a path."""


class ModelLibrary:
    """The shipped model and the user's own.

    Several windows may share one library: every change is one rename, and what was read of a bundle is only used again
    while its files are the same to the system.
    """

    def __init__(self, folder: Path, shipped: Path) -> None:
        """`folder` holds the user's bundles (it need not exist yet), `shipped` those that came with the app."""
        self.folder = folder
        self.shipped = shipped
        self._known: dict[Path, KnownBundle] = {}

    def entries(
        self, *, verify: Sequence[str] = MODEL_FILES, checkpoint: Checkpoint = nothing
    ) -> list[ModelBundle | DamagedBundle]:
        """Shipped models first, then the user's, newest first; damaged ones at the end.

        Parameters
        ----------
        verify
            Which files to compare with the cards' hashes, where that was not done before: with none, listing takes no
            longer for large models than for small ones.
        checkpoint
            Called before each model. What it raises ends the listing.

        Raises
        ------
        ModelError
            When a folder of models exists but may not be read.
        """
        folders = [(path, True) for path in _bundle_folders(self.shipped)]
        folders += [(path, False) for path in _bundle_folders(self.folder)]
        known: dict[Path, KnownBundle] = {}
        try:
            for path, is_shipped in folders:
                checkpoint()
                before = self._known.get(path)
                holds = before is not None and before.still_holds(verify)
                known[path] = before if before and holds else KnownBundle(path, is_shipped=is_shipped, verify=verify)
        finally:
            # replaced, never changed: another thread may be listing too
            self._known = known if len(known) == len(folders) else self._known | known
        shipped = [known[path].entry for path, is_shipped in folders if is_shipped]
        own = [known[path].entry for path, is_shipped in folders if not is_shipped]
        whole = [entry for entry in own if isinstance(entry, ModelBundle)]
        damaged = [entry for entry in own if isinstance(entry, DamagedBundle)]
        whole.sort(key=lambda bundle: bundle.card.created, reverse=True)
        return [*shipped, *whole, *damaged]

    def shipped_bundle(self, verify: Sequence[str] = MODEL_FILES) -> ModelBundle:
        """The model that DigitPad comes with, its files in `verify` verified. Raises ModelError where it is damaged."""
        return read_bundle(self.shipped / SHIPPED_MODEL, is_shipped=True, verify=verify)

    def bundle(self, slug: str, verify: Sequence[str] = MODEL_FILES) -> ModelBundle:
        """The bundle in the folder `slug`, whatever it is called by now. Raises ModelError where there is none.

        Only the files in `verify` are verified.
        """
        folder = self._folder_of(slug)
        if folder is None:
            raise self._unknown(slug)
        return self._read(folder, verify)

    def find(self, name: str, verify: Sequence[str] = MODEL_FILES) -> ModelBundle:
        """The bundle that is called `name`, or has that slug, or stands in the folder `name`.

        Raises ModelError where there is none, or several have that name.

        Only the files in `verify` are verified; in a folder of its own all are.
        """
        folder = self._folder_called(name)
        if folder is not None:
            return self._read(folder, verify)
        if _is_folder(Path(name)):
            return self._read(Path(name).absolute(), MODEL_FILES)
        raise self._unknown(name)

    def is_free_name(self, name: str) -> bool:
        """Whether no model looks as if it were called `name`, to whoever reads their names. Raises like `entries`."""
        return not namesakes(self.entries(verify=()), name)

    def require_free_name(self, name: str, *, of: ModelBundle | None = None) -> None:
        """Make sure that no other model than `of` looks as if it were called `name`.

        Raises ModelError where one does, or the models cannot be read.
        """
        for entry in namesakes(self.entries(verify=()), name):
            if entry.folder.parent == self.shipped:
                raise ModelError(f"“{entry.title}” is the model that comes with DigitPad: choose another name.")
            if of is None or entry.folder != of.folder:
                advice = "choose another name, or rename that one first"
                raise ModelError(f"There is a model called “{entry.title}” already: {advice}.")

    def require_room(self) -> None:
        """Make sure that a new bundle could be saved now, and clear away what crashes left. Raises StorageError."""
        with new_folder_aside(self.folder):
            for folder in (self.folder, *_bundle_folders(self.folder)):
                remove_leftovers(folder)
        free = shutil.disk_usage(self.folder).free
        if free < ROOM_FOR_A_BUNDLE:
            needed = f"{ROOM_FOR_A_BUNDLE / 1e6:.0f} MB of free room are needed, and there are {free / 1e6:.0f}"
            raise StorageError(f"Cannot save models in {self.folder}: {needed}.")

    def save(self, card: ModelCard, write_model_files: Callable[[Path], None]) -> ModelBundle:
        """Make a new bundle; where another model is called like it by now, with a number after the name.

        `write_model_files` is given an empty folder and must leave `model.keras` and `model.tflite` in it. Hashes are
        added to the card here. Raises StorageError, and leaves nothing behind, when it cannot be written.
        """
        with new_folder_aside(self.folder) as aside:
            with storage_errors(self.folder):
                write_model_files(aside)
            hashes = {name: file_hash(aside / name) for name in MODEL_FILES}
            while True:
                named = replace(card, name=self._free_name(clean_name(card.name)), sha256=hashes)
                write_file(aside / CARD_FILE, card_bytes(named))
                folder = self._free_folder(named.name)
                if place_folder(aside, folder):
                    return ModelBundle(folder, named)
                # another window was quicker, perhaps with the same name

    def rename(self, bundle: ModelBundle, name: str) -> ModelBundle:
        """Give the user's own `bundle` another name; its folder stays.

        Raises
        ------
        ModelError
            For a name that is none or another model's, for a shipped model, and when another window deleted the bundle
            meanwhile.
        StorageError
            When it cannot be written.
        """
        self._require_own(bundle, "renamed")
        card = replace(bundle.card, name=chosen_name(name))
        if _is_gone(bundle):
            raise ModelError(f"The model “{bundle.card.name}” was deleted meanwhile.")
        self.require_free_name(card.name, of=bundle)
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

    def _read(self, folder: Path, verify: Sequence[str]) -> ModelBundle:
        return read_bundle(folder, is_shipped=folder.parent == self.shipped, verify=verify)

    def _folder_of(self, slug: str) -> Path | None:
        folders = [root / slug for root in (self.folder, self.shipped)] if is_slug(slug) else []
        return next((folder for folder in folders if is_file_there(folder / CARD_FILE)), None)

    def _folder_called(self, name: str) -> Path | None:
        """A folder keeps its slug when its model is renamed: what another one is called by now counts more."""
        by_slug = self._folder_of(name)
        if by_slug and _may_be_called(by_slug, name):
            return by_slug
        try:
            called = self._folders_called(name)
        except ModelError:
            if by_slug:
                return by_slug
            raise
        if len(called) > 1 and not by_slug:
            folders = ", ".join(folder.name for folder in called)
            raise ModelError(f"Several models are called “{name}”: choose one by the name of its folder ({folders}).")
        return called[0] if len(called) == 1 else by_slug

    def _folders_called(self, name: str) -> list[Path]:
        """Of the models of that very name, or, where there is none, of those that look as if they were called so."""
        bundles = [entry for entry in namesakes(self.entries(verify=()), name) if isinstance(entry, ModelBundle)]
        exact = [bundle for bundle in bundles if bundle.card.name == name]
        return [bundle.folder for bundle in exact or bundles]

    def _unknown(self, name: str) -> ModelError:
        known = ", ".join(entry.slug for entry in self.entries(verify=())) or "none"
        return ModelError(f"There is no model “{shortened(name, _LONGEST_SHOWN)}”; there are: {known}.")

    def _free_name(self, wanted: str) -> str:
        try:
            return free_name(wanted, self.is_free_name)
        except ModelError:  # a model that took long to train is not lost because others cannot be read
            return wanted

    def _free_folder(self, name: str) -> Path:
        roots = (self.folder, self.shipped)
        return self.folder / next(slug for slug in slugs(name) if not any((root / slug).exists() for root in roots))

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


def _may_be_called(folder: Path, name: str) -> bool:
    """Whether the model in `folder` is called `name`, as far as its card can be read."""
    with suppress(ModelError):
        return name_key(read_card(folder).name) == name_key(name)
    return True


def _is_gone(bundle: ModelBundle) -> bool:
    """Whether `bundle` was deleted since it was read, perhaps with another model saved in its place."""
    if not _is_folder(bundle.folder):
        return True
    with suppress(ModelError):  # one that got damaged is still that model
        return read_card(bundle.folder).sha256 != bundle.card.sha256
    return False


def _is_folder(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir()
    return False
