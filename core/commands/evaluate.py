"""`evaluate`: test a model on digits that it has not seen."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from core.datasets.source import TestDigits
from core.datasets.sources import load_test_digits
from core.judging.answer_table import answer_table
from core.judging.answers import ask, judged
from core.judging.disputed import DisputedLabels
from core.judging.fingerprints import digits_fingerprint
from core.judging.model_tests import JudgedModel, ModelTest
from core.judging.report import make_report
from core.models.bundles import ModelBundle
from core.models.library import ModelLibrary
from core.recognition import evaluation
from core.system.safe_files import write_file
from core.wording.percentages import counted_accuracy_text


def run(
    library: ModelLibrary,
    *,
    model: str | None,
    data: str,
    as_json: bool,
    compared: str | None = None,
    report: Path | None = None,
    table: Path | None = None,
    marks: Path | None = None,
) -> int:
    """Test a model on the test part of `data`, print the result, and save what was asked for.

    Parameters
    ----------
    compared
        The name of another model, for a comparison on the same digits.
    report, table
        Where a report is to be saved as HTML, and all answers as CSV.
    marks
        The folder of disputed labels, which both of them mark.

    Raises
    ------
    ModelError, DataSetError
        When there is no such model, or the data cannot be read.
    StorageError
        When a file cannot be saved; the result is printed all the same.
    """
    bundle = library.find(model) if model else library.shipped_bundle()
    other = library.find(compared) if compared else None
    tests = load_test_digits(data)
    test = _test(tests, bundle, other)
    if as_json:
        print(json.dumps(_as_object(test)))
    else:
        _print_result(test)
    disputed = None if marks is None else DisputedLabels(marks, test.fingerprint, len(test.digits))
    if report is not None:
        write_file(report, make_report(test, disputed).encode())
    if table is not None:
        write_file(table, answer_table(test, disputed))
    return 0


def _test(tests: TestDigits, bundle: ModelBundle, other: ModelBundle | None) -> ModelTest:
    answered = [
        JudgedModel(one, judged(one, tests.digits, ask(one, tests.digits.images)))
        for one in (bundle, other)
        if one is not None
    ]
    return ModelTest(
        tests.digits,
        tests.origin,
        tuple(map(str, tests.notes)),
        digits_fingerprint(tests.digits),
        answered[0],
        answered[1] if other is not None else None,
    )


def _as_object(test: ModelTest) -> Mapping[str, object]:
    result = test.score
    low, high = evaluation.wilson_interval(result.images - result.mistakes, result.images)
    found = {"model": test.model.title, **asdict(result), "interval": [low, high], "notes": list(test.notes)}
    paired, other = test.comparison, test.other
    if paired is None or other is None:
        return found
    compared = {
        "model": other.title,
        "mistakes": result.images - int(other.answers.right.sum()),
        "better": len(paired.better),
        "worse": len(paired.worse),
        "p": paired.p,
        "words": paired.words,
    }
    return {**found, "comparison": compared}


def _print_result(test: ModelTest) -> None:
    for note in test.notes:
        print(note)
    result, paired, other = test.score, test.comparison, test.other
    print(f"{test.model.title} on {result.data}: {evaluation.describe_accuracy(result)}")
    print(_confusion_text(result.confusion))
    if paired is not None and other is not None:
        print(f"{test.model.title} beside {other.title}: {paired.words} (p = {paired.p:.2g})")


def _confusion_text(confusion: list[list[int]]) -> str:
    """The confusion matrix as a table: a row for each label, a column for each answer."""
    lines = ["true\\read " + "".join(f"{digit:>6}" for digit in range(10)) + "  right"]
    for digit, row in enumerate(confusion):
        total = sum(row)
        right = counted_accuracy_text(row[digit] / total, total) if total else "-"
        lines.append(f"{digit:>9} " + "".join(f"{count:>6}" for count in row) + f"  {right}")
    return "\n".join(lines)
