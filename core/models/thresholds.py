"""Saving with a model from which confidence on its answers are believed."""

import shutil
from dataclasses import replace
from pathlib import Path

from core.models.bundles import EXPLANATION_FILE, MODEL_FILES, ModelBundle, is_file_there
from core.models.card import CARD_FILE, ModelCard, card_bytes, read_card
from core.models.library import ModelLibrary
from core.system.safe_files import write_file


def with_threshold(card: ModelCard, refuse_below: float) -> ModelCard:
    """`card`, by which answers less sure than `refuse_below`, in [0, 1], are “not a digit”.

    What is not refused may still be unsure, but an answer that was refused as too unsure cannot be surer than one that
    is called unsure.
    """
    limits = card.thresholds
    unsure = max(limits.unsure_below, refuse_below)
    return replace(card, thresholds=replace(limits, reject_below=refuse_below, unsure_below=unsure))


def save_threshold(library: ModelLibrary, bundle: ModelBundle, refuse_below: float) -> ModelBundle:
    """Save the threshold with the user's own model, or with a copy of any other, and return what has it now.

    The copy gets the first free name. Raises ModelError, StorageError.
    """
    if bundle.folder.parent != library.folder:
        return _save_copy(library, bundle, refuse_below)
    card = with_threshold(read_card(bundle.folder), refuse_below)  # it may have another name by now
    write_file(bundle.folder / CARD_FILE, card_bytes(card), make_parent=False)
    return replace(bundle, card=card)


def _save_copy(library: ModelLibrary, bundle: ModelBundle, refuse_below: float) -> ModelBundle:
    def write(folder: Path) -> None:
        for name in (*MODEL_FILES, EXPLANATION_FILE):
            if name in MODEL_FILES or is_file_there(bundle.folder / name):
                shutil.copyfile(bundle.folder / name, folder / name)

    return library.save(with_threshold(bundle.card, refuse_below), write)
