"""`evaluate`: test a model on digits that it has not seen."""

import json
from dataclasses import asdict

from core.datasets.sources import load_test_digits
from core.models.library import ModelLibrary
from core.recognition import evaluation
from core.recognition.recognizer import Recognizer
from core.wording.percentages import counted_accuracy_text


def run(library: ModelLibrary, *, model: str | None, data: str, as_json: bool) -> int:
    """Test a model on the test part of `data` and print the result.

    Raises
    ------
    ModelError, DataSetError
        When there is no such model, or the data cannot be read.
    """
    bundle = library.find(model) if model else library.shipped_bundle()
    test = load_test_digits(data)
    result = evaluation.measure_accuracy(Recognizer(bundle).probabilities, test.digits, test.origin)
    low, high = evaluation.wilson_interval(result.images - result.mistakes, result.images)
    if as_json:
        print(
            json.dumps(
                {
                    "model": bundle.card.name,
                    **asdict(result),
                    "interval": [low, high],
                    "notes": [str(note) for note in test.notes],
                }
            )
        )
    else:
        for note in test.notes:
            print(note)
        print(f"{bundle.card.name} on {result.data}: {evaluation.describe_accuracy(result)}")
        print(_confusion_text(result.confusion))
    return 0


def _confusion_text(confusion: list[list[int]]) -> str:
    """The confusion matrix as a table: a row for each label, a column for each answer."""
    lines = ["true\\read " + "".join(f"{digit:>6}" for digit in range(10)) + "  right"]
    for digit, row in enumerate(confusion):
        total = sum(row)
        right = counted_accuracy_text(row[digit] / total, total) if total else "-"
        lines.append(f"{digit:>9} " + "".join(f"{count:>6}" for count in row) + f"  {right}")
    return "\n".join(lines)
