"""What a bundle keeps to explain its model's answers, `explain.npz`: the network's layers, and training digits.

It is made when the model is saved. A model without it still recognises digits, and only explains less.
"""

import io
import json
from dataclasses import dataclass

import numpy as np

from core.datasets.npz import read_every_array
from core.digits.arrays import AnyArray
from core.errors import DataSetError, ModelError
from core.explaining.neighbours import NeighbourIndex, index_arrays, index_from
from core.explaining.network import LayeredNetwork, from_arrays, to_arrays
from core.models.bundles import EXPLANATION_FILE, ModelBundle, file_hash, is_file_there
from core.wording.model_problems import ModelProblem

MAX_FILE_BYTES = 60_000_000
MAX_UNPACKED_BYTES = 200_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """What explains a model's answers.

    Attributes
    ----------
    network
        Its layers; None for a network with layers that are not known here.
    neighbours
        Digits that it learned from; None where there were none that may be kept.
    """

    network: LayeredNetwork | None = None
    neighbours: NeighbourIndex | None = None


NOTHING = Explanation()


def explanation_bytes(explanation: Explanation) -> bytes:
    """The content of the file."""
    arrays: dict[str, AnyArray] = {}
    if explanation.network is not None:
        arrays |= to_arrays(explanation.network)
    if explanation.neighbours is not None:
        arrays |= index_arrays(explanation.neighbours)
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # its stubs take a name for a setting
    return file.getvalue()


def read_explanation(bundle: ModelBundle) -> Explanation:
    """What explains the answers of `bundle`; `NOTHING` for a model that was saved without.

    Raises
    ------
    ModelError
        When the file is missing, damaged, or not the one that was saved with the model.
    """
    expected = bundle.card.sha256.get(EXPLANATION_FILE)
    if expected is None:
        return NOTHING
    path, damaged = bundle.folder / EXPLANATION_FILE, ModelError(ModelProblem.EXPLANATION_DAMAGED, name=bundle.title)
    if not is_file_there(path) or path.stat().st_size > MAX_FILE_BYTES or file_hash(path) != expected:
        raise damaged
    try:
        arrays = read_every_array(path, limit=MAX_UNPACKED_BYTES)
        network = from_arrays(arrays) if "layers" in arrays else None
        neighbours = index_from(arrays) if "neighbours.labels" in arrays else None
    except (DataSetError, ValueError, KeyError, TypeError, json.JSONDecodeError, RecursionError) as error:
        raise damaged from error
    return Explanation(network, neighbours)
