"""`explain`: why a digit in a file is read as it is."""

import json
from pathlib import Path
from typing import Any

from core.commands.predict import make_reader
from core.digits.arrays import Image
from core.errors import PictureError
from core.explaining.changes import Change
from core.explaining.evidence import Evidence
from core.explaining.explainer import Explainer
from core.explaining.neighbours import Neighbour
from core.explaining.picture import evidence_shares, explanation_png
from core.models.library import ModelLibrary
from core.recognition.numbers import ReadDigit
from core.system.safe_files import write_file
from core.wording.explaining_messages import ExplainingProblem, WhatIf, what_if
from core.wording.names import shown_name
from core.wording.percentages import probability_text

_LITTLE = 0.25
"""A share of the strongest colour."""


def run(
    file: Path,
    library: ModelLibrary,
    *,
    model: str | None,
    against: int | None,
    place: int,
    as_json: bool,
    picture: Path | None,
) -> int:
    """Explain the answer to the digit at `place`, from 1, of the number in `file`, and print why.

    Parameters
    ----------
    against
        A digit that the answer is compared with; None: it is seen alone.
    picture
        Where a picture of the evidence is saved; None: nowhere.

    Raises
    ------
    ModelError
        When there is no such model.
    InkFileError, PictureError
        When the file cannot be read, or has no such digit.
    StorageError
        When the picture cannot be saved.
    """
    bundle = library.find(model) if model else library.shipped_bundle()
    reading = make_reader(library, model).read(file)
    if not reading.digits:
        raise PictureError(ExplainingProblem.NO_DIGIT, file=shown_name(file))
    if place > len(reading.digits):
        raise PictureError(
            ExplainingProblem.NO_SUCH_PLACE, file=shown_name(file), count=len(reading.digits), place=place
        )
    explainer = Explainer(bundle)
    read = reading.digits[place - 1]
    image = read.normalized.image
    answer = explainer.recognize(image)
    assert answer.digit is not None, "a digit that was read has ink"
    evidence = explainer.evidence(image, answer.digit, None if against == answer.digit else against)
    neighbours = explainer.neighbours(image)
    if picture is not None:
        write_file(picture, explanation_png(image, evidence, neighbours))
    changes = explainer.changes(read.normalized)
    if as_json:
        print(json.dumps(_record(file, read, evidence, neighbours, changes) | {"place": place}))
    else:
        _print(evidence, image, neighbours, changes)
    if explainer.problem and not as_json:
        print(explainer.problem)
    return 0


def _record(
    file: Path, read: ReadDigit, evidence: Evidence, neighbours: list[Neighbour], changes: list[Change]
) -> dict[str, Any]:
    return {
        "file": str(file),
        "digit": evidence.digit,
        "against": evidence.against,
        "method": evidence.method,
        "exact": evidence.is_exact,
        "total": round(evidence.total, 6),
        "confidence": round(read.recognition.confidence, 6),
        "verdict": read.recognition.verdict,
        "image": read.normalized.image.tolist(),
        "evidence": [[round(value, 7) for value in row] for row in evidence.pixels.tolist()],
        "neighbours": [
            {
                "label": neighbour.label,
                "distance": round(neighbour.distance, 6),
                "source": neighbour.source,
                "index": neighbour.index,
            }
            for neighbour in neighbours
        ],
        "changes": [
            {"kind": change.kind, "digit": change.digit, "confidence": round(change.confidence, 6)}
            for change in changes
        ],
    }


def _print(evidence: Evidence, image: Image, neighbours: list[Neighbour], changes: list[Change]) -> None:
    digit, against = evidence.digit, evidence.against
    rather = "" if against is None else f" rather than {against}"
    what = "logit" if against is None else "difference of the logits"
    print(f"{digit}{rather}: {what} {evidence.total:+.2f}, by {evidence.method.replace('_', ' ')}")
    print(f"+ speaks for {digit}, - against it; . is ink that says little")
    for row in _drawn(evidence, image):
        print(f"  {row}")
    for change in changes:
        print(f"{what_if(change.kind, change.digit)} ({probability_text(change.confidence)})")
    if not changes:
        print(WhatIf.NOTHING())
    if neighbours:
        labels = ", ".join(str(neighbour.label) for neighbour in neighbours)
        print(f"Most similar digits of {neighbours[0].source}: {labels}")


def _drawn(evidence: Evidence, image: Image) -> list[str]:
    """The image as rows of text."""
    shares = evidence_shares(image, evidence)
    return [
        "".join(_sign(share, bool(ink)) for share, ink in zip(row, inks, strict=True)).rstrip()
        for row, inks in zip(shares.tolist(), image, strict=True)
        if inks.any()
    ]


def _sign(share: float, is_ink: bool) -> str:
    if not is_ink:
        return " "
    if abs(share) < _LITTLE:
        return "."
    return "+" if share > 0 else "-"
