"""The answers of `predict` as a table, as JSON and as CSV."""

import csv
import json
import sys
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.recognition.numbers import NumberReading, ReadDigit
from core.recognition.recognizer import Recognition, Verdict
from core.wording.answer_phrases import LIKE_YOURS
from core.wording.names import shown_name
from core.wording.percentages import probability_text

CSV_COLUMNS = ("file", "row", "place", "digit", "confidence", "verdict", "left", "top", "right", "bottom", "error")
VERDICTS = {
    Verdict.DIGIT: "digit",
    Verdict.UNSURE: "unsure",
    Verdict.NOT_A_DIGIT: "not a digit",
    Verdict.BLANK: "blank",
}
"""As the table names them."""
HEADINGS = ("Number", "Confidence", "Verdict", "File")
WIDEST_NUMBER = 24
"""Characters: a longer one makes its own line longer, not all of them."""
TOGETHER = 50
"""Files whose lines are aligned together, and so printed together: all would have to be waited for."""


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

    @property
    def error_with_path(self) -> str:
        """The sentence, with the whole path in place of the file's name at its start, as in the other lines.

        Files in different folders may have the same name.
        """
        name = f"{shown_name(Path(self.file))}: "
        return f"{self.file}: {self.error.removeprefix(name)}" if self.error.startswith(name) else self.error


class Form(StrEnum):
    """How answers are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Printer(ABC):
    """Prints answers."""

    @abstractmethod
    def take(self, answer: Answer) -> None:
        """Print an answer, now or together with the next ones."""

    @abstractmethod
    def finish(self) -> None:
        """Print what was not printed yet."""


def make_printer(form: Form) -> Printer:
    """The printer of this form; CSV begins with its columns."""
    match form:
        case Form.JSON:
            return _JsonPrinter()
        case Form.CSV:
            return _CsvPrinter()
    return _TablePrinter()


class _JsonPrinter(Printer):
    def take(self, answer: Answer) -> None:
        print(json.dumps(_record(answer)))

    def finish(self) -> None:
        """Nothing waits."""


class _CsvPrinter(Printer):
    def __init__(self) -> None:
        self._writer = csv.DictWriter(sys.stdout, CSV_COLUMNS, lineterminator="\n")
        self._writer.writeheader()

    def take(self, answer: Answer) -> None:
        if answer.reading is None:
            _print_error(answer)
            self._writer.writerow({"file": answer.file, "error": answer.error})
        else:
            self._writer.writerows(_csv_rows(answer.file, answer.reading))

    def finish(self) -> None:
        """Nothing waits."""


class _TablePrinter(Printer):
    """Aligns the lines of the first `TOGETHER` files, then those of the next ones, never in narrower columns."""

    def __init__(self) -> None:
        self._waiting: list[Answer] = []
        self._has_headings = False
        self._number = len(HEADINGS[0])

    def take(self, answer: Answer) -> None:
        self._waiting.append(answer)
        if len(self._waiting) >= TOGETHER:
            self.finish()

    def finish(self) -> None:
        answers, self._waiting = self._waiting, []
        numbers = [_number(answer.reading) for answer in answers if answer.reading]
        self._number = max([self._number, *(len(number) for number in numbers if len(number) <= WIDEST_NUMBER)])
        if len(numbers) > 1 and not self._has_headings:
            self._has_headings = True
            print(self._line(*HEADINGS))
        for answer in answers:
            if answer.reading is None:
                _print_error(answer)
            else:
                print(self._line_of(answer.file, answer.reading))

    def _line_of(self, file: str, reading: NumberReading) -> str:
        share = probability_text(reading.confidence) if reading.text else ""
        line = self._line(_number(reading), share, VERDICTS[reading.verdict], file)
        notes = _notes(reading)
        return f"{line}  ({', '.join(notes)})" if notes else line

    def _line(self, number: str, share: str, verdict: str, file: str) -> str:
        return f"{number:<{self._number}}  {share:>{len(HEADINGS[1])}}  {verdict:<{len('not a digit')}}  {file}"


def _number(reading: NumberReading) -> str:
    return reading.text.replace("\n", " / ") or "–"


def _notes(reading: NumberReading) -> list[str]:
    """What else there is to say of what was read."""
    marks, own = len(reading.unread), sum(read.recognition.sample is not None for read in reading.digits)
    notes = [LIKE_YOURS if reading.is_single else f"{own:,} {LIKE_YOURS}"] if own else []
    return notes + ([f"{marks:,} mark{'s' * (marks != 1)} left out"] if marks else [])


def _print_error(answer: Answer) -> None:
    print(end="", flush=True)  # earlier lines come first
    print(answer.error_with_path, file=sys.stderr)


def _csv_rows(file: str, reading: NumberReading) -> Iterator[dict[str, object]]:
    """One row for each digit, counted from 1 in its row; one without a digit for a file that holds none."""
    if not reading.digits:
        yield {"file": file, "verdict": str(reading.verdict)}
    places: Counter[int] = Counter()
    for read in reading.digits:
        places[read.row] += 1
        yield {
            "file": file,
            "row": read.row + 1,
            "place": places[read.row],
            "digit": read.recognition.digit,
            "confidence": round(read.recognition.confidence, 6),
            "verdict": str(read.recognition.verdict),
            **dict(zip(("left", "top", "right", "bottom"), _rounded(read.box, 2), strict=True)),
        }


def _record(answer: Answer) -> dict[str, object]:
    if answer.reading is None:
        return {"file": answer.file, "error": answer.error}
    reading = answer.reading
    return {
        "file": answer.file,
        "digit": reading.whole.digit,
        "confidence": round(reading.confidence, 6),
        "probabilities": _rounded(reading.whole.probabilities, 6),
        "verdict": str(reading.verdict),
        "text": reading.text,
        "digits": [_digit_record(read) for read in reading.digits],
        "unread": [_rounded(box, 2) for box in reading.unread],
        **_decider(reading.whole),
    }


def _digit_record(read: ReadDigit) -> dict[str, object]:
    found = read.recognition
    return {
        "digit": found.digit,
        "confidence": round(found.confidence, 6),
        "probabilities": _rounded(found.probabilities, 6),
        "verdict": str(found.verdict),
        "box": _rounded(read.box, 2),
        **_decider(found),
    }


def _decider(found: Recognition) -> dict[str, object]:
    """The number of the user's own sample that decided, where one did."""
    return {} if found.sample is None else {"sample": found.sample}


def _rounded(numbers: tuple[float, ...], decimals: int) -> list[float]:
    return [round(number, decimals) for number in numbers]
