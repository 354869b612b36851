"""The library of model bundles on disk.

A bundle is a folder with `model.keras` (the network), `model.tflite` (compiled from it, for recognition), perhaps
`explain.npz` (what explains its answers) and `card.json` (how the model was made, how good it is, and the hashes of the
others). Bundles are written to a
temporary folder and renamed, so the library only has complete bundles, and damaged ones with their problem.
"""

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from core.errors import ModelError, StorageError
from core.models.bundles import (
    COMPILED_FILE,
    EXPLANATION_FILE,
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
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.system.safe_files import (
    new_folder_aside,
    place_folder,
    reading_errors,
    remove_leftovers,
    storage_errors,
    write_file,
)
from core.wording.model_problems import ModelProblem
from core.wording.names import shortened
from core.wording.storage_problems import StorageProblem

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
"""Characters shown of an unknown name: it may be a path."""


class ModelLibrary:
    """The shipped model and the user's own.

    Several windows may share a library: every change is a single rename, and a bundle is read again when its files have
    changed.
    """

    def __init__(self, folder: Path, shipped: Path) -> None:
        """`folder` is that of the user's bundles (it need not exist yet), `shipped` that of the app's own."""
        self.folder = folder
        self.shipped = shipped
        self._known: dict[Path, KnownBundle] = {}

    def entries(
        self, *, verify: Sequence[str] = MODEL_FILES, checkpoint: Checkpoint = no_checkpoint
    ) -> list[ModelBundle | DamagedBundle]:
        """Shipped models first, then the user's, newest first; damaged ones at the end.

        Parameters
        ----------
        verify
            The files to compare with the cards' hashes, unless that was done before. Without any, large models take no
            longer to list than small ones.
        checkpoint
            Called before each model; an exception that it raises ends the listing.

        Raises
        ------
        ModelError
            When a folder of models exists but cannot be read.
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
            # replaced, never changed: another thread may be listing at the same time
            self._known = known if len(known) == len(folders) else self._known | known
        shipped = [known[path].entry for path, is_shipped in folders if is_shipped]
        own = [known[path].entry for path, is_shipped in folders if not is_shipped]
        whole = [entry for entry in own if isinstance(entry, ModelBundle)]
        damaged = [entry for entry in own if isinstance(entry, DamagedBundle)]
        whole.sort(key=lambda bundle: bundle.card.created, reverse=True)
        return [*shipped, *whole, *damaged]

    def shipped_bundle(self, verify: Sequence[str] = MODEL_FILES) -> ModelBundle:
        """The model that comes with DigitPad, its files in `verify` verified. Raises ModelError if it is damaged."""
        return read_bundle(self.shipped / SHIPPED_MODEL, is_shipped=True, verify=verify)

    def bundle(self, slug: str, verify: Sequence[str] = MODEL_FILES) -> ModelBundle:
        """The bundle in the folder `slug`, whatever its name is now. Raises ModelError when there is none.

        Only the files in `verify` are verified.
        """
        folder = self._folder_of(slug)
        if folder is None:
            raise self._unknown(slug)
        return self._read(folder, verify)

    def find(self, name: str, verify: Sequence[str] = MODEL_FILES) -> ModelBundle:
        """The bundle with the name or slug `name`, or in the folder at that path.

        Only the files in `verify` are verified; of a bundle outside the library, all are. Raises ModelError when there
        is none, or several have that name.
        """
        folder = self._folder_called(name)
        if folder is not None:
            return self._read(folder, verify)
        if _is_folder(Path(name)):
            return self._read(Path(name).absolute(), MODEL_FILES)
        raise self._unknown(name)

    def is_free_name(self, name: str) -> bool:
        """Whether no model has a name that looks like `name`. Raises like `entries`."""
        return not namesakes(self.entries(verify=()), name)

    def require_free_name(self, name: str, *, of: ModelBundle | None = None) -> None:
        """Raise ModelError when another model than `of` has a name that looks like `name`, or models cannot be read."""
        for entry in namesakes(self.entries(verify=()), name):
            if entry.folder.parent == self.shipped:
                raise ModelError(ModelProblem.NAME_OF_SHIPPED, name=entry.title)
            if of is None or entry.folder != of.folder:
                raise ModelError(ModelProblem.NAME_TAKEN, name=entry.title)

    def require_room(self) -> None:
        """Raise StorageError when no new bundle could be saved now; remove what crashes left."""
        with new_folder_aside(self.folder):
            for folder in (self.folder, *_bundle_folders(self.folder)):
                remove_leftovers(folder)
        free = shutil.disk_usage(self.folder).free
        if free < ROOM_FOR_A_BUNDLE:
            raise StorageError(
                StorageProblem.NO_ROOM, folder=self.folder, needed=ROOM_FOR_A_BUNDLE / 1e6, free=free / 1e6
            )

    def save(self, card: ModelCard, write_model_files: Callable[[Path], None]) -> ModelBundle:
        """Save a new bundle, with a number after its name when another model has that name by now.

        `write_model_files` gets an empty folder and must write `model.keras` and `model.tflite` into it, and may write
        `explain.npz`. The hashes are added to the card here. Raises StorageError, and leaves nothing behind, when it
        cannot be written.
        """
        with new_folder_aside(self.folder) as aside:
            with storage_errors(self.folder):
                write_model_files(aside)
            optional = [EXPLANATION_FILE] if is_file_there(aside / EXPLANATION_FILE) else []
            hashes = {name: file_hash(aside / name) for name in (*MODEL_FILES, *optional)}
            while True:
                named = replace(card, name=self._free_name(clean_name(card.name)), sha256=hashes)
                write_file(aside / CARD_FILE, card_bytes(named))
                folder = self._free_folder(named.name)
                if place_folder(aside, folder):
                    return ModelBundle(folder, named)
                # another window was faster, perhaps with the same name

    def rename(self, bundle: ModelBundle, name: str) -> ModelBundle:
        """Rename the user's own `bundle`; its folder keeps its name.

        Raises
        ------
        ModelError
            When the name is empty, too long or another model's, the model is a shipped one, or another window has
            deleted it meanwhile.
        StorageError
            When it cannot be written.
        """
        if not self._is_own(bundle):
            raise ModelError(ModelProblem.SHIPPED_NOT_RENAMED, slug=bundle.slug)
        card = replace(bundle.card, name=chosen_name(name))
        if _is_gone(bundle):
            raise ModelError(ModelProblem.DELETED_MEANWHILE, name=bundle.card.name)
        self.require_free_name(card.name, of=bundle)
        write_file(bundle.folder / CARD_FILE, card_bytes(card), make_parent=False)
        return replace(bundle, card=card)

    def delete(self, entry: ModelBundle | DamagedBundle) -> None:
        """Delete one of the user's own models, if no other window has deleted it meanwhile.

        Raises ModelError for a shipped model, StorageError when it cannot be deleted.
        """
        if not self._is_own(entry):
            raise ModelError(ModelProblem.SHIPPED_NOT_DELETED, slug=entry.slug)
        if isinstance(entry, ModelBundle) and _is_gone(entry):
            return
        with (
            new_folder_aside(self.folder) as grave,
            storage_errors(entry.folder, StorageProblem.CANNOT_DELETE),
            suppress(FileNotFoundError),
        ):
            entry.folder.rename(grave / entry.slug)  # not listed from now on, even if deleting its files is interrupted

    def _read(self, folder: Path, verify: Sequence[str]) -> ModelBundle:
        return read_bundle(folder, is_shipped=folder.parent == self.shipped, verify=verify)

    def _folder_of(self, slug: str) -> Path | None:
        folders = [root / slug for root in (self.folder, self.shipped)] if is_slug(slug) else []
        return next((folder for folder in folders if is_file_there(folder / CARD_FILE)), None)

    def _folder_called(self, name: str) -> Path | None:
        """A folder keeps its slug when its model is renamed, so a model of that name takes precedence over the slug."""
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
            raise ModelError(ModelProblem.NAME_AMBIGUOUS, name=name, folders=folders)
        return called[0] if len(called) == 1 else by_slug

    def _folders_called(self, name: str) -> list[Path]:
        """The folders of the models of exactly that name, or else of those whose names look like it."""
        bundles = [entry for entry in namesakes(self.entries(verify=()), name) if isinstance(entry, ModelBundle)]
        exact = [bundle for bundle in bundles if bundle.card.name == name]
        return [bundle.folder for bundle in exact or bundles]

    def _unknown(self, name: str) -> ModelError:
        known = ", ".join(entry.slug for entry in self.entries(verify=()))
        return ModelError(ModelProblem.NOT_FOUND, name=shortened(name, _LONGEST_SHOWN), known=known or "none")

    def _free_name(self, wanted: str) -> str:
        try:
            return free_name(wanted, self.is_free_name)
        except ModelError:  # a model that took long to train must not be lost because others cannot be read
            return wanted

    def _free_folder(self, name: str) -> Path:
        roots = (self.folder, self.shipped)
        return self.folder / next(slug for slug in slugs(name) if not any((root / slug).exists() for root in roots))

    def _is_own(self, entry: ModelBundle | DamagedBundle) -> bool:
        return entry.folder.parent == self.folder


def _bundle_folders(root: Path) -> list[Path]:
    with reading_errors(ModelError, ModelProblem.LIBRARY_UNREADABLE, folder=root):
        try:
            return sorted(path for path in root.iterdir() if not path.name.startswith(".") and path.is_dir())
        except (FileNotFoundError, NotADirectoryError):
            return []


def _may_be_called(folder: Path, name: str) -> bool:
    """Whether the model in `folder` is called `name`; True when its card cannot be read."""
    with suppress(ModelError):
        return name_key(read_card(folder).name) == name_key(name)
    return True


def _is_gone(bundle: ModelBundle) -> bool:
    """Whether `bundle` has been deleted since it was read, and perhaps another model saved in its place."""
    if not _is_folder(bundle.folder):
        return True
    with suppress(ModelError):  # a damaged model is still that model
        return read_card(bundle.folder).sha256 != bundle.card.sha256
    return False


def _is_folder(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir()
    return False
