"""`predict`: read the digits and numbers in files."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.commands.found_files import FoundFiles, empty_folder_error, is_folder
from core.errors import DigitPadError
from core.models.library import ModelLibrary
from core.recognition.file_numbers import FileReader
from core.recognition.numbers import NumberReading, ReadDigit
from core.recognition.recognizer import Recognition, Recognizer
from core.wording.names import shown_name
from core.wording.percentages import probability_text


@dataclass(frozen=True, slots=True)
class Answer:
    """The result for one file: what was read, or a sentence on why nothing was."""

    file: str
    reading: NumberReading | None = None
    error: str = ""

    @property
    def recognition(self) -> Recognition | None:
        """The answer for the whole file: without a digit when there are several."""
        return self.reading.whole if self.reading else None


class Form(StrEnum):
    """How answers are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def run(
    paths: list[str], library: ModelLibrary, *, model: str | None, form: Form = Form.TABLE, is_single: bool = False
) -> int:
    """Read files and whole folders, in order. Files that cannot be read are reported and do not stop the rest.

    Raises
    ------
    ModelError
        When there is no such model.
    """
    failed = False
    files = FoundFiles(paths)
    if form is Form.CSV:
        print(",".join(CSV_COLUMNS))
    for answer in classify(files, make_reader(library, model), is_single=is_single):
        failed |= answer.reading is None
        _print(answer, form)
    if files.left_out:
        print(end="", flush=True)
        print(f"Left out: {_counted(files.left_out)} neither a picture nor a drawing.", file=sys.stderr)
    return 1 if failed else 0


def make_reader(library: ModelLibrary, model: str | None) -> FileReader:
    """A reader with the named model, by default the shipped one. Raises ModelError."""
    shipped = Recognizer(library.shipped_bundle())
    if model is None:
        return FileReader(shipped)
    recognizer = Recognizer(library.find(model))
    return FileReader(recognizer, None if recognizer.knows_no_digit else shipped)


def classify(files: Iterable[str], reader: FileReader, *, is_single: bool = False) -> Iterator[Answer]:
    """One answer for each file, in order."""
    for file in files:
        try:
            if is_folder(file):
                raise empty_folder_error(file)
            yield Answer(file, reader.read(Path(file), is_single=is_single))
        except DigitPadError as error:
            yield Answer(file, None, str(error))


def _print(answer: Answer, form: Form) -> None:
    if form is Form.JSON:
        print(json.dumps(_record(answer)))
    elif answer.reading is None:
        print(end="", flush=True)  # earlier lines come first
        print(_error_with_path(answer), file=sys.stderr)
    elif form is Form.CSV:
        csv.writer(sys.stdout, lineterminator="\n").writerows(_csv_rows(answer.file, answer.reading))
    else:
        print(_line(answer.file, answer.reading))


def _line(file: str, reading: NumberReading) -> str:
    number = reading.text.replace("\n", " / ") or "–"
    share = probability_text(reading.confidence) if reading.text else ""
    return f"{number}  {share:>8}  {reading.verdict:<11}  {file}"


CSV_COLUMNS = ("file", "row", "place", "digit", "confidence", "verdict", "left", "top", "right", "bottom")


def _csv_rows(file: str, reading: NumberReading) -> Iterator[tuple[object, ...]]:
    """One row for each digit, counted from 1 in its row; one without a digit for a file that holds none."""
    places: Counter[int] = Counter()
    for read in reading.digits:
        places[read.row] += 1
        found = read.recognition
        box = (round(edge, 2) for edge in read.box)
        yield file, read.row + 1, places[read.row], found.digit, round(found.confidence, 6), str(found.verdict), *box
    if not reading.digits:
        yield file, "", "", "", "", str(reading.verdict), "", "", "", ""


def _counted(files: int) -> str:
    return "1 file that is" if files == 1 else f"{files:,} files that are"


def _error_with_path(answer: Answer) -> str:
    """The sentence, with the whole path in place of the file's name at its start, as in the other lines.

    Files in different folders may have the same name.
    """
    name = f"{shown_name(Path(answer.file))}: "
    if not answer.error.startswith(name):
        return answer.error
    return f"{answer.file}: {answer.error.removeprefix(name)}"


def _record(answer: Answer) -> dict[str, object]:
    if answer.reading is None:
        return {"file": answer.file, "error": answer.error}
    reading = answer.reading
    return {
        "file": answer.file,
        "digit": reading.whole.digit,
        "confidence": round(reading.confidence, 6),
        "probabilities": _rounded(reading.whole.probabilities),
        "verdict": str(reading.verdict),
        "text": reading.text,
        "digits": [_digit_record(read) for read in reading.digits],
    }


def _digit_record(read: ReadDigit) -> dict[str, object]:
    found = read.recognition
    return {
        "digit": found.digit,
        "confidence": round(found.confidence, 6),
        "probabilities": _rounded(found.probabilities),
        "verdict": str(found.verdict),
        "box": [round(edge, 2) for edge in read.box],
    }


def _rounded(probabilities: tuple[float, ...]) -> list[float]:
    return [round(probability, 6) for probability in probabilities]
