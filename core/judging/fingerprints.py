"""What tells the digits of one test, and the networks of two models, from others."""

import hashlib
import re

import numpy as np

from core.datasets.digit_sets import DigitSet
from core.models.bundles import COMPILED_FILE, ModelBundle, file_hash

_HASH = re.compile(r"[0-9a-f]{64}")
_CHUNK = 10_000


def digits_fingerprint(digits: DigitSet) -> str:
    """SHA-256 of all labels and images, in hexadecimal: other digits, or in another order, have another one."""
    found = hashlib.sha256(len(digits).to_bytes(8, "big"))
    found.update(np.ascontiguousarray(digits.labels).data)
    for start in range(0, len(digits), _CHUNK):
        found.update(np.ascontiguousarray(digits.images[start : start + _CHUNK]).data)
    return found.hexdigest()


def network_hash(bundle: ModelBundle) -> str:
    """The hash of the compiled network, as the card has it; read again where the card, which may hold any text, does
    not have one. Raises ModelError."""
    known = bundle.card.sha256.get(COMPILED_FILE, "")
    return known if _HASH.fullmatch(known) else file_hash(bundle.compiled_path)
