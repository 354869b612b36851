"""What the cards of trained and of taught models have in common, and how their files get into the library.

Import only after `core.learning.backend.load_tensorflow`.
"""

import platform
from pathlib import Path
from typing import Any

import ai_edge_litert
import keras
import numpy as np
import tensorflow as tf

from core.models.bundles import EXPLANATION_FILE, KERAS_FILE, MODEL_FILES
from core.models.card import MAX_NAME_LENGTH, ModelCard, ink_sources
from core.wording.names import shortened


def library_versions() -> dict[str, str]:
    """The versions of the libraries that made a model."""
    return {
        "python": platform.python_version(),
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "ai-edge-litert": ai_edge_litert.__version__,
        "numpy": np.__version__,
    }


def ancestor_facts(card: ModelCard) -> dict[str, Any]:
    """The relevant facts about a model that another one learned from, and no others: its card is untrusted."""
    facts: dict[str, Any] = {"name": card.name, "preset": shortened(card.preset, MAX_NAME_LENGTH), "seed": card.seed}
    return facts | {"sha256": card.sha256.get(KERAS_FILE), "ink_sources": ink_sources(card.data)}


def move_model_files(workshop: Path, folder: Path) -> None:
    """Move what `write_model_files` and `write_explanation` wrote in `workshop` into `folder`."""
    for name in (*MODEL_FILES, EXPLANATION_FILE):
        (workshop / name).rename(folder / name)
